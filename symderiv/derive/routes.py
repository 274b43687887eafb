"""From an opening to a finished route: rules, collecting, folding, and a verdict on every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from symderiv.derive.collect import collect
from symderiv.derive.engine import Lemma, Move, expand
from symderiv.derive.fold import Target, chains
from symderiv.derive.lines import Detail, lead, textbook
from symderiv.derive.openings import Opening
from symderiv.derive.step import Route, Step
from symderiv.notation.term import Term, diff
from symderiv.prove import Prover, Verdict

TEXTBOOK_LINES = 12
"""A textbook page: the longest derivation that is not joined further, the statement not counted."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A route and its raw derivative, the line where all rules of calculus have been used."""

    route: Route
    raw: Term


@dataclass(frozen=True, slots=True)
class Worker:
    """What every route of one function shares."""

    function: Term
    variable: Term
    prover: Prover
    lemma: Lemma
    target: Target | None
    detail: Detail

    def finish(self, opening: Opening, *, substitute_first: bool = False) -> Finished:
        """Carry out the opening: rules, collecting, folding."""
        start = diff(self.function, self.variable)
        prelude: list[Step] = []
        state = start
        for rule, after, bindings in opening.states:
            prelude.append(self._step(rule, state, after, bindings=bindings))
            state = after
        moves = expand(state, self.lemma, banned=opening.banned)
        last = moves[-1].after if moves else state
        collected = collect(last)
        tail = [] if collected == last else [self._step("collect", last, collected)]
        tail += self._fold(collected, opening, substitute_first)
        room = TEXTBOOK_LINES - len(prelude) - len(tail)
        steps = [*prelude, *self._lines(moves, room), *tail]
        return Finished(Route(opening.id, start, self._shown(start, steps, opening)), collected)

    def _step(
        self,
        rule: str,
        before: Term,
        after: Term,
        *,
        bindings: Sequence[tuple[str, Term]] = (),
        path: tuple[int, ...] = (),
        children: tuple[Step, ...] = (),
    ) -> Step:
        return Step(rule, before, after, path, tuple(bindings), children, self._verdict(before, after))

    def _verdict(self, before: Term, after: Term) -> Verdict:
        return self.prover.prove(before, after)

    def _lines(self, moves: Sequence[Move], room: int) -> list[Step]:
        groups = [[move] for move in moves] if self.detail == "every-rule" else textbook(moves, room)
        return [self._line(group) for group in groups]

    def _line(self, group: Sequence[Move]) -> Step:
        main = lead(group)
        children = tuple(self._move(move) for move in group) if len(group) > 1 else ()
        path = main.path if len(group) == 1 else ()
        return self._step(
            main.rule,
            group[0].before,
            group[-1].after,
            bindings=main.bindings,
            path=path,
            children=children,
        )

    def _move(self, move: Move) -> Step:
        return self._step(move.rule, move.before, move.after, bindings=move.bindings, path=move.path)

    def _fold(self, raw: Term, opening: Opening, substitute_first: bool) -> list[Step]:
        """The first chain whose every line is proved; none if there is no closed form."""
        if self.target is None:
            return []
        target = replace(self.target, definition=opening.definition)
        for chain in chains(raw, target, substitute_first=substitute_first):
            steps: list[Step] = []
            state = raw
            for rule, after in chain:
                step = self._step(rule, state, after)
                if step.verdict.status != "proved":
                    break
                steps.append(step)
                state = after
            else:
                return steps
        return []

    def _shown(self, start: Term, steps: list[Step], opening: Opening) -> tuple[Step, ...]:
        if self.detail != "result" or not steps:
            return tuple(steps)
        return (self._step(opening.id, start, steps[-1].after, children=tuple(steps)),)

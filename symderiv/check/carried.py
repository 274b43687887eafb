"""`Carried`: an error that is carried forward is told from a new one.

Every step is judged from its own left side. Besides, a step behind a wrong one in the same chain is
compared with the head of the chain; and a wrong step is looked at once more with what an earlier wrong
line claimed: if it follows from that, the error is an old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.check.desk import Step
from symderiv.check.report import Line
from symderiv.check.slips.calculus import chains
from symderiv.check.verdicts import Verdicts
from symderiv.errors import SymderivError
from symderiv.notation.term import Term, call

_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class WrongClaim:
    """left = right has been refuted, on this line of the file."""

    line: int
    left: Term
    right: Term
    section: int = 0

    def believed_in(self, term: Term) -> Term:
        """The term with the right side of the wrong claim wherever its left side stands."""
        return term.rebuild(self._visit)

    def _visit(self, node: Term) -> Term | None:
        if node == self.left:
            return self.right
        name, variable = _derivative_of(self.left)
        other, place = _derivative_of(node)
        if not name or name != other or variable is None or place is None or variable.kind != "symbol":
            return None
        return self.right.substitute({variable.name: place})


def _derivative_of(node: Term) -> tuple[str, Term | None]:
    """f and x of f'(x), or of D(f(x), x)."""
    if node.kind == "call" and node.order == 1 and len(node.args) == 1:
        return node.name, node.args[0]
    if node.kind == "diff" and len(node.args) == 2 and node.args[0] == call(node.args[0].name, node.args[1]):
        return node.args[0].name, node.args[1]
    return "", None


class Carried(Verdicts):
    """Judges claims, and says which errors are old."""

    __slots__ = ("_claims",)

    _claims: list[WrongClaim]

    def __post_init__(self) -> None:
        super().__post_init__()
        self._claims = []

    def with_history(self, step: Step, line: Line) -> Line:
        """The line with a word about the errors before it, and remembered if it is wrong itself."""
        wrong_before = self.wrong_before(step)
        if line.verdict == "refuted":
            found = self._follows(step)
            if found is not None and line.carried is None:
                note = f"carried forward: this follows from the wrong line {found}"
                line = replace(line, notes=(*line.notes, note), carried=found)
            self._remember(step, line)
        if wrong_before is not None and line.verdict in {"proved", "rounded", "refuted"}:
            line = self._compared(step, line, wrong_before)
        return line

    def _remember(self, step: Step, line: Line) -> None:
        if self.wrong_before(step) is None:
            self.broken = (step.statement, line.line)
        if step.conditions or step.spoken:
            return  # wrong under a condition: nothing is said for the lines that do not have it
        head = self.read(step.statement.sides[0]).term
        for left in dict.fromkeys((head, step.left.term)):
            if left.kind in {"diff", "call", "symbol", "index"}:
                self._claims.append(WrongClaim(line.line, left, step.right.term, step.statement.section))
        del self._claims[:-_REMEMBERED]

    def _follows(self, step: Step) -> int | None:
        """The wrong line from which the step follows."""
        right = step.right.term
        for claim in reversed(self._claims):
            if claim.section != step.statement.section and claim.left.kind != "diff":
                continue
            for left in self._forms(step.left.term):
                believed = claim.believed_in(left)
                if believed == left:
                    continue
                found = self.judge.judge(believed, right, step.conditions)
                if found.status in {"proved", "rounded"}:
                    return claim.line
        return None

    def _forms(self, left: Term) -> Iterator[Term]:
        """A side as written, and a derivative in the graph by its links."""
        yield left
        if left.kind == "diff" and all(arg.kind == "symbol" for arg in left.args):
            yield from chains(self.knowledge, left.args[0].name, left.args[1].name)

    def _compared(self, step: Step, line: Line, wrong: int) -> Line:
        """A step behind a wrong one: whether it still differs from the head of the chain."""
        head = self.read(step.statement.sides[0])
        if head.error is not None:
            return line
        try:
            found = self.judge.judge(head.term, step.right.term, step.conditions)
        except SymderivError:
            return line
        if found.status == "refuted" and line.verdict != "refuted":
            note = f"carried forward: right in itself, but wrong since line {wrong}"
            return replace(line, notes=(*line.notes, note), carried=wrong)
        if found.status in {"proved", "rounded"}:
            note = "this is equal to the head of the chain again"
            old = wrong if line.verdict == "refuted" else None
            return replace(line, notes=(*line.notes, note), carried=old)
        return line

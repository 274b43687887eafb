"""Folding a raw derivative back to the function itself, in the steps a person would write.

Given the raw derivative R and the closed form g(y) that elimination found, candidate chains of states are
offered, best first; the assembly keeps the first one whose every line is proved.

- *split*: put y = N/D (or a head) into g as powers, over one denominator: `e^-x = (1 + e^-x) - 1`, split the
  fraction, recognise y, factor.
- *substitute*: solve y = f for the exponential that R is made of, put it in, simplify.
- *eliminate*: one line; the eliminating polynomial is the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symderiv.derive.algebra import depends_on, join_product, join_quotient, join_sum
from symderiv.derive.collect import collect
from symderiv.derive.polynomial import polynomial, spelled, with_decimals, written
from symderiv.derive.spellings import OUTPUT, Speller, as_fractions, over_one_denominator
from symderiv.errors import LimitError
from symderiv.notation.term import ONE, Term

Chain = list[tuple[str, Term]]
"""Lines to write below R: (rule, whole expression), the last one the closed form."""


@dataclass(frozen=True, slots=True)
class Target:
    """The closed form g(y) of f, ready for folding.

    `function` is f(x) as it is written, `definition` what it stands for, `solved` an exponential of the
    definition with its value in y, if there is one; `unfold` spells a catalogue function out.
    """

    closed: Term
    function: Term
    definition: Term
    variable: Term
    solved: tuple[Term, Term] | None
    unfold: Callable[[Term], Term]

    @property
    def final(self) -> Term:
        """The closed form with f(x) written for y."""
        return self.closed.substitute({OUTPUT.name: self.function})


def chains(raw: Term, target: Target, *, substitute_first: bool = False) -> Iterator[Chain]:
    """Candidate ways from the raw derivative to the closed form, best first."""
    if raw == target.final:
        yield []
        return
    ways = [_recognise_parts(raw, target), _split(raw, target), _substitute(raw, target)]
    for way in reversed(ways) if substitute_first else ways:
        if way is not None:
            yield _without_repeats(raw, [(rule, with_decimals(state, target.final)) for rule, state in way])
    yield [("eliminate", target.final)]


def _without_repeats(raw: Term, chain: Chain) -> Chain:
    """Start below the last line that is the raw derivative itself, and say nothing twice."""
    kept: Chain = []
    for rule, state in chain:
        if state == raw or (state.kind == "add" and raw.kind == "add" and same_polynomial(state, raw)):
            kept = []
        elif not kept or state != kept[-1][1]:
            kept.append((rule, state))
    return kept


def _recognise_parts(raw: Term, target: Target) -> Chain | None:
    """R = (a + b)/D = a/D + b/D, term by term the terms of g(y)."""
    if raw.kind != "div" or raw.args[0].kind != "add":
        return None
    parts = [collect(join_quotient(part, raw.args[1])) for part in raw.args[0].args]
    try:
        terms = polynomial(target.closed)
    except LimitError:
        return None
    if len(terms) != len(parts) or not any(part.kind != "div" for part in parts):
        return None
    recognised = written(terms, spelled).substitute({OUTPUT.name: target.function})
    return [("split-fraction", join_sum(*parts)), ("recognise", recognised), ("factor", target.final)]


def _split(raw: Term, target: Target) -> Chain | None:
    """R = (sum over one denominator) = (sum of fractions) = (in y) = g(y)."""
    outer, inner, closed = _common_factor(raw, target)
    try:
        terms = polynomial(closed)
    except LimitError:
        return None
    letters = Speller(raw, target.function, target.definition, target.unfold).letters(terms)
    if letters is None:
        return None

    def whole(state: Term) -> Term:
        return join_product(outer, state) if outer is not None else state

    named = {OUTPUT.name: target.function}
    fractions = as_fractions(terms, letters)
    joint = over_one_denominator(terms, letters)
    recognised = written(terms, spelled).substitute({OUTPUT.name: target.function})
    chain: Chain = []
    if joint is None:
        chain.append((_relabel(inner, fractions), whole(fractions)))
    else:
        chain.append((_relabel(inner, joint), whole(joint)))
        chain.append(("split-fraction", whole(fractions)))
    chain.append(("recognise", whole(recognised)))
    chain.append(("factor", target.final))
    return chain


def _relabel(before: Term, after: Term) -> str:
    """What happened between two equal lines: multiplied out, or a term added and subtracted."""
    if before.kind == after.kind == "div" and before.args[1] == after.args[1]:
        return "add-and-subtract"
    return "expand" if same_polynomial(before, after) else "rewrite"


def same_polynomial(left: Term, right: Term) -> bool:
    """Do both sides multiply out to the same sum, whatever the order?"""
    try:
        return polynomial(left) == polynomial(right)
    except LimitError:
        return False


def _common_factor(raw: Term, target: Target) -> tuple[Term | None, Term, Term]:
    """f(x) * rest = y * g: fold the rest to g, and keep f(x) in front."""
    above, below = raw.args if raw.kind == "div" else (raw, ONE)
    factors, closed = _factors(above), _factors(target.closed)
    if target.function not in factors or OUTPUT not in closed or len(factors) < 2 or len(closed) < 2:
        return None, raw, target.closed
    factors.remove(target.function)
    closed.remove(OUTPUT)
    return target.function, join_quotient(join_product(*factors), below), join_product(*closed)


def _factors(term: Term) -> list[Term]:
    return list(term.args) if term.kind == "mul" else [term]


def _substitute(raw: Term, target: Target) -> Chain | None:
    """R with the exponential written in y, then simplified."""
    if target.solved is None:
        return None
    generator, value = target.solved
    value = value.substitute({OUTPUT.name: target.function})
    replaced = raw.rebuild(lambda node: value if node == generator else None)
    allowed = depends_on(target.closed, target.variable)
    left = replaced.rebuild(lambda node: ONE if node == target.function else None)
    if replaced == raw or (depends_on(left, target.variable) and not allowed):
        return None
    return [("solve-and-substitute", replaced), ("simplify-fraction", target.final)]

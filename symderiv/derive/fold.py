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
from dataclasses import dataclass, replace

from symderiv.derive.algebra import depends_on, join_product, join_quotient, join_sum
from symderiv.derive.collect import collect
from symderiv.derive.polynomial import Polynomial, expand, polynomial, size, spelled, with_decimals, written
from symderiv.derive.spellings import INVERSES, OUTPUT, Letters, Speller, as_fractions, over_one_denominator
from symderiv.errors import LimitError
from symderiv.notation.term import ONE, Term, call

Chain = list[tuple[str, Term]]
"""Lines to write below R: (rule, whole expression), the last one the closed form."""


@dataclass(frozen=True, slots=True)
class Target:
    """The closed form g(y) of f, ready for folding.

    `function` is f(x) as it is written, `definition` what it stands for, `solved` an exponential of the
    definition with its value in y, if there is one; `spell` gives the ways a catalogue call is written out.
    """

    closed: Term
    function: Term
    definition: Term
    variable: Term
    solved: tuple[Term, Term] | None
    spell: Callable[[Term], tuple[Term, ...]]

    @property
    def final(self) -> Term:
        """The closed form with f(x) written for y."""
        return self.closed.substitute({OUTPUT.name: self.function})


def chains(raw: Term, target: Target, *, substitute_first: bool = False) -> Iterator[Chain]:
    """Candidate ways from the raw derivative to the closed form, best first."""
    if raw == target.final:
        yield []
        return
    start, opening = _undone(raw, target)
    if start == target.final:
        yield opening
        return
    found = list(_by_cases(start, target) if start.kind == "piecewise" else _plain(start, target))
    if substitute_first:
        found.sort(key=lambda chain: chain[0][0] != "solve-and-substitute")
    for chain in found:
        way = [*opening, *((rule, with_decimals(state, target.final)) for rule, state in chain)]
        yield _without_circles(raw, way)
    yield [*opening, ("eliminate", target.final)]


def _without_circles(raw: Term, way: Chain) -> Chain:
    """What comes back to an earlier line has gone round: the lines between are left out."""
    found: Chain = []
    for rule, state in way:
        before = [raw, *(known for _, known in found)]
        if state in before:
            found = found[: before.index(state)]
        else:
            found.append((rule, state))
    return found


def _plain(raw: Term, target: Target) -> Iterator[Chain]:
    """The ways of one smooth piece: first those that need no unexplained rewriting, the shortest first."""
    offered = (_recognise_whole(raw, target), _recognise_parts(raw, target), *_splits(raw, target))
    ways = [way for way in offered if way is not None]
    ways = [_without_repeats(raw, way) for way in ways]
    yield from sorted((way for way in ways if way and _is_readable(way, raw, target)), key=_effort)
    substituted = _substitute(raw, target)
    if substituted is not None:
        yield _without_repeats(raw, substituted)


def _is_readable(way: Chain, raw: Term, target: Target) -> bool:
    """No line far longer than both ends; less patience where a line is rewritten without a reason."""
    ends = max(size(raw), size(target.final))
    longest = max(size(state) for _, state in way)
    return longest <= (2 * ends if _rewrites(way) else 3 * ends) + 8


def _rewrites(way: Chain) -> int:
    return sum(rule == "rewrite" for rule, _ in way)


def _effort(way: Chain) -> tuple[int, bool, int]:
    return _rewrites(way), all(rule != "recognise" for rule, _ in way), len(way)


def _by_cases(raw: Term, target: Target) -> Iterator[Chain]:
    """Fold case by case where the derivative, its closed form and the definition have the same cases."""
    definition, closed = collect(target.definition), target.closed
    if not raw.kind == definition.kind == closed.kind == "piecewise":
        return
    if (
        not [c.args[1] for c in raw.args]
        == [c.args[1] for c in definition.args]
        == [c.args[1] for c in closed.args]
    ):
        return
    chain: Chain = []
    state = raw
    for place, (own, meant, form) in enumerate(zip(raw.args, definition.args, closed.args, strict=True)):
        piece = replace(target, closed=form.args[0], definition=meant.args[0])
        if own.args[0] == piece.final:
            continue
        way = next(_plain(own.args[0], piece), [("eliminate", piece.final)])
        for rule, value in way:
            state = state.replace_at((place, 0), value)
            chain.append((rule, state))
    yield chain


def _undone(raw: Term, target: Target) -> tuple[Term, Chain]:
    """tan(arctan x) = x: an inverse function put on f itself gives back what f was made of."""
    definition = target.definition
    if definition.kind != "call" or len(definition.args) != 1:
        return raw, []
    inverse = call(INVERSES.get(definition.name, ""), target.function)
    undone = raw.rebuild(lambda node: definition.args[0] if node == inverse else None)
    if undone == raw:
        return raw, []
    chain: Chain = [("inverse-function", undone)]
    collected = collect(undone)
    if collected != undone:
        chain.append(("collect", collected))
    return collected, chain


def _without_repeats(raw: Term, chain: Chain) -> Chain:
    """Start below the last line that is the raw derivative itself, and say nothing twice."""
    kept: Chain = []
    for rule, state in chain:
        if state == raw or (state.kind == "add" and raw.kind == "add" and same_polynomial(state, raw)):
            kept = []
        elif not kept or state != kept[-1][1]:
            kept.append((rule, state))
    return kept


def _recognise_whole(raw: Term, target: Target) -> Chain | None:
    """The definition stands in R as it is: write f(x) for it."""
    recognised = raw.rebuild(lambda node: target.function if node == target.definition else None)
    if recognised == raw or not same_polynomial(recognised, target.final):
        return None
    return [("recognise", recognised), ("factor", target.final)]


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


def _splits(raw: Term, target: Target) -> Iterator[Chain]:
    """R = (sum over one denominator) = (sum of fractions) = (in y) = g(y), for each way of spelling."""
    outer, inner, closed = _common_factor(raw, target)
    try:
        terms = polynomial(closed)
        for letters in Speller(inner, target.function, target.definition, target.spell).letters(terms):
            yield _split(inner, terms, letters, target, outer)
    except LimitError:
        return


def _split(inner: Term, terms: Polynomial, letters: Letters, target: Target, outer: Term | None) -> Chain:
    def whole(state: Term) -> Term:
        return join_product(outer, state) if outer is not None else state

    fractions = as_fractions(terms, letters)
    joint = over_one_denominator(terms, letters)
    recognised = written(terms, spelled).substitute({OUTPUT.name: target.function})
    chain: Chain = []
    if same_polynomial(inner, fractions) and inner.kind == "div":
        chain.append(("split-fraction", whole(fractions)))
    elif joint is not None and collect(inner) != fractions:
        chain.append((_relabel(inner, joint), whole(joint)))
        if joint != fractions:
            chain.append(("split-fraction", whole(fractions)))
    else:
        chain.append((_relabel(inner, fractions), whole(fractions)))
    return [*chain, ("recognise", whole(recognised)), ("factor", target.final)]


def _relabel(before: Term, after: Term) -> str:
    """What happened between two equal lines: multiplied out, or a term added and subtracted."""
    if before.kind == after.kind == "div" and before.args[1] == after.args[1]:
        before, after = before.args[0], after.args[0]
    if not same_polynomial(before, after):
        return "rewrite"
    return "expand" if size(after) > size(before) and expand(after) == after else "add-and-subtract"


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

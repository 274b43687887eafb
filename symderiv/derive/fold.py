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
from fractions import Fraction

from symderiv.derive.algebra import (
    depends_on,
    is_number,
    join_power,
    join_product,
    join_quotient,
    join_sum,
    literal,
)
from symderiv.derive.collect import collect
from symderiv.derive.polynomial import Monomial, Polynomial, polynomial, scaled, spelled, written
from symderiv.errors import LimitError
from symderiv.notation.term import ONE, Term, neg, num, sym

Chain = list[tuple[str, Term]]
"""Lines to write below R: (rule, whole expression), the last one the closed form."""

OUTPUT = sym("y")
_INVERSES = {"exp": "log", "log": "exp", "tan": "atan", "sin": "asin", "sinh": "asinh", "tanh": "atanh"}
_INVERSES |= {inner: outer for outer, inner in _INVERSES.items()}


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
            yield _without_repeats(raw, way)
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
    letters = _spellings(terms, target, raw)
    if letters is None:
        return None

    def whole(state: Term) -> Term:
        return join_product(outer, state) if outer is not None else state

    named = {OUTPUT.name: target.function}
    fractions = written(terms, lambda m: _fraction(m, letters)).substitute(named)
    joint = _over_one_denominator(terms, letters)
    joint = None if joint is None else joint.substitute(named)
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


Spelling = tuple[Term, Term]
"""What a letter of g stands for, as numerator and denominator."""


def _spellings(terms: Polynomial, target: Target, raw: Term) -> dict[Term, Spelling] | None:
    """Every letter of g as a quotient over the variable; None where a letter has none."""
    letters: dict[Term, Spelling] = {}
    for monomial in terms:
        for letter, _ in monomial:
            spelling = _spelling(letter, target, raw)
            if spelling is None:
                return None
            letters[letter] = spelling
    return letters


def _spelling(letter: Term, target: Target, raw: Term) -> Spelling | None:
    if OUTPUT.name not in letter.free_symbols():
        known = any(node == letter for node in raw.walk())
        return (letter, ONE) if known else _quotient(target.unfold(letter))
    definition = target.definition
    if letter == OUTPUT:
        known = any(node == target.function for node in raw.walk())
        return (letter, ONE) if known else _quotient(definition)
    minus = definition.kind == "neg"
    outer = definition.args[0] if minus else definition
    if letter.kind != "call" or outer.kind != "call" or _INVERSES.get(letter.name) != outer.name:
        return None
    above, below = _quotient(outer.args[0])
    if letter.args[0] == (neg(OUTPUT) if minus else OUTPUT):
        return above, below
    if letter.name == "exp" and letter.args[0] == (OUTPUT if minus else neg(OUTPUT)):
        return below, above
    return None


def _quotient(term: Term) -> Spelling:
    if term.kind == "div":
        return term.args[0], term.args[1]
    if term.kind == "pow" and term.args[1] == neg(ONE):
        return ONE, term.args[0]
    return term, ONE


def _fraction(monomial: Monomial, letters: dict[Term, Spelling]) -> Term:
    above, below = _parts(monomial, letters)
    return join_quotient(_powers(above), _powers_of(below))


def _powers_of(product: Term) -> Term:
    """Equal brackets of a product written as a power, nothing multiplied out."""
    count: dict[Term, int] = {}
    for factor in product.args if product.kind == "mul" else (product,):
        count[factor] = count.get(factor, 0) + 1
    return join_product(*(join_power(factor, num(times)) for factor, times in count.items()))


def _powers(product: Term) -> Term:
    """Equal factors of a product written as powers."""
    terms = polynomial(product)
    ((monomial, coefficient),) = terms.items() if len(terms) == 1 else (((), Fraction(0)),)
    return spelled(monomial) if coefficient == 1 else product


def _parts(monomial: Monomial, letters: dict[Term, Spelling]) -> Spelling:
    above = join_product(*(join_power(letters[m][0], num(e)) for m, e in monomial))
    below = join_product(*(join_power(letters[m][1], num(e)) for m, e in monomial))
    return above, below


def _over_one_denominator(terms: Polynomial, letters: dict[Term, Spelling]) -> Term | None:
    """The sum over the least common denominator of its monomials; None where there is no denominator."""
    highest: dict[Term, int] = {}
    for monomial in terms:
        for base, exponent in _denominators(monomial, letters).items():
            highest[base] = max(highest.get(base, 0), exponent)
    if not highest:
        return None
    summands: list[Term] = []
    for monomial, coefficient in terms.items():
        own = _denominators(monomial, letters)
        missing = [join_power(base, num(e - own.get(base, 0))) for base, e in highest.items()]
        above, _ = _parts(monomial, letters)
        summand = scaled(abs(coefficient), join_product(above, *missing))
        summands.append(neg(summand) if coefficient < 0 else summand)
    top = join_sum(*summands) if len(summands) > 1 else summands[0]
    return join_quotient(top, join_product(*(join_power(base, num(e)) for base, e in highest.items())))


def _denominators(monomial: Monomial, letters: dict[Term, Spelling]) -> dict[Term, int]:
    found: dict[Term, int] = {}
    for letter, exponent in monomial:
        below = letters[letter][1]
        if not is_number(below, 1):
            base, own = (below.args[0], literal(below.args[1])) if below.kind == "pow" else (below, None)
            if own is None or own.denominator != 1 or own < 1:
                base, own = below, None
            found[base] = found.get(base, 0) + exponent * (int(own) if own is not None else 1)
    return found


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

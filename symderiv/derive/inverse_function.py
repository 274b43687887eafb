"""The inverse of a strictly monotone function in closed form, and its derivative 1/f'(x) at x = g(y).

A candidate is found by solving y = f(x) for x; that f(g(y)) = y and g' = 1/f'(g) is then proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy
from sympy import Expr, Symbol

from symderiv.catalog import Catalog
from symderiv.derive.forms import solve_generator
from symderiv.derive.lemmas import letter_of
from symderiv.derive.polynomial import polynomial, size
from symderiv.derive.present import present
from symderiv.derive.properties import Property
from symderiv.derive.step import Derivation, Route, Step
from symderiv.errors import SymderivError
from symderiv.meaning import read_assumptions, to_sympy, to_term
from symderiv.notation.term import ONE, Term, call, diff, div, num, sym
from symderiv.prove import Prover, Verdict

_MOST_NODES = 60


@dataclass(frozen=True, slots=True)
class Inverse:
    """x = g(y): `term` over `letter`, the proof that f(g(y)) = y, and the derivation of g'."""

    letter: Term
    term: Term
    composition: Verdict
    start: Term
    steps: tuple[Step, ...]

    @property
    def route(self) -> Route:
        """The derivation of g'."""
        return Route("inverse", self.start, self.steps)


def inverse(derivation: Derivation, properties: Sequence[Property], catalog: Catalog) -> Inverse | None:
    """The inverse of a function that is strictly monotone everywhere; None where none has a closed form."""
    if not any(p.id in ("increasing", "decreasing") and p.note == "everywhere" for p in properties):
        return None
    if derivation.kinks or derivation.record.takes_vector:
        return None
    known = catalog.with_record(derivation.record)
    prover = Prover(known, read_assumptions(dict(derivation.parameters)))
    letter = letter_of(derivation.definition, derivation.variable, known)
    for candidate in _candidates(derivation, letter, known):
        if size(candidate) > _MOST_NODES:
            continue
        whole = derivation.definition.substitute({derivation.variable: candidate})
        composition = prover.prove(whole, letter)
        if composition.is_proved:
            steps = _steps(derivation, candidate, letter, prover)
            return Inverse(letter, candidate, composition, diff(candidate, letter), steps)
    return None


def _candidates(derivation: Derivation, letter: Term, catalog: Catalog) -> Iterator[Term]:
    """x from the exponential that the definition is rational in, then what solving finds."""
    plain = catalog.unfold(derivation.definition)
    solved = solve_generator(derivation.definition, derivation.variable)
    if solved is not None:
        generator, value = solved
        rate = _rate(generator.args[0], sym(derivation.variable)) if generator.kind == "call" else None
        if rate is not None:
            logarithm = call("log", present(value if rate > 0 else div(ONE, value)))
            yield logarithm if abs(rate) == 1 else present(div(logarithm, num(abs(rate))))
    try:
        meaning = to_sympy(plain)
    except SymderivError:
        return
    x, y = Symbol(derivation.variable), Symbol(letter.name)
    yield from _solutions(meaning, x, y)


def _rate(exponent: Term, variable: Term) -> Fraction | None:
    """c where the exponent is c x."""
    found = polynomial(exponent)
    return found.get(((variable, 1),)) if len(found) == 1 else None


def _solutions(meaning: Expr, x: Symbol, y: Symbol) -> Iterator[Term]:
    if not meaning.is_polynomial(x) and meaning.has(sympy.erf, sympy.erfc, sympy.Piecewise):
        return
    written = [meaning, meaning.rewrite(sympy.exp)]
    found: list[Expr] = []
    for one in written:
        try:
            found += sorted(sympy.solve(one - y, x), key=sympy.default_sort_key)
        except NotImplementedError:
            continue
    for one in dict.fromkeys(found):
        if one.has(sympy.I, sympy.LambertW) or one.has(x):
            continue
        try:
            yield to_term(one)
        except SymderivError:
            continue


def _steps(derivation: Derivation, term: Term, letter: Term, prover: Prover) -> tuple[Step, ...]:
    """g'(y) = 1/f'(x) at x = g(y), over the output alone where f' is known so."""
    start = diff(term, letter)
    prime = call(derivation.name, term, order=1)
    found = [(start, div(ONE, prime), "inverse-function-rule")]
    output = derivation.form("output")
    if output is not None and not output.named:
        slope = output.term
    else:
        slope = derivation.result.substitute({derivation.variable: term})
    last = present(div(ONE, slope))
    found.append((div(ONE, prime), last, "known-derivative"))
    return tuple(
        Step(rule, before, after, (), (), (), prover.prove(before, after)) for before, after, rule in found
    )

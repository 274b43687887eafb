"""Letters that are closed under differentiation: y = σ(x) with y' = y - y², or x, Φ(x), φ(x) with Φ' = φ.

A derivative of any order is then a polynomial in the letters, and the next one is P' = Σ ∂P/∂v v'.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symderiv.derive.collect import collect
from symderiv.derive.engine import Lemma, expand
from symderiv.derive.polynomial import Monomial, Polynomial, polynomial, written
from symderiv.errors import LimitError, SymderivError, UnsupportedError
from symderiv.notation.term import ONE, Term, diff, div, sym

_MOST_LETTERS = 8
_MOST_TERMS = 400


@dataclass(frozen=True)
class Letters:
    """Each letter with its derivative, as polynomials in the letters; `whole` is f(x), written y."""

    slopes: dict[Term, Polynomial]
    variable: Term
    whole: Term
    output: Term

    def next(self, one: Polynomial) -> Polynomial:
        """P' = Σ ∂P/∂v v'. Raises `LimitError`."""
        found: Polynomial = {}
        for monomial, coefficient in one.items():
            for letter, exponent in monomial:
                rest = {v: e for v, e in monomial if v != letter}
                if exponent > 1:
                    rest[letter] = exponent - 1
                for other, factor in self.slopes.get(letter, {}).items():
                    powers = dict(rest)
                    for v, e in other:
                        powers[v] = powers.get(v, 0) + e
                    key = monomial_of(powers)
                    found[key] = found.get(key, Fraction(0)) + coefficient * exponent * factor
                    if not found[key]:
                        del found[key]
        if len(found) > _MOST_TERMS:
            raise LimitError(f"a derivative with more than {_MOST_TERMS} terms", hint="a smaller --order")
        return ordered(found)

    def applied(self, term: Term) -> Term:
        """The formula with f(x) for y."""
        return term.substitute({self.output.name: self.whole})

    def read(self, term: Term) -> Polynomial:
        """The polynomial of a formula, with y for f(x) and powers of 1/u for 1/u**n."""
        try:
            found = polynomial(term.rebuild(lambda node: self.output if node == self.whole else None))
        except SymderivError as error:
            raise UnsupportedError("no polynomial in its letters") from error
        result: Polynomial = {}
        for monomial, coefficient in found.items():
            powers: dict[Term, int] = {}
            for letter, exponent in monomial:
                for base, times in _parts(letter):
                    powers[base] = powers.get(base, 0) + times * exponent
            key = monomial_of(powers)
            result[key] = result.get(key, Fraction(0)) + coefficient
        return ordered({key: value for key, value in result.items() if value})

    def term(self, one: Polynomial) -> Term:
        """The polynomial as a formula in y, x and the heads."""
        return written(one)


def monomial_of(powers: dict[Term, int]) -> Monomial:
    """Letters in one order; 1/u cancels against u."""
    for letter in list(powers):
        if letter.kind == "div" and letter.args[1] in powers:
            below = letter.args[1]
            least = min(powers[letter], powers[below])
            powers[letter] -= least
            powers[below] -= least
    kept = ((letter, exponent) for letter, exponent in powers.items() if exponent)
    return tuple(sorted(kept, key=lambda entry: _rank(entry[0])))


def _rank(letter: Term) -> tuple[int, str]:
    return {"constant": 0, "symbol": 1}.get(letter.kind, 2), str(letter)


def ordered(one: Polynomial) -> Polynomial:
    """The monomials by their degrees, the lowest first."""
    return dict(sorted(one.items(), key=lambda entry: (sum(e for _, e in entry[0]), str(entry[0]))))


def letters_of(
    first: Term, whole: Term, variable: Term, output: Term, lemma: Lemma
) -> tuple[Letters, Polynomial]:
    """The letters of y' = first and of their derivatives, closed; and y' as a polynomial.

    `first` is written over y, the variable and named functions. Raises `UnsupportedError` where the letters
    do not close.
    """
    own = Letters({}, variable, whole, output)
    start = own.read(first)
    slopes: dict[Term, Polynomial] = {}
    known = _with_own(lemma, own, first)
    waiting = [letter for monomial in start for letter, _ in monomial]
    while waiting:
        letter = waiting.pop(0)
        if letter in slopes:
            continue
        if len(slopes) >= _MOST_LETTERS:
            raise UnsupportedError("the derivatives need ever more functions")
        slopes[letter] = start if letter == output else _slope(letter, own, known)
        waiting += [inner for monomial in slopes[letter] for inner, _ in monomial]
    return Letters(slopes, variable, whole, output), start


def _with_own(lemma: Lemma, letters: Letters, first: Term) -> Lemma:
    """The lemmas, and y' = first for the function itself."""
    own = (letters.variable.name, letters.applied(first))

    def found(name: str) -> tuple[str, Term] | None:
        return own if name == letters.whole.name else lemma(name)

    return found


def _slope(letter: Term, letters: Letters, lemma: Lemma) -> Polynomial:
    variable = letters.variable
    if letter == variable:
        return {(): Fraction(1)}
    inside = letters.applied(letter)
    if variable.name not in inside.free_symbols():
        return {}
    if letter.kind not in ("call", "pow", "div", "symbol"):
        raise UnsupportedError("no letter of a polynomial")
    moves = expand(diff(inside, variable), lemma)
    return letters.read(collect(moves[-1].after) if moves else ONE)


def _parts(letter: Term) -> list[tuple[Term, int]]:
    """1/(u**2 v) as (1/u)**2 (1/v)."""
    if letter.kind != "div" or letter.args[0] != ONE:
        return [(letter, 1)]
    below = letter.args[1]
    factors = below.args if below.kind == "mul" else (below,)
    found = []
    for factor in factors:
        base, times = factor, 1
        if (
            factor.kind == "pow"
            and factor.args[1].kind == "number"
            and factor.args[1].value().denominator == 1
        ):
            base, times = factor.args[0], int(factor.args[1].value())
        found.append((div(ONE, base), times))
    return found


def as_symbols(letters: Letters) -> dict[Term, Term]:
    """Each letter as a symbol of its own: what is proved of polynomials needs no functions."""
    ordered_letters = sorted(letters.slopes, key=str)
    return {letter: sym(f"v_{place}") for place, letter in enumerate(ordered_letters, start=1)}


def in_symbols(one: Polynomial, names: dict[Term, Term]) -> Term:
    """The polynomial with those symbols for its letters."""
    return written({tuple((names[v], e) for v, e in key): value for key, value in one.items()})

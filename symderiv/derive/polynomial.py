"""Polynomials in written formulas: what is no sum, product or whole power counts as one letter.

The order of first appearance is kept, so that expanding reads like the line above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from symderiv import limits
from symderiv.derive.algebra import join_power, join_product, join_quotient, literal, negate
from symderiv.errors import LimitError
from symderiv.notation.term import ONE, ZERO, Term, add, div, num

Monomial = tuple[tuple[Term, int], ...]
"""Letters with their whole exponents, in order of first appearance."""
Polynomial = dict[Monomial, Fraction]


def polynomial(term: Term) -> Polynomial:
    """The expanded polynomial. Raises `LimitError` where it would be too long."""
    value = literal(term)
    if value is not None:
        return {(): value} if value else {}
    match term.kind:
        case "add":
            return _add(polynomial(arg) for arg in term.args)
        case "neg":
            return {m: -c for m, c in polynomial(term.args[0]).items()}
        case "mul":
            return _multiply([polynomial(arg) for arg in term.args])
        case "div":
            below = literal(term.args[1])
            if below:
                return {m: c / below for m, c in polynomial(term.args[0]).items()}
            if below is None and term.args[0] != ONE:
                return _multiply([polynomial(term.args[0]), {((div(ONE, term.args[1]), 1),): Fraction(1)}])
        case "pow":
            exponent = literal(term.args[1])
            if exponent is not None and exponent.denominator == 1 and 1 <= exponent <= limits.MAX_EXPONENT:
                return _multiply([polynomial(term.args[0])] * int(exponent))
    return {((term, 1),): Fraction(1)}


def _add(parts: Iterable[Polynomial]) -> Polynomial:
    result: Polynomial = {}
    for part in parts:
        for monomial, coefficient in part.items():
            total = result.get(monomial, Fraction(0)) + coefficient
            if total:
                result[monomial] = total
            else:
                result.pop(monomial, None)
    return result


def _multiply(parts: list[Polynomial]) -> Polynomial:
    result: Polynomial = {(): Fraction(1)}
    for part in parts:
        if len(result) * max(len(part), 1) > limits.MAX_TERMS:
            raise LimitError("an expansion with too many terms")
        result = _add({_join(left, right): a * b} for left, a in result.items() for right, b in part.items())
    return result


def _join(left: Monomial, right: Monomial) -> Monomial:
    exponents: dict[Term, int] = dict(left)
    for letter, exponent in right:
        exponents[letter] = exponents.get(letter, 0) + exponent
    return tuple(sorted(exponents.items(), key=_letter_rank))


def _letter_rank(entry: tuple[Term, int]) -> tuple[int, str]:
    letter = entry[0]
    # The letter for the output is written _y while it works: it stands where y would.
    return ({"constant": 0, "symbol": 1, "index": 1}.get(letter.kind, 2), str(letter).lstrip("_"))


def written(
    terms: Polynomial, spell: Callable[[Monomial], Term] | None = None, *, plus_first: bool = True
) -> Term:
    """The sum of the monomials in their order, a positive one first where there is one."""
    entries = list(terms.items())
    if plus_first and entries and entries[0][1] < 0:
        first = next((k for k, (_, c) in enumerate(entries) if c > 0), 0)
        entries = [entries[first], *entries[:first], *entries[first + 1 :]]
    summands = []
    for monomial, coefficient in entries:
        letters = spell(monomial) if spell else spelled(monomial)
        summand = scaled(abs(coefficient), letters)
        summands.append(negate(summand) if coefficient < 0 else summand)
    if not summands:
        return ZERO
    return summands[0] if len(summands) == 1 else add(*summands)


def spelled(monomial: Monomial) -> Term:
    """The product of the letters with their exponents, reciprocal letters below."""
    above, below = [], []
    for letter, exponent in monomial:
        if letter.kind == "div" and letter.args[0] == ONE:
            below.append(join_power(letter.args[1], num(exponent)))
        else:
            above.append(join_power(letter, num(exponent)))
    return join_quotient(join_product(*above), join_product(*below))


def scaled(coefficient: Fraction, term: Term) -> Term:
    """coefficient * term, a denominator written below: 3*t/4. The coefficient is positive."""
    above = join_product(num(coefficient.numerator), term)
    return join_quotient(above, num(coefficient.denominator)) if coefficient.denominator != 1 else above


def with_decimals(term: Term, like: Term) -> Term:
    """Write 26829*x/200000 as 0.134145*x, if `like` is written with decimals."""
    if not any(node.kind == "number" and "." in node.name for node in like.walk()):
        return term
    return _decimals(term)


def _decimals(term: Term) -> Term:
    args = tuple(map(_decimals, term.args))
    term = term if args == term.args else term.with_args(*args)
    below = literal(term.args[1]) if term.kind == "div" else None
    if below is None or below.denominator != 1 or below % 10 or not _is_terminating(int(below)):
        return term
    top = term.args[0]
    factors = top.args if top.kind == "mul" else (top,)
    lead = literal(factors[0])
    rest = factors if lead is None else factors[1:]
    value = (1 if lead is None else lead) / below
    shown = _decimal(value) if value > 0 else None
    return term if shown is None else join_product(Term("number", name=shown), *rest)


def _is_terminating(number: int) -> bool:
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number == 1


def _decimal(value: Fraction) -> str | None:
    """The decimal that the value is; None where it would have more digits than are read."""
    places = next((p for p in range(1, limits.MAX_DIGITS) if (value * 10**p).denominator == 1), None)
    if places is None:
        return None
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def size(term: Term) -> int:
    """How many letters and literals are written: a measure of length."""
    return sum(not node.args for node in term.walk())


def expand(term: Term) -> Term:
    """The written formula with every bracket multiplied out and like terms brought together."""
    return written(polynomial(term))

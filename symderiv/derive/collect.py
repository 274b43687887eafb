"""`collect`: products as one fraction, equal factors as powers, signs in front; nothing is multiplied out.

The line after the last derivative is gone: `-(1 + e^-x)^-2 * (-e^-x)` becomes `e^-x/(1 + e^-x)^2`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.derive.algebra import join_product, literal, negate
from symderiv.derive.polynomial import expand, size, with_decimals
from symderiv.errors import LimitError
from symderiv.notation.term import ONE, ZERO, Term, add, call, div, mul, num, power


def collect(term: Term) -> Term:
    """The same formula, collected; a numerator is expanded where that makes it shorter."""
    return with_decimals(_collect(term), term)


def _collect(term: Term) -> Term:
    match term.kind:
        case "add":
            return _sum(term)
        case "neg" | "mul" | "div" | "pow":
            return _product(term)
        case "piecewise" | "case":
            return term.with_args(*map(_collect, term.args))
        case "call" if term.name == "exp" and not term.order:
            return term.with_args(_collect(term.args[0]))
        case _:
            return term


def _sum(term: Term) -> Term:
    parts: list[Term] = []
    for arg in term.args:
        part = _collect(arg)
        parts += part.args if part.kind == "add" else (part,)
    parts = [part for part in parts if literal(part) != 0]
    if not parts:
        return ZERO
    whole = parts[0] if len(parts) == 1 else add(*parts)
    return _merged(whole) if whole.kind == "add" else whole


def _merged(term: Term) -> Term:
    """Like terms brought together, if there are any."""
    merged = expanded(term)
    count = len(merged.args) if merged.kind == "add" else 1
    return merged if count < len(term.args) else term


@dataclass
class _Factors:
    """A product as it is gathered: a number, and bases with exponents in order of appearance."""

    number: Fraction = Fraction(1)
    exponents: dict[Term, Fraction] = field(default_factory=dict)

    def gather(self, term: Term, exponent: Fraction) -> None:
        value = literal(term)
        if value is not None and exponent.denominator == 1 and (value or exponent > 0):
            self.number *= value**exponent.numerator
            return
        match term.kind:
            case "neg" if exponent.denominator == 1:
                self.number *= Fraction(-1) ** exponent.numerator
                self.gather(term.args[0], exponent)
            case "mul" if exponent.denominator == 1:
                for arg in term.args:
                    self.gather(arg, exponent)
            case "div" if exponent.denominator == 1:
                self.gather(term.args[0], exponent)
                self.gather(term.args[1], -exponent)
            case "pow":
                self._gather_power(term, exponent)
            case "add":
                self._gather_sum(term, exponent)
            case "call" if term.name == "sqrt":
                self._gather_root(term, exponent)
            case _:
                self._put(_collect(term), exponent)

    def _gather_power(self, term: Term, exponent: Fraction) -> None:
        inner = literal(term.args[1])
        if inner is None or exponent.denominator != 1:
            self._put(term, exponent)
        elif inner.denominator == 1:
            self.gather(term.args[0], exponent * inner)
        else:
            self._put(term.args[0], exponent * inner)

    def _gather_root(self, term: Term, exponent: Fraction) -> None:
        """Two equal square roots are what stands under them."""
        total = self.exponents.pop(term, Fraction(0)) + exponent
        pairs, single = divmod(abs(total.numerator), 2)
        sign = 1 if total > 0 else -1
        if pairs:
            self.gather(term.args[0], Fraction(sign * pairs))
        if single:
            self._put(term, Fraction(sign))

    def _gather_sum(self, term: Term, exponent: Fraction) -> None:
        collected = _collect(term)
        if collected.kind == "add":
            self._put(collected, exponent)
        else:
            self.gather(collected, exponent)

    def _put(self, base: Term, exponent: Fraction) -> None:
        total = self.exponents.pop(base, Fraction(0)) + exponent
        if total:
            self.exponents[base] = total

    def join_exponentials(self) -> None:
        """e^a * e^b as e^(a + b) where the exponents add up to something shorter."""
        found = [(b, e) for b, e in self.exponents.items() if b.kind == "call" and b.name == "exp"]
        if len(found) < 2 or any(exponent.denominator != 1 for _, exponent in found):
            return
        joint = expanded(add(*(mul(num(exponent), base.args[0]) for base, exponent in found)))
        if size(joint) > max(size(base.args[0]) for base, _ in found):
            return
        for base, _ in found:
            del self.exponents[base]
        if literal(joint) != 0:
            self._put(call("exp", joint), Fraction(1))

    def join_roots(self) -> None:
        """sqrt(a)*sqrt(b) of constants as sqrt(a*b)."""
        for sign in (1, -1):
            found = [b for b, e in self.exponents.items() if e == sign and _is_constant_root(b)]
            if len(found) > 1:
                for base in found:
                    del self.exponents[base]
                under = _collect(mul(*(base.args[0] for base in found)))
                self._put(call("sqrt", under), Fraction(sign))


def _is_constant_root(term: Term) -> bool:
    return term.kind == "call" and term.name == "sqrt" and not term.free_symbols()


def _product(term: Term) -> Term:
    factors = _Factors()
    factors.gather(term, Fraction(1))
    factors.join_exponentials()
    factors.join_roots()
    if not factors.number:
        return ZERO
    cases = [
        base for base, exponent in factors.exponents.items() if base.kind == "piecewise" and exponent == 1
    ]
    if len(cases) == 1:
        del factors.exponents[cases[0]]
        return _into_cases(cases[0], factors)
    return _written(factors)


def _into_cases(piecewise: Term, factors: _Factors) -> Term:
    """c * (cases) as cases, each times c."""
    outside = _written(factors)
    cases = (c.with_args(_collect(join_product(outside, c.args[0])), c.args[1]) for c in piecewise.args)
    return piecewise.with_args(*cases)


def _written(factors: _Factors) -> Term:
    ordered = sorted(factors.exponents.items(), key=lambda entry: _rank(entry[0]))
    above = [_raised(base, e) for base, e in ordered if e > 0]
    below = [_raised(base, -e) for base, e in ordered if e < 0]
    number = abs(factors.number)
    numerator = _shorter(join_product(num(number.numerator), *above))
    if numerator.kind == "neg":
        numerator, factors.number = numerator.args[0], -factors.number
    denominator = join_product(num(number.denominator), *below)
    result = numerator if denominator == ONE else div(numerator, denominator)
    return negate(result) if factors.number < 0 else result


def _shorter(term: Term) -> Term:
    """The expanded numerator if it is shorter."""
    if term.kind not in ("add", "mul"):
        return term
    multiplied_out = expanded(term)
    return multiplied_out if size(multiplied_out) < size(term) else term


def expanded(term: Term) -> Term:
    """Every bracket multiplied out; a formula that would grow beyond the limit stays as it is."""
    try:
        return expand(term)
    except LimitError:
        return term


def _raised(base: Term, exponent: Fraction) -> Term:
    return base if exponent == 1 else power(base, num(exponent))


def _rank(base: Term) -> int:
    """Constants and letters first, then functions, then sums; otherwise as they came."""
    if base.kind in ("constant", "symbol"):
        return 0
    return 2 if base.kind == "add" else 1

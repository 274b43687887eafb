"""Powers put together: y/y**(1/a) is y**(1 - 1/a), sqrt(u)*u is u**(3/2), sqrt(2)/sqrt(pi) is sqrt(2/pi).

Only what has a root or a power with a letter in the exponent is touched; whole powers are the polynomial
writer's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.derive.algebra import join_power, join_product, join_quotient, join_sum, literal, negate
from symderiv.notation.term import ONE, Term, call, div, num

_HALF = Fraction(1, 2)
_Factor = tuple[Term, Term, int]
"""base, exponent, and 1 above the line or -1 below."""


def join_powers(term: Term) -> Term:
    """The Term with the powers in each of its products put together."""
    if not any(_is_root(node) for node in term.walk()):
        return term
    term = term.with_args(*map(join_powers, term.args)) if term.args else term
    if term.kind not in ("mul", "div"):
        return term
    factors = list(_factors(term, 1))
    return _written(_merged_roots(_merged(factors))) if _worth_it(factors) else term


def _is_root(node: Term) -> bool:
    if node.kind == "call":
        return node.name == "sqrt"
    value = literal(node.args[1]) if node.kind == "pow" else Fraction(1)
    return value is None or value.denominator > 1


def _worth_it(factors: list[_Factor]) -> bool:
    bases = [base for base, exponent, _ in factors]
    rooted = {b for b, e, _ in factors if literal(e) is None or (literal(e) or 1).denominator > 1}
    constants = {
        sign for base, exponent, sign in factors if literal(exponent) == _HALF and not base.symbols()
    }
    return any(bases.count(base) > 1 for base in rooted) or len(constants) == 2


def _factors(term: Term, sign: int) -> Iterator[_Factor]:
    match term.kind:
        case "mul":
            for arg in term.args:
                yield from _factors(arg, sign)
        case "div":
            yield from _factors(term.args[0], sign)
            yield from _factors(term.args[1], -sign)
        case "pow":
            yield term.args[0], term.args[1], sign
        case "call" if term.name == "sqrt":
            yield term.args[0], num(_HALF), sign
        case _:
            yield term, ONE, sign


def _merged(factors: list[_Factor]) -> list[_Factor]:
    """Equal bases with their exponents added, where one of them is a root or has a letter above."""
    result: list[_Factor] = []
    for base, exponent, sign in factors:
        place = next(
            (i for i, (other, _, _) in enumerate(result) if other == base and base.kind != "number"), None
        )
        if place is None:
            result.append((base, exponent, sign))
            continue
        _, before, side = result[place]
        first, second = literal(before), literal(exponent)
        if first is not None and second is not None:
            total = first * side + second * sign
            result[place] = (base, num(abs(total)), 1 if total >= 0 else -1)
        else:
            left = before if side > 0 else negate(before)
            right = exponent if sign > 0 else negate(exponent)
            parts = sorted((left, right), key=lambda t: (t.kind == "neg", literal(t) is None, str(t)))
            result[place] = (base, join_sum(*parts), 1)
    return result


def _merged_roots(factors: list[_Factor]) -> list[_Factor]:
    """sqrt(a)/sqrt(b) of constants as sqrt(a/b)."""
    roots = [f for f in factors if literal(f[1]) == _HALF and not f[0].symbols()]
    above = [base for base, _, sign in roots if sign > 0]
    below = [base for base, _, sign in roots if sign < 0]
    if not above or not below:
        return factors
    inside = div(join_product(*above), join_product(*below))
    rest = [f for f in factors if f not in roots]
    front = sum(1 for base, exponent, sign in rest if literal(base) is not None and sign > 0)
    return [*rest[:front], (inside, num(_HALF), 1), *rest[front:]]


def _written(factors: list[_Factor]) -> Term:
    factors = sorted(factors, key=lambda f: literal(f[0]) is None or literal(f[1]) != 1)

    def side(sign: int) -> Term:
        return join_product(*(_power(base, exponent) for base, exponent, s in factors if s == sign))

    return join_quotient(side(1), side(-1))


def _power(base: Term, exponent: Term) -> Term:
    return call("sqrt", base) if literal(exponent) == _HALF else join_power(base, exponent)

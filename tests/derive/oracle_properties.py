"""An oracle for properties that shares nothing with their search: mpmath values at many points.

`objections` returns what speaks against a property; a true one gets none, and each false one that
`mutants` makes of it gets some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import mpmath
import sympy

from symderiv.derive.properties_values import Interval, Point, Property
from symderiv.meaning import to_sympy
from symderiv.notation.term import Term, call, neg, num, sym

X = sympy.Symbol("x")
_GRID = [Fraction(k, 8) + Fraction(1, 1013) for k in range(-96, 97)]
_FAR = [Fraction(s * v) + Fraction(1, 7) for v in (15,) for s in (1, -1)]
_NEAR = [Fraction(s * v, 100) for v in (1, 98, 99) for s in (1, -1)]
_SLACK = mpmath.mpf("1e-9")
_DIGITS = 200
_MODULES = ["mpmath", {"erfc": mpmath.erfc, "erf": mpmath.erf}]


class Oracle:
    """f and difference quotients of f at the points of a grid at which f is real."""

    def __init__(self, expr: sympy.Expr) -> None:
        self.call = sympy.lambdify(X, expr, _MODULES)
        self.points = [p for p in sorted({*_GRID, *_FAR, *_NEAR}) if self.at(p) is not None]
        self.values = {p: self.at(p) for p in self.points}
        self.slopes = {p: s for p in self.points if (s := self.slope(p)) is not None}

    def at(self, x: object) -> mpmath.mpf | None:
        with mpmath.workdps(_DIGITS):
            x = mpmath.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpmath.mpf(x)
            try:
                found = mpmath.mpmathify(self.call(x))
            except (ZeroDivisionError, ValueError, OverflowError):
                return None
            if isinstance(found, mpmath.mpc):
                return found.real if abs(found.imag) < mpmath.mpf("1e-40") else None
            return found if mpmath.isfinite(found) else None

    def slope(self, x: Fraction) -> mpmath.mpf | None:
        h = Fraction(1, 10**15)
        low, high = self.at(x - h), self.at(x + h)
        if low is None or high is None:
            return None
        with mpmath.workdps(_DIGITS):
            return (high - low) / (2 * mpmath.mpf(10) ** -15)

    def inside(self, interval: Interval) -> list[Fraction]:
        low, high = number(interval.low), number(interval.high)
        return [p for p in self.points if low < mpmath.mpf(p.numerator) / p.denominator < high]


def number(point: Point) -> mpmath.mpf:
    """The value that a point claims, from its exact form where it has one."""
    if point.exact == sym("oo"):
        return mpmath.inf
    if point.exact == neg(sym("oo")):
        return -mpmath.inf
    if point.exact is not None:
        with mpmath.workdps(30):
            return mpmath.mpmathify(sympy.lambdify((), to_sympy(point.exact), _MODULES)())
    return mpmath.mpf(point.digits)


def objections(one: Property, oracle: Oracle) -> list[str]:
    """What speaks against a property."""
    check = _CHECKS.get(one.id)
    if check is None:
        return []
    with mpmath.workdps(_DIGITS):
        return [f"{one.id}: {text}" for text in check(one, oracle)]


def _within(values: list[mpmath.mpf], intervals: tuple[Interval, ...]) -> Iterator[str]:
    for value in values:
        slack = _SLACK * (1 + abs(value))
        if not any(number(i.low) - slack <= value <= number(i.high) + slack for i in intervals):
            yield f"{value} lies outside"
            return
    top, bottom = max(values), min(values)
    high, low = number(intervals[-1].high), number(intervals[0].low)
    if top < (high - 0.1 - abs(high) / 50 if mpmath.isfinite(high) else 2.5):
        yield f"only {top} is reached of {high}"
    if bottom > (low + 0.1 + abs(low) / 50 if mpmath.isfinite(low) else -2.5):
        yield f"only {bottom} is reached of {low}"


def _range(one: Property, oracle: Oracle) -> Iterator[str]:
    yield from _within(list(oracle.values.values()), one.part("intervals"))


def _slopes(one: Property, oracle: Oracle) -> Iterator[str]:
    yield from _within(list(oracle.slopes.values()), one.part("intervals"))


def _monotone(sign: int) -> Callable[[Property, Oracle], Iterator[str]]:
    def check(one: Property, oracle: Oracle) -> Iterator[str]:
        for interval in one.part("intervals"):
            points = oracle.inside(interval)
            for a, b in pairwise(points):
                rise = oracle.values[b] - oracle.values[a]
                if (rise * sign <= 0) if sign else rise != 0:
                    yield f"f({a}) to f({b}): {rise}"
                    return

    return check


def _curved(sign: int) -> Callable[[Property, Oracle], Iterator[str]]:
    def check(one: Property, oracle: Oracle) -> Iterator[str]:
        for interval in one.part("intervals"):
            points = oracle.inside(interval)
            for a, b in zip(points, points[2:], strict=False):
                middle = oracle.at((a + b) / 2)
                bend = (oracle.values[a] + oracle.values[b]) / 2 - middle
                if bend * sign < -mpmath.mpf("1e-150"):
                    yield f"between {a} and {b}: {bend}"
                    return

    return check


def _zeros(one: Property, oracle: Oracle) -> Iterator[str]:
    points = [number(p) for p in one.part("points")] if one.id == "zeros" else []
    for point in points:
        found = oracle.at(point)
        if found is None or abs(found) > mpmath.mpf("1e-8"):
            yield f"f({point}) = {found}"
    for a, b in pairwise(oracle.points):
        if b - a > 1 or oracle.values[a] * oracle.values[b] >= 0:
            continue
        low, high = (mpmath.mpf(p.numerator) / p.denominator for p in (a, b))
        if not any(low - _SLACK <= p <= high + _SLACK for p in points) and _steady(oracle, a, b):
            yield f"a change of sign between {a} and {b}"


def _steady(oracle: Oracle, a: Fraction, b: Fraction) -> bool:
    """No pole and no jump between two points of different sign."""
    middle = [oracle.at(a + (b - a) * k / 64) for k in range(65)]
    if any(v is None for v in middle):
        return False
    steps = [abs(v - u) for u, v in pairwise(middle)]
    return max(steps) < abs(oracle.values[b] - oracle.values[a]) / 2


def _extremum(sign: int) -> Callable[[Property, Oracle], Iterator[str]]:
    def check(one: Property, oracle: Oracle) -> Iterator[str]:
        at, value = number(one.part("at")), number(one.part("value"))
        here = oracle.at(at)
        if here is None or abs(here - value) > mpmath.mpf("1e-8"):
            yield f"f({at}) = {here}"
            return
        for step in (mpmath.mpf("1e-3"), mpmath.mpf("-1e-3")):
            if (oracle.at(at + step) - here) * sign <= 0:
                yield f"f({at + step}) is not beyond"

    return check


def _best_slope(one: Property, oracle: Oracle) -> Iterator[str]:
    value = number(one.part("value"))
    for at in one.part("at"):
        point = Fraction(str(mpmath.nstr(number(at), 12)))
        slope = oracle.slope(point)
        if slope is None or abs(slope - value) > mpmath.mpf("1e-7"):
            yield f"f'({at}) = {slope}"


def _lipschitz(one: Property, oracle: Oracle) -> Iterator[str]:
    bound = number(one.part("constant"))
    steepest = max(abs(s) for s in oracle.slopes.values())
    if steepest > bound * (1 + _SLACK):
        yield f"a slope of {steepest}"
    if steepest < bound * mpmath.mpf("0.9"):
        yield f"no slope beyond {steepest}"


def _far(at: Point) -> list[mpmath.mpf]:
    sign = 1 if number(at) > 0 else -1
    return [sign * mpmath.mpf(v) for v in (60, 400)]


def _limit(one: Property, oracle: Oracle) -> Iterator[str]:
    value = number(one.part("value"))
    found = [oracle.at(x) for x in _far(one.part("at"))]
    if None in found:
        return
    if mpmath.isinf(value):
        if not all(v * mpmath.sign(value) > 2 for v in found):
            yield f"{found} is not large"
    elif abs(found[-1] - value) > mpmath.mpf("0.02"):
        yield f"{found[-1]} is not near {value}"


def _slope_limit(one: Property, oracle: Oracle) -> Iterator[str]:
    value = number(one.part("value"))
    found = oracle.slope(Fraction(int(_far(one.part("at"))[0])))
    if found is None:
        return
    if mpmath.isinf(value):
        if found * mpmath.sign(value) < 2:
            yield f"{found} is not large"
    elif abs(found - value) > mpmath.mpf("0.02"):
        yield f"{found} is not near {value}"


def _line(one: Property, oracle: Oracle) -> Iterator[str]:
    line = sympy.lambdify(X, to_sympy(one.part("line")), _MODULES)
    x = _far(one.part("at"))[-1]
    found = oracle.at(x)
    if found is not None and abs(found - line(x)) > mpmath.mpf("0.02"):
        yield f"{found} is not near {line(x)}"


def _identity(catalog_unfold: Callable[[Term], Term], one: Property) -> Iterator[str]:
    left, right = (Oracle(to_sympy(catalog_unfold(one.part(side)))) for side in ("left", "right"))
    for point in left.points[::37]:
        if point in right.values and abs(left.values[point] - right.values[point]) > mpmath.mpf("1e-20"):
            yield f"{left.values[point]} and {right.values[point]} at {point}"


_CHECKS: dict[str, Callable[[Property, Oracle], Iterator[str]]] = {
    "range": _range,
    "derivative-range": _slopes,
    "increasing": _monotone(1),
    "decreasing": _monotone(-1),
    "constant": _monotone(0),
    "convex": _curved(1),
    "concave": _curved(-1),
    "zeros": _zeros,
    "no-zeros": _zeros,
    "local-minimum": _extremum(1),
    "local-maximum": _extremum(-1),
    "derivative-maximum": _best_slope,
    "derivative-minimum": _best_slope,
    "lipschitz": _lipschitz,
    "limit": _limit,
    "derivative-limit": _slope_limit,
    "horizontal-asymptote": _line,
    "oblique-asymptote": _line,
}
IDENTITIES = ("even", "odd", "point-symmetry", "reflection", "period", "scaling")


def identity_objections(one: Property, unfold: Callable[[Term], Term]) -> list[str]:
    """What speaks against an identity, for functions without parameters."""
    return list(_identity(unfold, one)) if one.id in IDENTITIES else []


_SWAPPED = {
    "increasing": "decreasing",
    "decreasing": "increasing",
    "convex": "concave",
    "concave": "convex",
    "local-minimum": "local-maximum",
    "local-maximum": "local-minimum",
}


def mutants(one: Property) -> Iterator[Property]:
    """Statements like this one that are false."""
    if one.id in _SWAPPED:
        yield replace(one, id=_SWAPPED[one.id])
    for position, (name, part) in enumerate(one.parts):
        for changed in _changed(one.id, name, part):
            yield replace(one, parts=(*one.parts[:position], (name, changed), *one.parts[position + 1 :]))


def _changed(kind: str, name: str, part: object) -> Iterator[object]:
    if name in ("value", "constant") and isinstance(part, Point) and kind != "scaling":
        if not part.is_infinite:
            yield _moved(part, "0.2")
        if kind == "limit":
            yield Point(num(7), "7") if part.is_infinite else Point(sym("oo"), "")
    if kind == "zeros" and name == "points" and isinstance(part, tuple):
        yield (_moved(part[0], "0.03"), *part[1:])
    if kind in ("range", "derivative-range") and isinstance(part, tuple):
        first, last = part[0], part[-1]
        if not last.high.is_infinite:
            yield (*part[:-1], replace(last, high=_moved(last.high, "0.5")))
            yield (*part[:-1], replace(last, high=Point(sym("oo"), "")))
        if not first.low.is_infinite:
            yield (replace(first, low=_moved(first.low, "-0.5")), *part[1:])
    if kind.endswith("asymptote") and name == "line" and isinstance(part, Term):
        yield Term("add", (part, num(Fraction(1, 3))))
        yield Term("add", (part, Term("mul", (num(Fraction(1, 50)), sym("x")))))
    if kind in IDENTITIES and name == "right" and isinstance(part, Term):
        yield neg(part)
        yield Term("add", (part, call("exp", neg(Term("pow", (sym("x"), num(2)))))))


def _moved(point: Point, by: str) -> Point:
    return Point(None, mpmath.nstr(number(point) + mpmath.mpf(by), 15))

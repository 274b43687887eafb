"""f(-x) = s f(x) + a + b x, and f(x + p) = f(x): found from values, proved as identities.

Reflections come in two kinds. With s = 1 the difference f(-x) - f(x) is odd, so it can only be b x, with
b = -(f'(0-) + f'(0+)); with s = -1 the sum is even, so it can only be a, with a = 2 f(0). Where 0 is not
in the domain the constant is recognised from a value. The prover has the last word on each.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy
from flint import arb
from sympy import Expr

from symderiv.derive.kinks import constant_term
from symderiv.derive.properties_balls import ball, jet, precision
from symderiv.derive.properties_constants import simplest
from symderiv.derive.properties_ground import Unsettled, to_ball, to_coef
from symderiv.derive.properties_study import Study
from symderiv.derive.properties_values import Property
from symderiv.notation.term import Term, add, mul, neg, sym
from symderiv.prove import Prover

PROBES = (Fraction(3, 7), Fraction(13, 9), Fraction(29, 11))
"""Rational points at which a candidate is tried."""
PARAMETER = Fraction(5, 3)
"""The value that a parameter has there."""
_PARAMETERS = {"negative": -PARAMETER, "integer": Fraction(2)}


def symmetries(definition: Term, study: Study, prover: Prover) -> Iterator[Property]:
    """Even, odd, symmetric about a point, or a reflection with a linear part; at most one of them."""
    if all(study.derivative(piece, 1) == 0 for piece in range(len(study.pieces))):
        return
    for sign in (-1, 1):
        found = _candidate(study, sign)
        if found is None or not _plausible(study, sign, *found):
            continue
        shift, slope = found
        right = _right_side(definition, sign, shift, slope, study.setting.variable)
        left = definition.substitute({study.setting.variable: neg(sym(study.setting.variable))})
        verdict = prover.prove(left, right)
        if verdict.status == "proved":
            parts: list[tuple[str, Term]] = [("left", left), ("right", right)]
            if shift != 0:
                parts.append(("shift", constant_term(shift)))
            if slope != 0:
                parts.append(("slope", constant_term(slope)))
            yield Property(_name(sign, shift, slope), tuple(parts), verdict)
            return


def _name(sign: int, shift: Expr, slope: Expr) -> str:
    if shift != 0:
        return "point-symmetry"
    if slope != 0:
        return "reflection"
    return "odd" if sign < 0 else "even"


def _right_side(definition: Term, sign: int, shift: Expr, slope: Expr, variable: str) -> Term:
    own = neg(definition) if sign < 0 else definition
    if shift != 0:
        return add(constant_term(shift), own)
    if slope == 0:
        return own
    size, x = constant_term(slope), sym(variable)
    run = mul(size.args[0], x) if size.kind == "neg" else mul(size, x)
    if abs(slope) == 1:
        run = x
    return add(own, neg(run) if size.kind == "neg" else run)


def _candidate(study: Study, sign: int) -> tuple[Expr, Expr] | None:
    """(a, b) of the only possible reflection of that kind."""
    zero = sympy.Integer(0)
    try:
        standing = study.standing(zero)
        if standing is None:
            return _recognised(study, sign)
        if sign < 0:
            return sympy.cancel(2 * standing.value), zero
        return zero, sympy.cancel(-sum(_slopes_at_zero(study)))
    except Unsettled:
        return None


def _slopes_at_zero(study: Study) -> tuple[Expr, Expr]:
    for piece, cell in enumerate(study.pieces):
        if cell.high == 0 and piece + 1 < len(study.pieces) and study.pieces[piece + 1].low == 0:
            return study.limit(piece, 1, 1), study.limit(piece + 1, 1, -1)
        if _holds_zero(cell.low, cell.high):
            slope = study.derivative(piece, 1).subs(study.setting.symbol, 0)
            if slope.has(sympy.nan, sympy.zoo, sympy.oo):
                raise Unsettled("no slope at zero")
            return slope, slope
    raise Unsettled("no slope at zero")


def _holds_zero(low: Expr, high: Expr) -> bool:
    def side(end: Expr) -> int:
        if end in (sympy.oo, -sympy.oo):
            return 1 if end is sympy.oo else -1
        value = to_ball(to_coef(end))
        return 1 if value > 0 else -1 if value < 0 else 0

    return side(low) < 0 < side(high)


def _recognised(study: Study, sign: int) -> tuple[Expr, Expr] | None:
    zero = sympy.Integer(0)
    with precision():
        point = PROBES[0]
        here, there = sample(study, point), sample(study, -point)
        if here is None or there is None:
            return None
        value = simplest(there - here if sign > 0 else there + here)
    if value is None:
        return None
    return (value, zero) if sign < 0 else (zero, sympy.Rational(value) / sympy.Rational(3, 7))


def _plausible(study: Study, sign: int, shift: Expr, slope: Expr) -> bool:
    """Whether the identity holds at a few points, so that the prover is not asked in vain."""
    with precision():
        for point in PROBES:
            here, there = sample(study, point), sample(study, -point)
            line = _constant(shift, study)
            run = _constant(slope, study)
            if here is None or there is None or line is None or run is None:
                return False
            if not (there - sign * here - line - run * ball(point)).contains(0):
                return False
    return True


def _parameters(study: Study) -> dict[str, arb]:
    found = {s.name for cell in study.pieces for s in cell.expr.free_symbols}
    assumed = study.setting.assumptions
    names = sorted(found - {study.setting.variable})
    return {n: ball(_PARAMETERS.get(assumed.get(n, "real"), PARAMETER)) for n in names}


def _constant(value: Expr, study: Study) -> arb | None:
    found = jet(value, _parameters(study), 1)
    return None if found is None else found[0]


def sample(study: Study, point: Fraction) -> arb | None:
    """f at a rational point, with sample values for parameters; None outside the domain."""
    values = _parameters(study)
    x = ball(point)
    for cell in study.pieces:
        low = None if cell.low is -sympy.oo else jet(cell.low, values, 1)
        high = None if cell.high is sympy.oo else jet(cell.high, values, 1)
        if (low is None or low[0] < x) and (high is None or x < high[0]):
            found = jet(cell.expr, {**values, study.setting.variable: x}, 1)
            return None if found is None else found[0]
    return None


def periods(definition: Term, study: Study, prover: Prover) -> Iterator[Property]:
    """f(x + p) = f(x), with p the common period of the sines and cosines in f."""
    period = period_of(study)
    if period is None:
        return
    x = sym(study.setting.variable)
    left = definition.substitute({x.name: add(x, constant_term(period))})
    verdict = prover.prove(left, definition)
    if verdict.status == "proved":
        parts = (("left", left), ("right", definition), ("period", constant_term(period)))
        yield Property("period", parts, verdict)


def period_of(study: Study) -> Expr | None:
    """The common period of the circular functions of a single smooth piece; None without any."""
    if len(study.pieces) != 1:
        return None
    found: list[Expr] = []
    for node in sympy.preorder_traversal(study.pieces[0].expr):
        if isinstance(node, (sympy.sin, sympy.cos, sympy.tan, sympy.sec, sympy.csc, sympy.cot)):
            rate = sympy.diff(node.args[0], study.setting.symbol)
            if not rate.is_Rational:
                return None
            if rate != 0:
                turns = 1 if isinstance(node, (sympy.tan, sympy.cot)) else 2
                found.append(turns / abs(rate))
    if not found:
        return None
    numerators = [int(p.p) for p in found]
    denominators = [int(p.q) for p in found]
    return sympy.Rational(sympy.ilcm(*numerators, 1), sympy.igcd(*denominators, 0)) * sympy.pi

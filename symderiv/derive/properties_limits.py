"""Where f goes: limits of f and f' at infinity, asymptotes, poles; read off exact expansions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy
from sympy import Expr

from symderiv.derive.kinks import constant_term
from symderiv.derive.properties_expansion import Expander
from symderiv.derive.properties_ground import Unsettled, to_expr
from symderiv.derive.properties_scale import ONE, Scale
from symderiv.derive.properties_series import Place, Series
from symderiv.derive.properties_study import Study
from symderiv.derive.properties_values import Point, Property, Value, to_point
from symderiv.notation.term import Term, add, mul, neg, sym
from symderiv.prove import Verdict

_LINE = Scale(power=Fraction(1))
_PROVED = Verdict("proved", "expansion")


def limits(study: Study) -> Iterator[Property]:
    """The limits of f and f' at -oo and oo."""
    for order, name in ((0, "limit"), (1, "derivative-limit")):
        for piece, side, at in _far_ends(study):
            try:
                value = study.limit(piece, order, side)
            except Unsettled:
                continue
            shown = to_point(Value(value), study.setting)
            yield Property(name, (("at", _end(at)), ("value", shown)), _PROVED)


def asymptotes(study: Study) -> Iterator[Property]:
    """The lines y = a x + b that f approaches at -oo and oo."""
    for piece, _, at in _far_ends(study):
        line = asymptote(study.pieces[piece].expr, at, study)
        if line is None:
            continue
        slope, shift = line
        name = "horizontal-asymptote" if slope == 0 else "oblique-asymptote"
        line_shown = line_term(slope, shift, study.setting.variable)
        yield Property(name, (("at", _end(at)), ("line", line_shown)), _PROVED)


def asymptote(expr: Expr, at: Expr, study: Study) -> tuple[Expr, Expr] | None:
    """(a, b) with f(x) - (a x + b) -> 0, or None; None too where f is that line itself."""
    try:
        expander = Expander(study.setting.variable, Place(at), study.setting.assumptions)
        series = expander.of(expr)
        slope, shift, rest = _line_of(series, expander)
    except Unsettled:
        return None
    if not rest:
        return None
    return slope * (1 if at is sympy.oo else -1), shift


def _line_of(series: Series, expander: Expander) -> tuple[Expr, Expr, bool]:
    slope = shift = sympy.Integer(0)
    rest = series.rest is not None
    if series.rest is not None and expander.order(series.rest) >= 0:
        raise Unsettled("a rest that does not vanish")
    for scale, value in series.terms:
        if scale == _LINE:
            slope = to_expr(value)
        elif scale == ONE:
            shift = to_expr(value)
        elif expander.order(scale) >= 0:
            raise Unsettled("a term beyond a line")
        else:
            rest = True
    return slope, shift, rest


def line_term(slope: Expr, shift: Expr, variable: str) -> Term:
    """a x + b as it is written."""
    x = sym(variable)
    if slope == 0:
        return constant_term(shift)
    size = constant_term(slope)
    run = x if slope == 1 else neg(x) if slope == -1 else mul(size, x)
    if size.kind == "neg" and slope != -1:
        run = neg(mul(size.args[0], x))
    if shift == 0:
        return run
    last = constant_term(shift)
    return add(run, last)


def poles(study: Study) -> Iterator[Property]:
    """The finite ends of pieces at which f is not defined and grows without bound."""
    seen: dict[Expr, dict[int, Expr]] = {}
    for piece, cell in enumerate(study.pieces):
        for side, at in ((-1, cell.low), (1, cell.high)):
            if at in (sympy.oo, -sympy.oo):
                continue
            try:
                value = study.limit(piece, 0, side)
            except Unsettled:
                continue
            if value in (sympy.oo, -sympy.oo):
                seen.setdefault(at, {})[side] = value
    for at, sides in seen.items():
        parts = [("at", to_point(Value(at), study.setting))]
        names = {1: "left", -1: "right"}
        parts += [(names[side], _end(sides[side])) for side in (1, -1) if side in sides]
        yield Property("pole", tuple(parts), _PROVED)


def _far_ends(study: Study) -> Iterator[tuple[int, int, Expr]]:
    if study.pieces[0].low is -sympy.oo:
        yield 0, -1, -sympy.oo
    if study.pieces[-1].high is sympy.oo:
        yield len(study.pieces) - 1, 1, sympy.oo


def _end(at: Expr) -> Point:
    return Point(constant_term(at), "")

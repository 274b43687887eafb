"""f(x; p) = p^(-k) h(p x): one positive parameter that only stretches the picture.

Where the prover accepts that identity, everything found for h (which has no parameter) holds for f with
places divided by p, values of f multiplied by p^(-k) and values of f' by p^(1 - k).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from symderiv.derive.kinks import INFINITY
from symderiv.derive.properties_balls import ball, precision
from symderiv.derive.properties_cells import Setting
from symderiv.derive.properties_study import Study
from symderiv.derive.properties_symmetry import PARAMETER, PROBES, sample
from symderiv.derive.properties_values import Interval, Part, Point, Property
from symderiv.notation.term import ONE, ZERO, Term, div, mul, neg, num, power, sym
from symderiv.prove import Prover, Verdict

_DEGREES = (0, 1, -1, 2, -2)
_PLACES = frozenset({"at", "points"})
_ABOUT_SLOPE = frozenset({"derivative-range", "derivative-maximum", "derivative-minimum", "lipschitz"})
_ABOUT_VALUE = frozenset({"range", "local-minimum", "local-maximum"})
_ABOUT_PLACE = frozenset(
    {"zeros", "zero-intervals", "increasing", "decreasing", "constant", "convex", "concave", "inflections"}
)


def unscaled(definition: Term, setting: Setting) -> tuple[str, Term] | None:
    """The only parameter, if it is positive, and the definition with 1 in its place."""
    names = sorted(definition.free_symbols() - {setting.variable})
    if len(names) != 1 or setting.assumptions.get(names[0]) != "positive":
        return None
    return names[0], definition.substitute({names[0]: ONE})


def scaling(
    definition: Term, name: str, plain: Term, study: Study, simple: Study, prover: Prover
) -> tuple[int, Property] | None:
    """The degree k and the proved identity, or None."""
    variable = study.setting.variable
    degree = _degree(study, simple)
    if degree is None:
        return None
    inner = plain.substitute({variable: mul(sym(name), sym(variable))})
    right = _times(inner, name, -degree)
    verdict = prover.prove(definition, right)
    if verdict.status != "proved":
        return None
    parts = (("left", definition), ("right", right), ("parameter", sym(name)), ("degree", num(degree)))
    return degree, Property("scaling", parts, verdict)


def _degree(study: Study, simple: Study) -> int | None:
    with precision():
        for degree in _DEGREES:
            for probe in PROBES:
                ours, theirs = sample(study, probe), sample(simple, probe * PARAMETER)
                if ours is None or theirs is None:
                    return None
                if not (ours * ball(PARAMETER**degree) - theirs).contains(0):
                    break
            else:
                return degree
    return None


def carried(found: Iterable[Property], name: str, degree: int) -> Iterator[Property]:
    """The properties of h as properties of f."""
    for one in found:
        if one.id in _ABOUT_SLOPE:
            exponent = 1 - degree
        elif one.id in _ABOUT_VALUE:
            exponent = -degree
        elif one.id in _ABOUT_PLACE:
            exponent = -1
        else:
            continue
        parts = tuple((k, _carry(v, name, -1 if k in _PLACES else exponent)) for k, v in one.parts)
        yield replace(one, parts=parts, verdict=Verdict("proved", "scaling"))


def _carry(part: Part, name: str, exponent: int) -> Part:
    if isinstance(part, Point):
        return _point(part, name, exponent)
    if isinstance(part, tuple):
        return tuple(  # type: ignore[return-value]
            _point(item, name, exponent) if isinstance(item, Point) else _interval(item, name, exponent)
            for item in part
        )
    return part


def _interval(item: Interval, name: str, exponent: int) -> Interval:
    return replace(item, low=_point(item.low, name, exponent), high=_point(item.high, name, exponent))


def _point(point: Point, name: str, exponent: int) -> Point:
    if exponent == 0 or point.exact in (ZERO, INFINITY, neg(INFINITY)):
        return point
    if point.exact is None:
        return replace(point, scale=_times(ONE, name, exponent))
    return Point(_times(point.exact, name, exponent), "")


def _times(term: Term, name: str, exponent: int) -> Term:
    """term p^exponent, as it is written."""
    if exponent == 0:
        return term
    if term.kind == "neg":
        return neg(_times(term.args[0], name, exponent))
    p = sym(name)
    size = p if abs(exponent) == 1 else power(p, num(abs(exponent)))
    if exponent < 0:
        return div(term, size)
    return size if term == ONE else mul(size, term)

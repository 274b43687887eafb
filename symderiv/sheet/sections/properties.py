"""What is true of f beyond its derivative: the properties, each with its proof, and the kinks."""

from __future__ import annotations

from decimal import Decimal, localcontext

from symderiv.derive.algebra import join_difference, join_product, join_sum
from symderiv.derive.kinks import Kink
from symderiv.derive.properties import Interval as Segment
from symderiv.derive.properties import Point, Property
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import ONE, Term, add, call, div, equation, neg, power, sym
from symderiv.sheet.document import (
    INFINITY,
    Formula,
    Interval,
    Items,
    Maths,
    Number,
    Paragraph,
    Points,
    Prose,
    Section,
    Sign,
    Words,
)
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sentences import Value, as_formula, listed

AT_A_GLANCE = frozenset({"domain", "range", "smoothness"})
"""Properties that stand at the head of the page."""
SAID_BY_LIMITS = frozenset({"horizontal-asymptote"})
SHOWN_DIGITS = 6


def properties(page: Page) -> Section | None:
    """Symmetry, limits, zeros, monotony, extrema, convexity, bounds of the slope."""
    items = [
        (statement(page, found), page.proof(found.verdict, brief=True))
        for found in page.subject.properties
        if found.id not in AT_A_GLANCE | SAID_BY_LIMITS and page.sentences.has(_key(page, found))
    ]
    if not items:
        return None
    return Section("properties", page.say("sheet.title.properties"), (Items(tuple(items)),))


def statement(page: Page, found: Property) -> Prose:
    """A property as a sentence."""
    values: dict[str, Value] = {name: part_value(part) for name, part in found.parts}
    subject = page.subject
    if found.id in {"even", "odd", "point-symmetry", "reflection", "period"}:
        values |= _named(page, found)
    return page.say(_key(page, found), f=subject.applied, x=subject.variable, prime=subject.prime, **values)


def _key(page: Page, found: Property) -> str:
    parts = dict(found.parts)
    for note in (found.note, parts.get("sign", "")):
        if note and page.sentences.has(f"properties.{found.id}-{note}"):
            return f"properties.{found.id}-{note}"
    return f"properties.{found.id}"


def part_value(part: object) -> Value:
    """A part of a property as a slot of its sentence."""
    if isinstance(part, Point):
        return number(part)
    if isinstance(part, tuple) and part and isinstance(part[0], Segment):
        return union(part)
    if isinstance(part, tuple):
        return Number(tuple(_number(point) for point in part if isinstance(point, Point)))
    assert isinstance(part, (str, Term))
    return part


def number(point: Point) -> Number:
    """A point as a number of a sentence."""
    return Number((_number(point),))


def _number(point: Point) -> tuple[Term | None, Term | None]:
    return point.exact, _scaled(read_plain(shorten(point.digits)), point.scale) if point.digits else None


def _scaled(digits: Term, scale: Term | None) -> Term:
    """Digits times the power of a parameter that they are short of: `-1.27846/beta`."""
    if scale is None:
        return digits
    if digits.kind == "neg":
        return neg(_scaled(digits.args[0], scale))
    if scale.kind == "div" and scale.args[0] == ONE:
        return div(digits, scale.args[1])
    return join_product(digits, scale)


def shorten(digits: str, count: int = SHOWN_DIGITS) -> str:
    """Certified digits, rounded to fewer; left alone where a second rounding could be wrong."""
    full = Decimal(digits)
    with localcontext() as context:
        context.prec = count
        short = +full
        tail = abs(full - short)
    half = Decimal((0, (5,), short.adjusted() - count))
    text = f"{short:f}" if -6 < short.adjusted() < 15 else str(short)
    return digits if tail == half else text


def union(segments: tuple[Segment, ...]) -> Formula:
    """Intervals, joined by the sign of union."""
    found: list[Interval | Points | Sign] = []
    for segment in segments:
        if found:
            found.append("∪")
        (low, low_digits), (high, high_digits) = _number(segment.low), _number(segment.high)
        if low is not None and low == high and segment.low_closed:
            found.append(Points((low,)))
            continue
        found.append(
            Interval(
                low or low_digits or neg(INFINITY),
                high or high_digits or INFINITY,
                segment.low_closed,
                segment.high_closed,
                low is None,
                high is None,
            )
        )
    return tuple(found)


def _named(page: Page, found: Property) -> dict[str, Value]:
    """The two sides of a symmetry, with the function by its name."""
    subject, parts = page.subject, dict(found.parts)
    x, f = subject.variable, subject.applied
    if found.id == "period":
        period = parts["period"]
        assert isinstance(period, Term)
        return {"left": call(subject.name, add(x, period)), "right": f}
    right = {"even": f, "odd": neg(f)}.get(found.id)
    if right is None:
        shift, slope = parts.get("shift"), parts.get("slope")
        right = join_difference(shift, f) if isinstance(shift, Term) else f
        if isinstance(slope, Term):
            right = join_sum(right, join_product(slope, x))
    return {"left": call(subject.name, neg(x)), "right": right}


def domain(page: Page) -> Formula:
    """Where f is defined."""
    return _found(page, "domain")


def value_range(page: Page) -> Formula:
    """Which values f takes."""
    return _found(page, "range")


def _found(page: Page, name: str) -> Formula:
    for found in page.subject.properties:
        if found.id == name:
            return as_formula(part_value(found.part("intervals")))
    return ()


def smoothness(page: Page) -> Prose:
    """The class of differentiability, in words."""
    for found in page.subject.properties:
        if found.id == "smoothness":
            order = str(found.part("class"))
            key = {"oo": "oo", "0": "continuous", "-1": "jump"}.get(order, "times")
            return page.say(f"properties.smoothness.{key}", **{"class": power(sym("C"), read_plain(order))})
    return ()


def kinks(page: Page) -> Section | None:
    """The breakpoints: one-sided derivatives, and the value that is used there."""
    found = page.subject.derivation.kinks
    if not found:
        return None
    return Section(
        "kinks", page.say("sheet.title.kinks"), tuple(Paragraph(_kink(page, kink)) for kink in found)
    )


def _kink(page: Page, kink: Kink) -> Prose:
    key = "corner" if _is_corner(page, kink) else kink.note
    if key == "corner" and kink.convention is None:
        key = "corner_open"
    values: dict[str, Value] = {"f": page.subject.applied, "x": page.subject.variable, "at": kink.at}
    sides = {"left": kink.left, "right": kink.right, "convention": kink.convention}
    values |= {name: value for name, value in sides.items() if value is not None}
    values["conditions"] = conditions(kink.differentiable.conditions)
    said = page.say(f"properties.kink.{key}", **values)
    convex = any(p.id == "convex" and p.note == "everywhere" for p in page.subject.properties)
    if key == "corner" and convex and kink.interval is not None:
        low, high = kink.interval
        subgradients = Interval(low, high, low_closed=True, high_closed=True)
        said += (Words(" "), *page.say("properties.kink.subgradient", interval=subgradients, **values))
    return said


def _is_corner(page: Page, kink: Kink) -> bool:
    """Do the one-sided derivatives differ for the constants of the definition, if not for all others?"""
    values = dict(page.subject.derivation.record.constants)
    if kink.note != "parameter" or kink.left is None or kink.right is None or not values:
        return False
    return page.subject.differ(kink.left.substitute(values), kink.right.substitute(values))


def conditions(texts: tuple[str, ...]) -> Prose:
    """Conditions of a verdict as formulas; `==` is written as an equality."""
    return listed([(Maths((_condition(read_plain(text)),)),) for text in texts])


def _condition(term: Term) -> Term:
    return equation(*term.args) if term.name == "==" else term

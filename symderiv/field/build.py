"""`build`: a Term without D as an element of the tower, in the region at hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv import limits
from symderiv.errors import LimitError, UnsupportedError
from symderiv.field.angles import cos_sin, pi
from symderiv.field.engine import Engine
from symderiv.field.exponents import exponential
from symderiv.field.inverse import arccosine, arcsine, arctangent
from symderiv.field.powers import power
from symderiv.field.products import absolute, log_abs, logarithm, rational_power
from symderiv.field.tower import Element, UndefinedError
from symderiv.notation.names import FUNCTIONS
from symderiv.notation.term import Term, num

_HALF = Fraction(1, 2)


_WORDS = {"limit": "limit", "prod": "product over a symbolic range"}


def build(engine: Engine, term: Term) -> Element:
    """The element that a Term stands for.

    Raises `UndefinedError` where it has no value in the region, `SplitError` where it depends on a sign
    that is not known, `UnsupportedError` outside the class.
    """
    found = engine.region.elements.get(term)
    if found is None:
        outer_claims, outer_sharp = engine.claims, engine.sharp
        engine.claims, engine.sharp = {}, {}
        try:
            element = _build(engine, term)
            found = (element, engine.claims, engine.sharp)
        finally:
            inner_claims, inner_sharp = engine.claims, engine.sharp
            engine.claims, engine.sharp = outer_claims, outer_sharp
            outer_sharp.update(inner_sharp)
            outer_claims.update(inner_claims)
        engine.region.elements[term] = found
        return element
    element, claims, sharp = found
    engine.claims.update(claims)
    engine.sharp.update(sharp)
    return element


def _build(engine: Engine, term: Term) -> Element:
    tower = engine.tower
    args = term.args
    match term.kind:
        case "number":
            return tower.number(term.value())
        case "symbol":
            return engine.symbol(term.name)
        case "constant":
            return pi(engine) if term.name == "pi" else exponential(engine, tower.one)
        case "add":
            return _total(engine, args)
        case "neg":
            return -build(engine, args[0])
        case "mul":
            result = build(engine, args[0])
            for arg in args[1:]:
                result = result * build(engine, arg)
            return result
        case "div":
            return build(engine, args[0]) / build(engine, args[1])
        case "pow":
            return power(engine, build(engine, args[0]), build(engine, args[1]))
        case "call":
            return _call(engine, term)
        case "index":
            return _entry(engine, term)
        case "sum":
            return _sum(engine, term)
        case "piecewise":
            for part in args:
                if holds(engine, part.args[1]):
                    return build(engine, part.args[0])
            raise UndefinedError("no case applies")
        case "limit" | "prod":
            raise UnsupportedError(f"a {_WORDS[term.kind]} is not decided", span=term.span)
        case "diff":
            raise UnsupportedError("a derivative that is not resolved", span=term.span)
        case _:
            raise UnsupportedError(f"a {term.kind} is a claim, not a value", span=term.span)


def _total(engine: Engine, args: tuple[Term, ...]) -> Element:
    result = build(engine, args[0])
    for arg in args[1:]:
        result = result + build(engine, arg)
    return result


def _entry(engine: Engine, term: Term) -> Element:
    base = term.args[0]
    if base.kind != "symbol":
        raise UnsupportedError("an entry of something that is not a symbol", span=term.span)
    marks = []
    for arg in term.args[1:]:
        value = build(engine, arg)
        number = value.rational()
        marks.append(engine.label(value) if number is None else str(number))
    return engine.symbol(f"{base.name}[{', '.join(marks)}]")


def _sum(engine: Engine, term: Term) -> Element:
    body, bound, low, high = term.args
    first, last = build(engine, low).rational(), build(engine, high).rational()
    if first is None or last is None:
        raise UnsupportedError("a sum with symbolic limits", span=term.span)
    if first.denominator != 1 or last.denominator != 1:
        raise UnsupportedError("a sum between limits that are not whole", span=term.span)
    if last - first >= limits.MAX_SUM_RANGE:
        raise LimitError(f"a sum of more than {limits.MAX_SUM_RANGE} terms", span=term.span)
    result = engine.tower.zero
    for k in range(int(first), int(last) + 1):
        result = result + build(engine, body.substitute({bound.name: num(k)}))
    return result


def holds(engine: Engine, condition: Term) -> bool:
    """Does the condition hold in the region? Splits the region where that is not known."""
    match condition.kind:
        case "true":
            return True
        case "and":
            return all(holds(engine, part) for part in condition.args)
        case "or":
            return any(holds(engine, part) for part in condition.args)
        case "relation":
            left, right = condition.args
            sign = engine.known_sign(build(engine, left) - build(engine, right))
            return {
                "<": sign < 0,
                "<=": sign <= 0,
                ">": sign > 0,
                ">=": sign >= 0,
                "==": sign == 0,
                "!=": sign != 0,
            }[condition.name]
        case _:
            raise UnsupportedError("a condition is due here", span=condition.span)


def _call(engine: Engine, term: Term) -> Element:
    values = [build(engine, arg) for arg in term.args]
    if term.order == 0 and term.name in _HEADS:
        return _HEADS[term.name](engine, values[0])
    if term.name in ("Max", "Min"):
        return _extreme(engine, values, 1 if term.name == "Max" else -1)
    if term.name == "delta":
        return _delta(engine, values, term)
    if term.name in FUNCTIONS:
        raise UnsupportedError(f"{term.name} is not a number", span=term.span)
    return _opaque(engine, term, values)


def _opaque(engine: Engine, term: Term, values: list[Element]) -> Element:
    """An undefined function: one generator for equal arguments."""
    kind = f"{term.name}{chr(39) * term.order}"
    if len(values) == 1:
        return engine.tower.of(engine.function(f"call {kind}", values[0]))
    key = ("call", kind, *(part for value in values for part in value.key()))
    if key not in engine.table:
        label = ", ".join(engine.label(value) for value in values)
        engine.table[key] = engine.tower.add("call", f"{kind}({label})")
    return engine.tower.of(engine.table[key])


def _extreme(engine: Engine, values: list[Element], sign: int) -> Element:
    result = values[0]
    for value in values[1:]:
        gap = result - value
        if gap.num.is_zero():
            continue
        result = (result + value + absolute(engine, gap).scaled(sign)).scaled(_HALF)
    return result


def _delta(engine: Engine, values: list[Element], term: Term) -> Element:
    gap = values[0] - values[1]
    if gap.num.is_zero():
        return engine.tower.one
    if gap.rational() is not None:
        return engine.tower.zero
    raise UnsupportedError("delta of symbolic indices", span=term.span)


def _sqrt(engine: Engine, u: Element) -> Element:
    return rational_power(engine, u, _HALF)


def _sinh(engine: Engine, u: Element) -> Element:
    e = exponential(engine, u)
    return (e - e.inverse()).scaled(_HALF)


def _cosh(engine: Engine, u: Element) -> Element:
    e = exponential(engine, u)
    return (e + e.inverse()).scaled(_HALF)


def _tanh(engine: Engine, u: Element) -> Element:
    square = exponential(engine, u.scaled(2))
    return (square - engine.tower.one) / (square + engine.tower.one)


def _asinh(engine: Engine, u: Element) -> Element:
    return log_abs(engine, u + _sqrt(engine, u * u + engine.tower.one))


def _acosh(engine: Engine, u: Element) -> Element:
    one = engine.tower.one
    root = _sqrt(engine, u - one) * _sqrt(engine, u + one)
    return log_abs(engine, u + root)


def _atanh(engine: Engine, u: Element) -> Element:
    one = engine.tower.one
    engine.require_positive(one - u * u, strict=True)
    return (log_abs(engine, one + u) - log_abs(engine, one - u)).scaled(_HALF)


def _erf(engine: Engine, u: Element) -> Element:
    tower = engine.tower
    if u.num.is_zero():
        return u
    if u.num.leading_coefficient() < 0:
        return -_erf(engine, -u)
    one = Fraction(1)
    return tower.of(engine.function("erf", u, ball=lambda a: a.erf(), low=-one, high=one))


def _sign(engine: Engine, u: Element) -> Element:
    return engine.tower.number(engine.known_sign(u))


def _ratio(top: int | None, bottom: int) -> Callable[[Engine, Element], Element]:
    """A quotient of cos (0) and sin (1), or 1 over one of them."""

    def head(engine: Engine, u: Element) -> Element:
        pair = cos_sin(engine, u)
        return (engine.tower.one if top is None else pair[top]) / pair[bottom]

    return head


_HEADS: dict[str, Callable[[Engine, Element], Element]] = {
    "exp": exponential,
    "log": logarithm,
    "sqrt": _sqrt,
    "sin": lambda engine, u: cos_sin(engine, u)[1],
    "cos": lambda engine, u: cos_sin(engine, u)[0],
    "tan": _ratio(1, 0),
    "cot": _ratio(0, 1),
    "sec": _ratio(None, 0),
    "csc": _ratio(None, 1),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sech": lambda engine, u: _cosh(engine, u).inverse(),
    "csch": lambda engine, u: _sinh(engine, u).inverse(),
    "coth": lambda engine, u: _tanh(engine, u).inverse(),
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "asin": arcsine,
    "acos": arccosine,
    "atan": arctangent,
    "erf": _erf,
    "erfc": lambda engine, u: engine.tower.one - _erf(engine, u),
    "sign": _sign,
    "Abs": absolute,
}

"""∂z[k]/∂z[j] = δ(k, j), and the rules of calculus on Nodes; a sum is differentiated under its sign."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.field.index_tree import (
    ONE,
    ZERO,
    Node,
    OutsideError,
    call,
    delta,
    minus,
    number,
    over,
    plus,
    power,
    symbol,
    times,
    total,
)

_TWO = number(2)


def _one_minus_square(u: Node) -> Node:
    return power(plus(ONE, minus(power(u, _TWO))), number(Fraction(-1, 2)))


_PRIMITIVES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda u: call("exp", u),
    "log": lambda u: over(ONE, u),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: minus(call("sin", u)),
    "asin": _one_minus_square,
    "acos": lambda u: minus(_one_minus_square(u)),
    "sign": lambda _: ZERO,
    "atan": lambda u: over(ONE, plus(ONE, power(u, _TWO))),
    "erf": lambda u: times(
        _TWO, power(symbol("pi"), number(Fraction(-1, 2))), call("exp", minus(power(u, _TWO)))
    ),
}
"""The derivatives that calculus starts from."""


def derivative(node: Node, variable: Node) -> Node:
    """∂node/∂variable, `variable` a symbol or an entry z[j]. Raises `OutsideError`."""
    if variable.kind not in ("symbol", "entry"):
        raise OutsideError
    if variable.kind == "symbol":
        if variable.name in node.index_names() or any(n.name == variable.name for n in _entries(node)):
            raise OutsideError
    elif any(n.kind == "symbol" and n.name == variable.name for n in node.walk()):
        raise OutsideError
    return _derivative(node, variable)


def _entries(node: Node) -> list[Node]:
    return [n for n in node.walk() if n.kind == "entry"]


def _derivative(node: Node, variable: Node) -> Node:
    match node.kind:
        case "number" | "delta":
            return ZERO
        case "symbol":
            return ONE if node == variable else ZERO
        case "entry":
            if variable.kind != "entry" or node.name != variable.name:
                return ZERO
            if len(node.at) != len(variable.at):
                raise OutsideError
            return times(*(delta(a, b) for a, b in zip(node.at, variable.at, strict=True)))
        case "add":
            return plus(*(_derivative(arg, variable) for arg in node.args))
        case "mul":
            return _product(node, variable)
        case "pow":
            return _power(node, variable)
        case "sum":
            return total(_derivative(node.args[0], variable), *node.at)
        case _:
            return _chain(node, variable)


def _product(node: Node, variable: Node) -> Node:
    terms = []
    for position, factor in enumerate(node.args):
        inner = _derivative(factor, variable)
        if inner != ZERO:
            terms.append(times(*node.args[:position], inner, *node.args[position + 1 :]))
    return plus(*terms)


def _power(node: Node, variable: Node) -> Node:
    base, exponent = node.args
    inner, upper = _derivative(base, variable), _derivative(exponent, variable)
    by_base = times(exponent, power(base, plus(exponent, number(-1))), inner)
    if upper == ZERO:
        return by_base
    return plus(by_base, times(node, call("log", base), upper))


def _chain(node: Node, variable: Node) -> Node:
    inner = [_derivative(arg, variable) for arg in node.args]
    if all(part == ZERO for part in inner):
        return ZERO
    if len(node.args) != 1:
        raise OutsideError
    (argument,) = node.args
    if node.value == 0 and node.name in _PRIMITIVES:
        return times(_PRIMITIVES[node.name](argument), inner[0])
    return times(call(node.name, argument, order=int(node.value) + 1), inner[0])

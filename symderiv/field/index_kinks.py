"""|u| = u sign(u), max(a, b) = (a + b + |a - b|)/2, and cases as polynomials in signs.

With s = sign(u) every condition on u is a number 0 or 1: u > 0 is (s² + s)/2, u = 0 is 1 - s². That is
exact at every point, the border included. A derivative exists only where s is not 0: it holds 1/s.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy
from sympy import Expr

from symderiv.field.index_tree import ONE, Node, OutsideError, call, minus, number, plus, power, times

_HALF = number(Fraction(1, 2))
_TWO = number(2)

Read = Callable[[Expr], Node]


def sign_of(u: Node) -> Node:
    """sign(u), 0 at 0."""
    return call("sign", u)


def absolute(u: Node) -> Node:
    """|u|."""
    return times(u, sign_of(u))


def extreme(arguments: list[Node], *, largest: bool) -> Node:
    """The maximum or minimum."""
    found = arguments[0]
    for other in arguments[1:]:
        gap = absolute(plus(found, minus(other)))
        found = times(_HALF, plus(found, other, gap if largest else minus(gap)))
    return found


def cases(expr: sympy.Piecewise, read: Read) -> Node:
    """The first case whose condition holds; the last one holds always. Raises `OutsideError`."""
    left = ONE
    terms = []
    for value, condition in expr.args:
        if value.has(sympy.Derivative) or not _is_whole(value):
            raise OutsideError
        holds = _holds(condition, read)
        terms.append(times(left, holds, read(value)))
        left = times(left, plus(ONE, minus(holds)))
        if condition is sympy.true:
            return plus(*terms)
    raise OutsideError


def _is_whole(value: Expr) -> bool:
    """Whether it has a value everywhere, as a case that is not taken need not have."""
    for part in value.atoms(sympy.Pow, sympy.log):
        if isinstance(part, sympy.log):
            whole = _positive(part.args[0])
        else:
            whole = (part.exp.is_Integer and part.exp > 0) or _positive(part.base)
        if not whole:
            return False
    return True


def _positive(expr: Expr) -> bool:
    """Visibly > 0 at every point: made of exponentials and positive numbers."""
    if isinstance(expr, sympy.exp) or expr in (sympy.pi, sympy.E):
        return True
    if isinstance(expr, sympy.Rational):
        return bool(expr > 0)
    if isinstance(expr, sympy.Add | sympy.Mul):
        return all(map(_positive, expr.args))
    if isinstance(expr, sympy.Pow):
        return _positive(expr.base)
    return isinstance(expr, sympy.Sum) and _positive(expr.function)


def _holds(condition: sympy.Basic, read: Read) -> Node:
    """1 where the condition holds, else 0."""
    if condition is sympy.true:
        return ONE
    if isinstance(condition, sympy.And):
        return times(*(_holds(part, read) for part in _parts(condition)))
    if isinstance(condition, sympy.Or):
        return plus(ONE, minus(times(*(plus(ONE, minus(_holds(part, read))) for part in _parts(condition)))))
    if not isinstance(condition, sympy.core.relational.Relational):
        raise OutsideError
    s = sign_of(plus(read(condition.lhs), minus(read(condition.rhs))))
    square = power(s, _TWO)
    above, below = times(_HALF, plus(square, s)), times(_HALF, plus(square, minus(s)))
    found = {
        sympy.StrictGreaterThan: above,
        sympy.StrictLessThan: below,
        sympy.GreaterThan: plus(ONE, minus(below)),
        sympy.LessThan: plus(ONE, minus(above)),
        sympy.Equality: plus(ONE, minus(square)),
        sympy.Unequality: square,
    }.get(type(condition))
    if found is None:
        raise OutsideError
    return found


def _parts(condition: sympy.Basic) -> list[sympy.Basic]:
    return sorted(condition.args, key=sympy.default_sort_key)


def away_from_kinks(node: Node, moving: Callable[[Node], bool]) -> Node:
    """The derivative with 1/s for each sign whose argument moves with the variable: no value at a kink."""
    if node.kind == "call" and node.name == "sign" and moving(node.args[0]):
        return power(node, number(-1))
    if not node.args:
        return node
    args = tuple(away_from_kinks(arg, moving) for arg in node.args)
    return node.rebuilt(args)

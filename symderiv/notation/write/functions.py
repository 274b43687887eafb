r"""Functions: `\tanh x`, `\sigma(x)`, `\sqrt{x}`, `\lvert x \rvert`, `\delta_{ij}`, `s^{\top}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symderiv.notation.term import Term
from symderiv.notation.write import arithmetic
from symderiv.notation.write.box import (
    ATOM,
    CASES,
    CLAIM,
    FACTOR,
    PRODUCT,
    TALL,
    Box,
    Edge,
    arguments,
    bracket,
    join,
)
from symderiv.notation.write.letters import script
from symderiv.notation.write.operators import Operator
from symderiv.notation.write.small import is_small

if TYPE_CHECKING:
    from symderiv.notation.write.setter import Setter

_BARE_KINDS = frozenset({"symbol", "constant", "index"})
_COMMA_LISTS = frozenset({"Max", "Min"})


def call(setter: Setter, term: Term, tight: bool) -> Box:
    """A function and its argument, or the sign that stands for it."""
    special = _SPECIAL.get(term.name)
    if special is not None and term.order == 0 and term.name not in setter.functions:
        return special(setter, term, tight)
    return function(setter, term, tight, bare=True)


def function(setter: Setter, term: Term, tight: bool, *, bare: bool) -> Box:
    """The name, its primes and the argument; `bare` allows a letter without brackets."""
    operator = setter.operator(term.name)
    head = operator.latex + "'" * term.order
    return applied(setter, head, operator, term.args, tight, bare=bare and not term.order)


def applied(
    setter: Setter, head: str, operator: Operator, args: tuple[Term, ...], tight: bool, *, bare: bool
) -> Box:
    """`head` applied to `args`."""
    edge: Edge = "operator" if operator.bare else "letter"
    if len(args) == 1 and operator.bare and bare and _stands_bare(setter, args[0]):
        inner = setter.box(args[0], tight=tight)
        return Box(f"{head} {inner.text}", FACTOR, inner.height, edge, open=True)
    inner = _argument(setter, args[0], tight) if len(args) == 1 else _listed(setter, args, tight)
    return Box(f"{head}{arguments(inner)}", FACTOR, bracket(inner).height, edge)


def ends_in_bracket(setter: Setter, term: Term) -> bool:
    r"""A call that carries an exponent as it stands: `\sigma(x)^2`, `\lvert x \rvert^2`."""
    if term.kind != "call":
        return False
    if term.order or term.name in setter.functions:
        return bool(term.order) or not setter.operator(term.name).bare
    if term.name in {"Abs", "inner"}:
        return True
    return term.name not in _SPECIAL and term.name not in _COMMA_LISTS and not setter.operator(term.name).bare


def is_special(setter: Setter, name: str) -> bool:
    """Written with a sign of its own, not with a name."""
    return name in _SPECIAL and name not in setter.functions


def _stands_bare(setter: Setter, term: Term) -> bool:
    if term.kind == "number":
        return setter.bare and "e" not in term.name.lower()
    if term.kind == "sum":
        return True
    return setter.bare and term.kind in _BARE_KINDS and setter.box(term).head != "bracket"


def _argument(setter: Setter, term: Term, tight: bool) -> Box:
    """What stands in the brackets of a function or under a root."""
    return setter.box(term, tight=tight or is_small(term))


def _listed(setter: Setter, args: tuple[Term, ...], tight: bool) -> Box:
    boxes = [setter.at(arg, CASES + 1, tight or is_small(arg)) for arg in args]
    return Box(", ".join(box.text for box in boxes), CLAIM, max((box.height for box in boxes), default=0))


def _root(setter: Setter, term: Term, tight: bool) -> Box:
    inner = _argument(setter, term.args[0], tight)
    return Box(f"\\sqrt{{{inner.text}}}", FACTOR, inner.height if inner.height >= TALL else 0, "letter")


def _exponential(setter: Setter, term: Term, tight: bool) -> Box:
    return arithmetic.exponential(setter, term.args[0], tight)


def _absolute(setter: Setter, term: Term, tight: bool) -> Box:
    return _fenced("\\lvert", "\\rvert", _argument(setter, term.args[0], tight))


def _inner_product(setter: Setter, term: Term, tight: bool) -> Box:
    return _fenced("\\langle", "\\rangle", _listed(setter, term.args, tight))


def _fenced(left: str, right: str, inner: Box) -> Box:
    grow = ("\\left", "\\right") if inner.height >= TALL else ("", "")
    text = f"{grow[0]}{join(left, inner.text)} {grow[1]}{right}"
    return Box(text, ATOM, max(inner.height, 1), "bracket")


def _kronecker(setter: Setter, term: Term, tight: bool) -> Box:
    return Box(f"\\delta_{{{indices(setter, term.args)}}}", ATOM, 0, "letter")


def indices(setter: Setter, args: tuple[Term, ...]) -> str:
    """`ij` where all are single letters, else with commas."""
    letters = all(arg.kind == "symbol" and len(arg.name) == 1 for arg in args)
    return ("" if letters else ",").join(setter.box(arg, tight=True).text for arg in args)


def _transposed(setter: Setter, term: Term, tight: bool) -> Box:
    base = arithmetic.raisable(setter, term.args[0], tight)
    return Box(f"{base.text}^{{\\top}}", FACTOR, base.height, base.head)


def _hadamard(setter: Setter, term: Term, tight: bool) -> Box:
    left, right = setter.closed(term.args[0], FACTOR, tight), setter.at(term.args[1], FACTOR, tight)
    return Box(
        f"{left.text} \\odot {right.text}", PRODUCT, max(left.height, right.height), left.head, right.open
    )


def _norm(setter: Setter, term: Term, tight: bool) -> Box:
    inside = _fenced("\\lVert", "\\rVert", _argument(setter, term.args[0], tight))
    if len(term.args) == 1:
        return inside
    kind = setter.box(term.args[1], tight=True).text
    return Box(inside.text + script("_", kind), ATOM, inside.height, "bracket")


def _matrix(setter: Setter, term: Term, tight: bool) -> Box:
    rows = [arg.args if arg.kind == "call" and arg.name == "row" else (arg,) for arg in term.args]
    lines = " \\\\ ".join(" & ".join(setter.box(cell).text for cell in row) for row in rows)
    return Box(f"\\begin{{pmatrix}} {lines} \\end{{pmatrix}}", ATOM, TALL, "bracket")


def _given(setter: Setter, term: Term, tight: bool) -> Box:
    first, *rest = (setter.box(arg).text for arg in term.args)
    return Box(f"{first} \\mid {', '.join(rest)}", CLAIM)


_SPECIAL: dict[str, Callable[[Setter, Term, bool], Box]] = {
    "exp": _exponential,
    "sqrt": _root,
    "Abs": _absolute,
    "delta": _kronecker,
    "transpose": _transposed,
    "hadamard": _hadamard,
    "inner": _inner_product,
    "norm": _norm,
    "matrix": _matrix,
    "given": _given,
}

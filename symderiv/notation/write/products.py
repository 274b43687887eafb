r"""Products: side by side where that reads in one way only, else with `\cdot`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.notation.term import Term
from symderiv.notation.write.arithmetic import upright
from symderiv.notation.write.box import FACTOR, PRODUCT, Box, join

if TYPE_CHECKING:
    from symderiv.notation.write.setter import Setter

FUNCTION_LETTERS = frozenset({*"fghFGH", r"\sigma", r"\phi", r"\varphi", r"\psi", r"\Phi", r"\Psi"})
"""Letters that a reader takes for a function where a bracket follows."""

_DIFFERENTIALS = frozenset({"d", r"\delta", r"\partial"})


def product(setter: Setter, term: Term, tight: bool) -> Box:
    """The factors in their order, each in brackets where it must be."""
    last = len(term.args) - 1
    boxes = [
        _factor(setter, arg, tight, None if k == last else term.args[k + 1])
        for k, arg in enumerate(term.args)
    ]
    text, height = boxes[0].text, boxes[0].height
    for k in range(1, len(boxes)):
        left, right = boxes[k - 1], boxes[k]
        if _needs_dot(setter, left, right):
            text = join(f"{text} \\cdot ", right.text)
        elif _needs_space(left, right):
            text = f"{text}\\,{right.text}"
        else:
            text = join(text, right.text)
        height = max(height, right.height)
    return Box(text, PRODUCT, height, boxes[0].head, boxes[-1].open)


def _factor(setter: Setter, term: Term, tight: bool, following: Term | None) -> Box:
    if tight and term.kind == "div" and all(arg.kind == "number" for arg in term.args):
        return upright(setter, term, True)
    if following is None:
        return setter.at(term, FACTOR, tight)
    shown = setter.box(term, tight=tight)
    if shown.open and shown.head == "operator" and term.kind != "sum":
        # \sin x \cos x: an operator ends the argument before it, nothing else does.
        after = setter.box(following, tight=tight)
        if after.head == "operator" and after.level >= FACTOR and following.kind != "sum":
            return shown
    return setter.closed(term, FACTOR, tight)


def _needs_dot(setter: Setter, left: Box, right: Box) -> bool:
    if right.head in {"digit", "minus", "derivative"} or left.head == "derivative":
        return True
    if right.head == "fraction":
        return left.head in {"digit", "fraction"}
    if left.head == "roman":
        return right.head in {"roman", "bracket"}
    if right.head == "bracket":
        return left.text in setter.function_letters
    return left.text in _DIFFERENTIALS


def _needs_space(left: Box, right: Box) -> bool:
    return left.head == "roman" or right.head == "roman"

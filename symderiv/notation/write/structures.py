r"""Indices, sums, derivatives, cases and claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symderiv.notation.term import Term
from symderiv.notation.write import arithmetic, functions
from symderiv.notation.write.box import (
    AND,
    ATOM,
    CASES,
    CLAIM,
    FACTOR,
    OR,
    PRODUCT,
    RELATION,
    SUM,
    TALL,
    Box,
    bracket,
    join,
)
from symderiv.notation.write.letters import letter_parts, script

if TYPE_CHECKING:
    from symderiv.notation.write.setter import Setter

_ONLY_RAISED = re.compile(r"\\?[A-Za-z]+\^\{(?:[^{}]|\{[^{}]*\})*\}")
"""A letter with a mark above and nothing below: there is room for indices."""
_RELATIONS = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "==": "=", "!=": r"\ne"}


def indexed(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`z_i`, `s_i(z)`, `\operatorname{softmax}(z)_i`."""
    base = term.args[0]
    below = script("_", functions.indices(setter, term.args[1:]))
    if base.kind == "symbol" and base.name not in setter.symbols:
        letter, subscript, mark = letter_parts(base.name)
        if not subscript:
            return Box(f"{letter}{below}{mark}", ATOM, 0, "letter")
    if base.kind == "symbol" and _ONLY_RAISED.fullmatch(setter.symbols.get(base.name, "")):
        return Box(f"{setter.symbols[base.name]}{below}", ATOM, 0, "letter")
    if base.kind == "call" and base.order == 0 and not functions.is_special(setter, base.name):
        operator = setter.operator(base.name)
        if operator.letter:
            shown = functions.applied(setter, operator.latex + below, operator, base.args, tight, bare=False)
            return Box(shown.text, ATOM, shown.height, "letter")
        if not operator.bare:
            shown = functions.function(setter, base, tight, bare=False)
            return Box(f"{shown.text}{below}", ATOM, shown.height, "letter")
    shown = bracket(setter.box(base, tight=tight))
    return Box(f"{shown.text}{below}", ATOM, shown.height, shown.head)


def total(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`\sum_{k=1}^n`; its body goes as far as the product goes."""
    body, letter, low, high = term.args
    below = f"{setter.box(letter, tight=True).text}={setter.box(low, tight=True).text}"
    sign = "\\sum" if term.kind == "sum" else "\\prod"
    head = f"{sign}_{{{below}}}{script('^', setter.box(high, tight=True).text)}"
    return Box(f"{head} {setter.at(body, PRODUCT, tight).text}", FACTOR, TALL, "operator", open=True)


def repeated(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`\prod_{k=1}^n`, set like a sum."""
    return total(setter, term, tight)


def value_at(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`\left. f'(x) \right|_{x=0}`."""
    body, variable, point = (setter.box(arg, tight=place > 0) for place, arg in enumerate(term.args))
    text = f"\\left. {body.text} \\right|_{{{variable.text}={point.text}}}"
    return Box(text, ATOM, max(body.height, 1), "bracket")


def limit(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`\lim_{x \to 0}`; its body goes as far as the product goes."""
    body, variable, point = term.args
    towards = "".join(_infinite(setter, point))
    head = f"\\lim_{{{setter.box(variable, tight=True).text} \\to {towards}}}"
    return Box(f"{head} {setter.at(body, PRODUCT, tight).text}", FACTOR, TALL, "operator", open=True)


def _infinite(setter: Setter, point: Term) -> tuple[str, str]:
    inner = point.args[0] if point.kind == "neg" else point
    if inner.kind == "symbol" and inner.name == "oo":
        return ("-" if inner is not point else ""), "\\infty"
    return "", setter.box(point, tight=True).text


def derivative(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`\frac{dy}{dx}` for a letter, else `\frac{d}{dx}` before its body, with brackets around sums."""
    body, variable = term.args[0], term.args[1]
    times = term.args[2].name if len(term.args) > 2 else "1"
    raised = "" if times == "1" else script("^", times)
    letter = arithmetic.raisable(setter, variable, True) if raised else setter.box(variable, tight=True)
    below = join(setter.d, letter.text) + raised
    if body != variable and (
        body.kind == "symbol" or (body.kind == "index" and body.args[0].kind == "symbol")
    ):
        above = join(setter.d + raised, setter.box(body, tight=True).text)
        return Box(f"\\frac{{{above}}}{{{below}}}", FACTOR, TALL, "derivative")
    shown = setter.at(body, FACTOR, tight)
    return Box(f"\\frac{{{setter.d}{raised}}}{{{below}}} {shown.text}", FACTOR, TALL, "derivative", open=True)


def cases(setter: Setter, term: Term, tight: bool) -> Box:
    """A brace over its lines."""
    lines = " \\\\ ".join(setter.box(arg).text for arg in term.args)
    return Box(f"\\begin{{cases}} {lines} \\end{{cases}}", CASES, TALL)


def case(setter: Setter, term: Term, tight: bool) -> Box:
    """One line: a value, and when it holds."""
    value = setter.at(term.args[0], SUM, tight).text
    if term.args[1].kind == "true":
        return Box(f"{value} & \\text{{{setter.word('otherwise')}}}", CLAIM)
    return Box(f"{value} & \\text{{{setter.word('if')} }} {setter.box(term.args[1]).text}", CLAIM)


def relation(setter: Setter, term: Term, tight: bool) -> Box:
    """A < b."""
    left, right = (setter.at(arg, SUM, tight) for arg in term.args)
    text = f"{left.text} {_RELATIONS[term.name]} {right.text}"
    return Box(text, RELATION, max(left.height, right.height), left.head)


def both(setter: Setter, term: Term, tight: bool) -> Box:
    """A and b."""
    return _joined(setter, term, "and", AND, tight)


def either(setter: Setter, term: Term, tight: bool) -> Box:
    """A or b."""
    return _joined(setter, term, "or", OR, tight)


def _joined(setter: Setter, term: Term, word: str, level: int, tight: bool) -> Box:
    boxes = [setter.at(arg, level + 1, tight) for arg in term.args]
    text = f" \\text{{ {setter.word(word)} }} ".join(box.text for box in boxes)
    return Box(text, level, max((box.height for box in boxes), default=0))


def true(setter: Setter, term: Term, tight: bool) -> Box:
    """The condition that always holds."""
    return Box(f"\\text{{{setter.word('true')}}}", ATOM)


def equation(setter: Setter, term: Term, tight: bool) -> Box:
    """A = b, as a claim."""
    left, right = (setter.box(arg, tight=tight) for arg in term.args)
    return Box(f"{left.text} = {right.text}", CLAIM, max(left.height, right.height), left.head)

"""Letters, numbers, sums, quotients and powers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.notation.term import Term
from symderiv.notation.write import functions
from symderiv.notation.write.box import ATOM, FACTOR, PRODUCT, SIGN, SUM, TALL, Box, arguments, bracket
from symderiv.notation.write.letters import name_latex, script
from symderiv.notation.write.small import is_tall_exponent

if TYPE_CHECKING:
    from symderiv.notation.write.setter import Setter


def number(setter: Setter, term: Term, tight: bool) -> Box:
    r"""Digits as written; `1.5e-3` is `1.5 \cdot 10^{-3}`."""
    mantissa, e, exponent = term.name.lower().partition("e")
    shown = f"{mantissa}0" if mantissa.endswith(".") else mantissa
    if not e:
        return Box(shown, ATOM, head="digit")
    tens = f"10{script('^', str(int(exponent)))}"
    if shown == "1":
        return Box(tens, FACTOR, head="digit")
    return Box(f"{shown} \\cdot {tens}", PRODUCT, head="digit")


def symbol(setter: Setter, term: Term, tight: bool) -> Box:
    """A letter, as the document overrides it or by its name."""
    text = setter.symbols.get(term.name) or name_latex(term.name)
    return Box(text, ATOM, head="roman" if text.startswith("\\mathrm") else "letter")


def constant(setter: Setter, term: Term, tight: bool) -> Box:
    """Pi or e."""
    return Box("\\pi" if term.name == "pi" else term.name, ATOM, head="letter")


def addition(setter: Setter, term: Term, tight: bool) -> Box:
    """A + b - c, in the author's order."""
    first = setter.at(term.args[0], SIGN, tight)
    text, height = first.text, first.height
    for arg in term.args[1:]:
        minus = arg.kind == "neg"
        shown = setter.at(arg.args[0] if minus else arg, PRODUCT, tight)
        text += f" {'-' if minus else '+'} {shown.text}"
        height = max(height, shown.height)
    return Box(text, SUM, height, first.head)


def negative(setter: Setter, term: Term, tight: bool) -> Box:
    """-a."""
    inner = setter.at(term.args[0], PRODUCT, tight)
    return Box(f"-{inner.text}", SIGN, inner.height, "minus", inner.open)


def quotient(setter: Setter, term: Term, tight: bool) -> Box:
    """A fraction bar on the line, a slash in exponents."""
    numerator, denominator = term.args
    if tight:
        above = _unslashed(numerator, setter.closed(numerator, PRODUCT, True))
        below = _unslashed(denominator, setter.closed(denominator, FACTOR, True))
        return Box(f"{above.text}/{below.text}", PRODUCT, max(above.height, below.height), above.head)
    return upright(setter, term, False)


def upright(setter: Setter, term: Term, tight: bool) -> Box:
    """A fraction bar, whatever the surroundings."""
    above, below = (setter.at(arg, SUM, tight) for arg in term.args)
    return Box(f"\\frac{{{above.text}}}{{{below.text}}}", FACTOR, 0 if tight else TALL, "fraction")


def _unslashed(term: Term, box: Box) -> Box:
    # a/b/c would be read in two ways.
    return bracket(box) if term.kind == "div" and box.level == PRODUCT else box


def power(setter: Setter, term: Term, tight: bool) -> Box:
    r"""`x^2`, `e^{-x}`, `\tanh^2 x`."""
    return powered(setter, term, tight, bare=True)


def powered(setter: Setter, term: Term, tight: bool, *, bare: bool) -> Box:
    r"""A power; `bare` allows `\tanh^2 x` without brackets."""
    base, exponent = term.args
    if base.kind == "constant" and base.name == "e":
        return exponential(setter, exponent, tight)
    raised = script("^", setter.box(exponent, tight=True).text)
    if base.kind == "call" and base.order == 0 and len(base.args) == 1:
        operator = setter.operator(base.name)
        if operator.powered and exponent.kind == "number" and exponent.name.isdigit():
            head = operator.latex + raised
            return functions.applied(setter, head, operator, base.args, tight, bare=bare)
    shown = raisable(setter, base, tight)
    return Box(f"{shown.text}{raised}", FACTOR, shown.height, shown.head)


def raisable(setter: Setter, term: Term, tight: bool) -> Box:
    """What may carry an exponent: one letter, or one thing in brackets of its own."""
    shown = setter.box(term, tight=tight)
    if term.kind in {"number", "constant", "symbol", "index"}:
        alone = shown.level == ATOM and "^" not in shown.text and "\\frac" not in shown.text
        return shown if alone else bracket(shown)
    return shown if functions.ends_in_bracket(setter, term) else bracket(shown)


def exponential(setter: Setter, exponent: Term, tight: bool) -> Box:
    r"""`e^{-x}`, or `\exp(...)` where the exponent is tall."""
    if is_tall_exponent(exponent):
        inner = setter.box(exponent)
        return Box(f"\\exp{arguments(inner)}", FACTOR, bracket(inner).height, "operator")
    return Box(f"e{script('^', setter.box(exponent, tight=True).text)}", FACTOR, 0, "letter")

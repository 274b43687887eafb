"""Exact constants: plain text such as `sqrt(2/pi)` to an Arb ball, and to the nearest float."""

from __future__ import annotations

from functools import lru_cache

from flint import arb, ctx, fmpq

from symderiv.errors import UnsupportedError
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term

LOW = "low word of "
"""Begins the meaning of a constant that holds what the nearest double leaves out of another one."""


@lru_cache(maxsize=512)
def constant_term(meaning: str) -> Term:
    """The Term that a constant stands for."""
    return read_plain(meaning)


@lru_cache(maxsize=2048)
def constant_ball(meaning: str, bits: int) -> arb:
    """The constant as a ball of about `bits` bits."""
    if meaning.startswith(LOW):
        return arb(0)  # in exact arithmetic the high word is the whole constant
    before = ctx.prec
    ctx.prec = bits + 16
    try:
        return _ball(constant_term(meaning))
    finally:
        ctx.prec = before


def nearest(meaning: str) -> float:
    """The constant, rounded to the nearest double."""
    return float(constant_ball(meaning, 160).mid())


def rounded(meaning: str) -> float:
    """The double that stands for a constant in a program, low words included."""
    negative = meaning.startswith("-(") and meaning.endswith(")")
    if negative and meaning[2:-1].startswith(LOW):
        return -remainder(meaning[2 + len(LOW) : -1])
    return remainder(meaning[len(LOW) :]) if meaning.startswith(LOW) else nearest(meaning)


def remainder(meaning: str) -> float:
    """What the nearest double leaves out, rounded to a double."""
    before = ctx.prec
    ctx.prec = 240
    try:
        return float((constant_ball(meaning, 200) - arb(nearest(meaning))).mid())
    finally:
        ctx.prec = before


def _ball(term: Term) -> arb:
    match term.kind:
        case "number":
            value = term.value()
            return arb(fmpq(value.numerator, value.denominator))
        case "constant":
            return arb.pi() if term.name == "pi" else arb(1).exp()
        case "add":
            return sum(map(_ball, term.args), arb(0))
        case "neg":
            return -_ball(term.args[0])
        case "mul":
            product = arb(1)
            for arg in term.args:
                product *= _ball(arg)
            return product
        case "div":
            return _ball(term.args[0]) / _ball(term.args[1])
        case "pow":
            return _ball(term.args[0]) ** _ball(term.args[1])
        case "call" if term.name in _CALLS and term.order == 0:
            return _CALLS[term.name](_ball(term.args[0]))
        case _:
            raise UnsupportedError(f"{term} is no constant that a kernel can hold")


_CALLS = {
    "sqrt": lambda b: b.sqrt(),
    "exp": lambda b: b.exp(),
    "log": lambda b: b.log(),
    "sin": lambda b: b.sin(),
    "cos": lambda b: b.cos(),
    "tan": lambda b: b.tan(),
    "atan": lambda b: b.atan(),
    "asin": lambda b: b.asin(),
    "acos": lambda b: b.acos(),
    "sinh": lambda b: b.sinh(),
    "cosh": lambda b: b.cosh(),
    "tanh": lambda b: b.tanh(),
    "asinh": lambda b: b.asinh(),
    "acosh": lambda b: b.acosh(),
    "atanh": lambda b: b.atanh(),
    "erf": lambda b: b.erf(),
    "erfc": lambda b: b.erfc(),
}

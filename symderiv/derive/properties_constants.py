"""Exact constants a ball may stand for, and the decimal digits that a ball certifies.

Recognition only proposes: whoever uses a candidate proves it by putting it in. Digits are never guessed:
they are those that every number in the ball rounds to.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy
from flint import arb, ctx, fmpq
from sympy import Expr

from symderiv.derive.properties_balls import PRECISION, precision

_MAX_DENOMINATOR = 64
_MAX_NUMERATOR = 4096
_MAX_PLACES = 80


def candidates(around: arb) -> Iterator[Expr]:
    """Simple constants inside the ball: rationals, roots, logarithms and multiples of pi, simplest first."""
    rational = simplest(around)
    if rational is not None:
        yield rational
    square = simplest(around * around)
    if square is not None and square > 0 and not sympy.sqrt(square).is_Rational:
        yield sympy.sqrt(square) if around.mid() > 0 else -sympy.sqrt(square)
    grown = around.exp()
    power = simplest(grown)
    if power is not None and power > 0 and power != 1:
        yield sympy.log(power)
    yield from _hyperbolic(grown, 1 if around.mid() > 0 else -1)
    size = simplest(abs(around).log()) if not around.contains(0) else None
    if size is not None and size != 0:
        yield sympy.exp(size) if around.mid() > 0 else -sympy.exp(size)
    turns = simplest(around / arb.pi())
    if turns is not None and turns != 0:
        yield turns * sympy.pi


def _hyperbolic(grown: arb, side: int) -> Iterator[Expr]:
    """x with cosh x or sinh x rational: log(c + sqrt(c^2 - 1)), log(s + sqrt(s^2 + 1))."""
    for double, shift in ((grown + 1 / grown, -1), (side * (grown - 1 / grown), 1)):
        half = simplest(double / 2)
        if half is not None and (half > 1 if shift < 0 else half > 0):
            yield side * sympy.log(half + sympy.sqrt(half**2 + shift))


def simplest(around: arb) -> Expr | None:
    """The only rational of small size in the ball, or None."""
    if not around.is_finite():
        return None
    middle = fraction_of(around.mid())
    for bound in (1, 2, 4, 10, _MAX_DENOMINATOR):
        near = middle.limit_denominator(bound)
        if abs(near.numerator) <= _MAX_NUMERATOR and around.contains(fmpq(near.numerator, near.denominator)):
            return sympy.Rational(near.numerator, near.denominator)
    return None


def fraction_of(value: arb) -> Fraction:
    """The exact value of a ball's midpoint."""
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def digits(value: arb, count: int = 12) -> str:
    """Decimal text with at most `count` significant digits, rounded to nearest, all of them certified.

    Fewer digits where the ball does not decide more; "" where it decides none. Trailing zeros are
    digits too, and are left away only where the number ends there.
    """
    if value.is_zero():
        return "0"
    if not value.is_finite() or value.contains(0):
        return ""
    sign = "-" if value < 0 else ""
    with precision(max(ctx.prec, PRECISION)):
        exponent = _exponent(abs(value))
        for wanted in range(count, 0, -1):
            scaled = abs(value) * arb(10) ** (wanted - 1 - exponent)
            whole = (scaled + arb(1) / 2).floor().unique_fmpz()
            if whole is not None:
                return sign + _laid_out(int(whole), wanted, exponent, bool(scaled == int(whole)))
    return ""


def _exponent(size: arb) -> int:
    """A whole number not far below log10 of a positive ball; `_laid_out` takes care of the rest."""
    mantissa, exponent = (size.mid().log() / arb(10).log()).mid().man_exp()
    return int(mantissa) * 2 ** int(exponent) if exponent >= 0 else int(mantissa) >> -int(exponent)


def rounded(exact: Fraction, count: int) -> str:
    """A rational number rounded to `count` significant digits; without trailing zeros where it is exact."""
    if exact == 0:
        return "0"
    sign, size = ("-" if exact < 0 else ""), abs(exact)
    exponent = _decimal_exponent(size)
    scaled = size * Fraction(10) ** (count - 1 - exponent)
    return sign + _laid_out(int(scaled + Fraction(1, 2)), count, exponent, scaled.denominator == 1)


def _laid_out(whole: int, count: int, exponent: int, exact: bool) -> str:
    """whole 10^(exponent + 1 - count) as text."""
    if whole >= 10**count:
        whole, exponent = (whole + 5) // 10, exponent + 1
    text = str(whole)
    if exact:
        text = text.rstrip("0")
    if -5 <= exponent < (max(count, 6) if exact else count):
        return _positional(text, exponent)
    mantissa = text[0] + "." * (len(text) > 1) + text[1:]
    return f"{mantissa}e{exponent}"


def _decimal_exponent(size: Fraction) -> int:
    guess = len(str(size.numerator)) - len(str(size.denominator))
    while Fraction(10) ** guess > size:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= size:
        guess += 1
    return guess


def _positional(text: str, exponent: int) -> str:
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + text
    if exponent + 1 >= len(text):
        return text + "0" * (exponent + 1 - len(text))
    return text[: exponent + 1] + "." + text[exponent + 1 :]


def decimal(value: Fraction) -> str | None:
    """The exact decimal text of a fraction that has one, else None."""
    places = 0
    while 10**places % value.denominator:
        places += 1
        if places > _MAX_PLACES:
            return None
    whole = abs(value.numerator) * 10**places // value.denominator
    text = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (text if places == 0 else f"{text[:-places]}.{text[-places:]}")

"""sin w and cos w: addition formulas over one pair (sin, cos) per independent angle, s^2 + c^2 = 1.

Rational multiples of pi become square roots where that is possible; multiples of atan u and asin u
become algebraic.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq, fmpz

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.field.engine import Engine
from symderiv.field.exponents import pieces
from symderiv.field.products import abs_power
from symderiv.field.tower import Element, Generator

Pair = tuple[Element, Element]
"""(cos, sin)."""


def pi(engine: Engine) -> Element:
    """The constant pi."""
    return engine.constant("pi", lambda _: arb.pi(), 3, 4)


def cos_sin(engine: Engine, angle: Element) -> Pair:
    """(cos, sin) of an angle."""
    tower = engine.tower
    total: Pair = (tower.one, tower.zero)
    turns = Fraction(0)
    circle = pi(engine)
    for monomial, coefficient in pieces(engine, angle):
        if monomial.num == circle.num and monomial.den.is_constant():
            turns += coefficient
        else:
            total = _sum(total, _multiple(engine, monomial, coefficient, circle))
    return _sum(total, turn(engine, turns)) if turns else total


def _sum(a: Pair, b: Pair) -> Pair:
    return a[0] * b[0] - a[1] * b[1], a[1] * b[0] + a[0] * b[1]


def _times(engine: Engine, pair: Pair, count: int) -> Pair:
    if count < 0:
        return _times(engine, (pair[0], -pair[1]), -count)
    if count > limits.MAX_EXPONENT:
        raise LimitError(f"an angle times {count}")
    total: Pair = (engine.tower.one, engine.tower.zero)
    while count:
        if count & 1:
            total = _sum(total, pair)
        count >>= 1
        if count:
            pair = _sum(pair, pair)
    return total


def _multiple(engine: Engine, monomial: Element, coefficient: Fraction, circle: Element) -> Pair:
    tower = engine.tower
    single = _inverse_function(engine, monomial)
    if single is not None:
        pair = _of_inverse(engine, single, coefficient.denominator)
        if pair is not None:
            return _times(engine, pair, coefficient.numerator)
    turns = _whole_turns(engine, monomial, coefficient, circle)
    if turns is not None:
        return turns, tower.zero
    if abs(coefficient.numerator) > limits.MAX_EXPONENT:  # an angle of its own: that loses no truth
        return _base(engine, monomial.scaled(coefficient))
    unit = engine.unit(f"angle({engine.label(monomial)})", coefficient.denominator)
    return _times(engine, _base(engine, monomial.scaled(Fraction(1, unit))), int(coefficient * unit))


def _base(engine: Engine, angle: Element) -> Pair:
    """The generators cos and sin of one angle, with c^2 = 1 - s^2 and |1 - s| |1 + s| = |c|^2."""
    tower = engine.tower
    one = Fraction(1)
    fresh = ("sin", *angle.key()) not in engine.table
    sine = engine.function("sin", angle, ball=lambda a: a.sin(), low=-one, high=one)
    cosine = engine.function("cos", angle, ball=lambda a: a.cos(), low=-one, high=one)
    s, c = tower.variable(sine), tower.variable(cosine)
    if fresh:
        tower.relate(cosine, 2, 1 - s**2)
        engine.aliases[(s - 1).str()] = [(c, Fraction(2)), (s + 1, Fraction(-1))]
    return tower.of(cosine), tower.of(sine)


def _inverse_function(engine: Engine, monomial: Element) -> Generator | None:
    if not monomial.den.is_constant() or monomial.num.total_degree() != 1:
        return None
    used = engine.tower.used(monomial.num)
    return used[0] if len(used) == 1 and used[0].kind in ("atan", "asin") else None


def _of_inverse(engine: Engine, generator: Generator, halvings: int) -> Pair | None:
    """(cos, sin) of atan u or asin u, halved a few times (the angle lies between -pi/2 and pi/2)."""
    if halvings & (halvings - 1) or halvings > 4 or generator.argument is None:
        return None
    tower, u = engine.tower, generator.argument
    if generator.kind == "atan":
        cosine = abs_power(engine, u * u + tower.one, Fraction(-1, 2))
        pair = (cosine, u * cosine)
    else:
        rest = tower.one - u * u
        if rest.num.is_zero():
            return None
        pair = (abs_power(engine, rest, Fraction(1, 2)), u)
    while halvings > 1:
        half = abs_power(engine, (tower.one + pair[0]).scaled(Fraction(1, 2)), Fraction(1, 2))
        pair = (half, pair[1] / half.scaled(2))
        halvings //= 2
    return pair


def _whole_turns(engine: Engine, monomial: Element, coefficient: Fraction, circle: Element) -> Element | None:
    """cos(pi n) = (-1)^n for a whole number n; sin(pi n) is 0."""
    from symderiv.field.powers import is_whole, parity_generator

    ratio = (monomial / circle).scaled(coefficient)
    if not is_whole(engine, ratio):
        return None
    return parity_generator(engine, ratio)


def turn(engine: Engine, turns: Fraction) -> Pair:
    """(cos, sin) of pi*turns."""
    tower = engine.tower
    turns = turns % 2
    if turns >= 1:
        c, s = turn(engine, turns - 1)
        return -c, -s
    if turns > Fraction(1, 2):
        c, s = turn(engine, 1 - turns)
        return -c, s
    if turns > Fraction(1, 4) and turns.denominator % 2 == 0:
        c, s = turn(engine, Fraction(1, 2) - turns)
        return s, c
    if turns == 0:
        return tower.one, tower.zero
    return _small_turn(engine, turns)


def _small_turn(engine: Engine, turns: Fraction) -> Pair:
    """0 < turns < 1/2; an even denominator by half angles."""
    denominator = turns.denominator
    if denominator % 128 and denominator % 2 == 0:
        c, _ = turn(engine, 2 * turns)
        half = Fraction(1, 2)
        one = engine.tower.one
        cosine, sine = (abs_power(engine, (one + x).scaled(half), half) for x in (c, -c))
        return cosine, sine
    for part in (3, 5):
        if denominator == part:
            return _times(engine, _first_turn(engine, part), turns.numerator)
        if denominator % part == 0 and denominator % (part * part):
            # turns = a/part + b/rest
            rest = denominator // part
            a = turns.numerator * pow(rest, -1, part) % part
            first = Fraction(a, part)
            return _sum(turn(engine, first), turn(engine, turns - first))
    return _times(engine, _base_turn(engine, denominator), turns.numerator)


def _first_turn(engine: Engine, part: int) -> Pair:
    tower = engine.tower
    half = Fraction(1, 2)
    if part == 3:
        return tower.number(half), abs_power(engine, tower.number(Fraction(3, 4)), half)
    root = abs_power(engine, tower.number(5), half)
    five = tower.number(5)
    sine = abs_power(engine, (five - root).scaled(Fraction(1, 8)), half)
    return (tower.one + root).scaled(Fraction(1, 4)), sine


def _base_turn(engine: Engine, denominator: int) -> Pair:
    """cos(pi/q), sin(pi/q) as generators: halves of algebraic integers with conjugates up to 2."""
    tower = engine.tower
    one = Fraction(1)
    key = ("turn", str(denominator))
    if key not in engine.table:
        degree = int(fmpz(4 * denominator).euler_phi())
        q = fmpq(1, denominator)
        label = f"pi/{denominator}"
        sine = tower.add("sin", f"sin({label})", low=-one, high=one, constant=True)
        cosine = tower.add("cos", f"cos({label})", low=-one, high=one, constant=True)
        sine.ball, cosine.ball = (lambda _: arb.sin_pi_fmpq(q)), (lambda _: arb.cos_pi_fmpq(q))
        sine.algebraic, cosine.algebraic = (degree, 1.0, 1.0), (1, 1.0, 1.0)
        tower.relate(cosine, 2, 1 - tower.variable(sine) ** 2)
        engine.table[key] = sine
        engine.table[("turn-cos", str(denominator))] = cosine
    return tower.of(engine.table["turn-cos", str(denominator)]), tower.of(engine.table[key])

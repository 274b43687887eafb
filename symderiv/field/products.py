"""|u| = e^w p^n ... |f|^n ...: the multiplicative side of the tower: logarithms, roots, powers, |u|.

Over the reals log u = log|u| wherever it is defined, and |u| is multiplicative. So every logarithm and
every root is taken of the absolute value of irreducible factors: no condition is lost or added.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from flint import fmpq, fmpq_mpoly, fmpz

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.field.engine import Engine
from symderiv.field.tower import Element, Generator, coefficients_in

Atom = int | fmpq_mpoly

_FACTOR_BITS = 100
_MAX_BITS = 20_000


@dataclass(slots=True)
class Magnitude:
    """The logarithm of |u|: a linear part, and atoms (primes, irreducible factors) with exponents."""

    linear: Element
    atoms: dict[str, tuple[Atom, Fraction]] = field(default_factory=dict)

    def include(self, other: Magnitude, power: Fraction) -> None:
        """Multiply by other^power."""
        self.linear = self.linear + other.linear.scaled(power)
        for atom, exponent in other.atoms.values():
            self.put(atom, exponent * power)

    def put(self, atom: Atom, exponent: Fraction) -> None:
        """Multiply by |atom|^exponent."""
        key = str(atom) if isinstance(atom, int) else atom.str()
        total = exponent + (self.atoms[key][1] if key in self.atoms else 0)
        if total:
            self.atoms[key] = (atom, total)
        else:
            self.atoms.pop(key, None)


def magnitude(engine: Engine, value: Element) -> Magnitude:
    """|value| in atoms; value is not 0."""
    result = Magnitude(engine.tower.zero)
    result.include(_of_poly(engine, value.num), Fraction(1))
    if not value.den.is_constant():
        result.include(_of_poly(engine, value.den), Fraction(-1))
    return result


def _of_poly(engine: Engine, poly: fmpq_mpoly) -> Magnitude:
    key = ("magnitude", poly.str())
    found = engine.memory.get(key)
    if isinstance(found, Magnitude):
        return found
    constant, factors = engine.factored(poly)
    result = _of_number(engine, constant)
    for factor, power in factors:
        result.include(_of_factor(engine, factor), Fraction(power))
    engine.memory[key] = result
    return result


def _of_number(engine: Engine, value: Fraction) -> Magnitude:
    result = Magnitude(engine.tower.zero)
    for number, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
        for prime, power in _primes(number):
            result.put(prime, Fraction(sign * power))
    return result


def _primes(number: int) -> list[tuple[int, int]]:
    """Prime factors; a large rest without small ones stays in one piece (which loses no truth)."""
    if number == 1:
        return []
    if number.bit_length() <= _FACTOR_BITS:
        return [(int(p), int(k)) for p, k in fmpz(number).factor()]
    return [(int(p), int(k)) for p, k in fmpz(number).factor_smooth(20)]


def _of_factor(engine: Engine, factor: fmpq_mpoly) -> Magnitude:
    """|f| of an irreducible factor with positive leading coefficient."""
    key = ("factor", factor.str())
    found = engine.memory.get(key)
    if isinstance(found, Magnitude):
        return found
    tower = engine.tower
    result = Magnitude(tower.zero)
    used = tower.used(factor)
    single = used[0] if len(factor) == 1 else None
    if single is not None and single.kind == "exp" and single.argument is not None:
        result.linear = single.argument
    elif single is not None and single.kind == "root" and single.argument is not None:
        result.put(_prime_or_poly(single.argument.num), Fraction(1, single.degree))
    elif single is not None and single.kind in ("sign", "parity"):
        pass
    elif factor.str() in engine.aliases:
        for poly, exponent in engine.aliases[factor.str()]:
            result.include(_of_factor(engine, poly), exponent)
    else:
        _of_conjugate(engine, factor, used, result)
    engine.memory[key] = result
    return result


def _prime_or_poly(poly: fmpq_mpoly) -> Atom:
    return int(poly.leading_coefficient().p) if poly.is_constant() else poly


def _of_conjugate(engine: Engine, factor: fmpq_mpoly, used: list[Generator], result: Magnitude) -> None:
    """|a + b r| = |a^2 - b^2 r^2| / |a - b r|, where a - b r is an atom already."""
    tower = engine.tower
    quadratic = [g for g in used if g.degree == 2 and g.kind in ("root", "cos")]
    if quadratic:
        top = quadratic[-1]
        column = tower.column(top.position)
        a, b = coefficients_in(tower, factor, column, 1)
        conjugate = a - b * tower.variable(top)
        if conjugate.leading_coefficient() < 0:
            conjugate = -conjugate
        norm = tower.reduced(tower.product(factor, conjugate))
        if ("factor", conjugate.str()) in engine.memory and not norm.is_zero():
            result.include(_of_poly(engine, norm), Fraction(1))
            result.include(_of_factor(engine, conjugate), Fraction(-1))
            return
    result.put(factor, Fraction(1))


def logarithm(engine: Engine, value: Element) -> Element:
    """log u, with the note that u > 0."""
    engine.require_positive(value, strict=True)
    return log_abs(engine, value)


def log_abs(engine: Engine, value: Element) -> Element:
    """log|u|: a sum over the atoms of u."""
    parts = magnitude(engine, value)
    total = parts.linear
    for atom, exponent in parts.atoms.values():
        total = total + log_atom(engine, atom).scaled(exponent)
    return total


def log_atom(engine: Engine, atom: Atom) -> Element:
    """The generator log|atom|."""
    argument = engine.tower.number(atom) if isinstance(atom, int) else engine.tower.element(atom)
    return engine.tower.of(engine.function("log", argument, ball=lambda a: abs(a).log()))


def absolute(engine: Engine, value: Element) -> Element:
    """|u| = u times its sign."""
    return value * sign_of(engine, value)


def sign_of(engine: Engine, value: Element) -> Element:
    """The sign of u where it is not 0, in sign generators."""
    sign, odd = engine.odd_factors(value)
    return engine.signs(odd).scaled(sign)


def rational_power(engine: Engine, value: Element, exponent: Fraction) -> Element:
    """u^(p/q): by multiplication for whole exponents, else of |u| with the note that u >= 0."""
    if exponent.denominator == 1:
        return whole_power(engine, value, exponent.numerator)
    if value.num.is_zero():
        if exponent < 0:
            engine.undefined()
        return value
    engine.require_positive(value, strict=exponent < 0)
    return abs_power(engine, value, exponent)


def whole_power(engine: Engine, value: Element, exponent: int) -> Element:
    """u^n, refused where it would be too large."""
    if exponent == 0:
        return engine.tower.one
    size = max(len(value.num), len(value.den))
    number = value.rational()
    if number is not None:
        bits = max(number.numerator.bit_length(), number.denominator.bit_length())
        if abs(exponent) * bits > _MAX_BITS:
            raise LimitError("a power with too many digits", hint="smaller numbers")
    elif abs(exponent) > (limits.MAX_EXPONENT if size > 1 else _MAX_BITS):
        raise LimitError(f"an exponent of {exponent}", hint=f"at most {limits.MAX_EXPONENT} is expanded")
    return value**exponent


def abs_power(engine: Engine, value: Element, exponent: Fraction) -> Element:
    """|u|^c for a rational c."""
    from symderiv.field.exponents import exponential

    parts = magnitude(engine, value)
    result = exponential(engine, parts.linear.scaled(exponent))
    for atom, power in parts.atoms.values():
        result = result * atom_power(engine, atom, power * exponent)
    return result


def atom_power(engine: Engine, atom: Atom, exponent: Fraction) -> Element:
    """|atom|^c: a whole power, and a power of the root generator for the rest."""
    if not _has_root(exponent):
        from symderiv.field.exponents import of_many_digits

        return of_many_digits(engine, log_atom(engine, atom), exponent, _has_root)
    tower = engine.tower
    whole = math.floor(exponent)
    rest = exponent - whole
    base = tower.number(atom) if isinstance(atom, int) else tower.element(atom)
    result = whole_power(engine, base, whole)
    if whole % 2 and not isinstance(atom, int):
        result = result * engine.signs([atom])
    if not rest:
        return result
    if rest == Fraction(1, 2) and not isinstance(atom, int):
        simpler = denested(engine, atom)
        if simpler is not None:
            return result * simpler
    poly = base.num
    unit = engine.unit(f"root({engine.label(poly)})", rest.denominator)
    if unit > limits.MAX_EXPONENT:
        raise LimitError(f"a root of degree {unit}")
    root = engine.root_generator(poly, unit)
    return result * root ** int(rest * unit)


def _has_root(exponent: Fraction) -> bool:
    return exponent.denominator <= limits.MAX_EXPONENT


def denested(engine: Engine, factor: fmpq_mpoly) -> Element | None:
    """sqrt(a + b r) = p + b r/(2p) with p = sqrt((a + c)/2), where c = sqrt(a^2 - b^2 r^2) is rational.

    With p rational the formula holds for either sign of c, up to the sign of the whole.
    """
    tower = engine.tower
    key = ("denested", factor.str())
    if key in engine.memory:
        return None
    sign, rest = engine.parity([factor])
    quadratic = [g for g in tower.used(factor) if g.degree == 2 and g.kind in ("root", "cos")]
    for generator in reversed(quadratic):
        a, b = coefficients_in(tower, factor * sign, tower.column(generator.position), 1)
        r = tower.variable(generator)
        norm = tower.reduced(a * a - b * b * r * r)
        root = None if norm.is_zero() else _square_root(engine, norm)
        if root is None:
            continue
        engine.memory[key] = True
        try:
            simpler = _square(engine, a, b * r, root)
            if simpler is None and not rest:
                simpler = _nested_sum(engine, a, b * r, absolute(engine, root), generator)
        finally:
            del engine.memory[key]
        if simpler is not None:
            return simpler
    return None


def _square(engine: Engine, a: fmpq_mpoly, br: fmpq_mpoly, root: Element) -> Element | None:
    """|p + b r/(2p)| where p^2 = (a + c)/2 is a square."""
    tower = engine.tower
    for c in (root, -root):
        half = (tower.element(a) + c).scaled(Fraction(1, 2))
        p = None if half.num.is_zero() or not half.den.is_constant() else _square_root(engine, half.num)
        if p is not None:
            return absolute(engine, p + tower.element(br) / p.scaled(2))
    return None


def _nested_sum(
    engine: Engine, a: fmpq_mpoly, br: fmpq_mpoly, c: Element, generator: Generator
) -> Element | None:
    tower = engine.tower
    half = (tower.element(a) + c).scaled(Fraction(1, 2))
    if half.num.is_zero() or generator in tower.used(half.num):
        return None
    p = abs_power(engine, half, Fraction(1, 2))
    return p + tower.element(br) / p.scaled(2)


def _square_root(engine: Engine, poly: fmpq_mpoly) -> Element | None:
    """A polynomial whose square it is, up to a rational constant."""
    constant, factors = engine.factored(poly)
    if constant < 0 or any(power % 2 for _, power in factors):
        return None
    result = engine.tower.one
    for atom, exponent in _of_number(engine, constant).atoms.values():
        result = result * atom_power(engine, atom, exponent / 2)
    for factor, power in factors:
        result = result * engine.tower.element(factor) ** (power // 2)
    return result


def compared(engine: Engine, factor: fmpq_mpoly) -> tuple[int, list[fmpq_mpoly]] | None:
    """The sign of a M - b N, where M and N are positive: of log(a M) - log(b N) or of (a M)^q - (b N)^q."""
    tower = engine.tower
    used = tower.used(factor)
    if len(factor) != 2 or any(g.low is None or g.low < 0 for g in used):
        return None
    (first, a), (second, b) = factor.terms()
    if (a > 0) == (b > 0):
        return None
    roots = [g.degree for g in used if g.kind == "root"]
    if roots:
        return _without_roots(engine, factor, math.lcm(*roots))
    if not all(g.kind == "exp" for g in used):
        return None
    total = tower.zero
    for generator in used:
        column = tower.column(generator.position)
        power = int(first[column]) - int(second[column])
        assert generator.argument is not None
        total = total + generator.argument.scaled(power)
    ratio = abs(fmpq(a) / b)
    if ratio != 1:
        total = total + log_abs(engine, tower.number(Fraction(int(ratio.p), int(ratio.q))))
    if total.num.is_zero():
        return None
    sign, odd = engine.odd_factors(total)
    return engine.oriented_all(sign if a > 0 else -sign, odd)


def _without_roots(engine: Engine, factor: fmpq_mpoly, degree: int) -> tuple[int, list[fmpq_mpoly]] | None:
    tower = engine.tower
    if degree > 6:
        return None
    first, second = (tower.context.from_dict({exponents: value}) for exponents, value in factor.terms())
    sign = 1 if degree % 2 or first.leading_coefficient() > 0 else -1
    difference = tower.reduced(first**degree) - tower.reduced((-second) ** degree)
    if difference.is_zero():
        return None
    value, odd = engine.odd_factors(tower.element(difference))
    return engine.oriented_all(sign * value, odd)

"""Letters: a formula on one cell, as a quotient of polynomials in letters that are good to compute with.

On a cell the signs of a few expressions are known. There every exponential becomes a power of
E = exp(-|v|) <= 1, every error function 1 - E W with W = erfcx, every logarithm a multiple of |v| and
the log of a polynomial in E, every arctangent one of a bounded argument. The variable itself becomes
a >= 0 with its sign outside. What is left is rational in these letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.algebra import cancel, expand, factor_list, fraction
from symderiv.kernels.forms import (
    HYPERBOLIC,
    TRIGONOMETRIC,
    UFUNCS,
    branch,
    circular,
    extreme,
    far,
    normalised,
    number_sign,
    split_exponent,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """`symbol` = `kind`(`argument`); the argument is an expression in earlier letters (and the variable).

    Kinds: `magnitude` (|argument|, the variable), `near` and `reciprocal` (it and its inverse, at most 1),
    `decay` (exp(-argument), argument >= 0), `const`,
    `mills` (erfcx(argument/sqrt(2))), `erfcx`, `log`, `log1p`, `sqrt`, `exp`, `power`, and ufuncs.
    """

    symbol: Symbol
    kind: str
    argument: Expr
    positive: bool = True


@dataclass(slots=True)
class Tower:
    """The letters of one cell. `sign` answers the sign of an expression there, 0 if it is not known.

    `direct`: arctangents as they stand, not by the complement of those of large arguments. `shares`: decaying
    letters of which a root is a letter, as powers of that root.
    """

    variable: Symbol
    signs: Mapping[Expr, int]
    bases: tuple[Expr, ...]
    letters: list[Letter] = field(default_factory=list)
    known: dict[tuple[str, Expr], Symbol] = field(default_factory=dict)
    direct: bool = False
    shares: dict[Symbol, Expr] = field(default_factory=dict)

    def letter(self, kind: str, argument: Expr, stem: str, *, positive: bool = True) -> Symbol:
        """The symbol of a letter, new or known."""
        found = self.known.get((kind, argument))
        if found is None:
            count = sum(one.symbol.name.startswith(stem) for one in self.letters)
            found = Symbol(f"{stem}{count}", positive=True if positive else None, real=True)
            self.known[kind, argument] = found
            self.letters.append(Letter(found, kind, argument, positive))
        return found

    def quotient(self, expr: Expr) -> Expr:
        """The expression in letters, cancelled."""
        found = self.of(expr)
        return cancel(found.subs(self.shares) if self.shares else found)

    def settled(self, expr: Expr) -> Expr:
        """The whole formula in letters, each decaying letter in the largest power that all terms share."""
        found = self.quotient(expr)
        for one in [letter for letter in self.letters if letter.kind == "decay"]:
            if any(other.argument.has(one.symbol) for other in self.letters):
                continue
            polys = [sympy.Poly(part, one.symbol) for part in fraction(found)]
            powers = [power for poly in polys for (power,) in poly.monoms() if power]
            common = int(sympy.igcd(*powers, 0)) if powers else 1
            if common > 1:
                fewer = self.letter("decay", expand(common * one.argument), "E")
                parts = [
                    sympy.Add(*(c * fewer ** (power // common) for (power,), c in poly.terms()))
                    for poly in polys
                ]
                found = cancel(parts[0] / parts[1])
        return found

    def of(self, expr: Expr) -> Expr:
        """The expression in letters."""
        if expr.is_Rational:
            return expr
        if expr == self.variable:
            return self.magnitude()
        if expr.is_Symbol:
            return expr
        if not expr.free_symbols:
            return self.constant(expr)
        if expr.is_Add or expr.is_Mul:
            return expr.func(*(self.of(arg) for arg in expr.args))
        if isinstance(expr, sympy.exp):
            return self.exponential(expr.args[0])
        if expr.is_Pow:
            return self.power(expr)
        if isinstance(expr, sympy.log):
            return self.logarithm(self.quotient(expr.args[0]))
        if isinstance(expr, sympy.atan):
            return self.arctangent(self.quotient(expr.args[0]))
        if isinstance(expr, sympy.erf):
            return self.error_function(expr.args[0])
        return self.other(expr)

    def other(self, expr: Expr) -> Expr:
        """Kinks by their sign on the cell, circular functions by sine and cosine, ufuncs as they are."""
        if isinstance(expr, (sympy.Abs, sympy.sign)):
            sign = self.sign_of(expr.args[0])
            if isinstance(expr, sympy.sign):
                return sympy.Integer(sign)
            return sign * self.of(expr.args[0])
        if isinstance(expr, (sympy.Max, sympy.Min)):
            return self.of(extreme(expr, self.sign_of))
        if isinstance(expr, sympy.Piecewise):
            return self.of(branch(expr, self.sign_of))
        if isinstance(expr, HYPERBOLIC):
            return self.of(expr.rewrite(sympy.exp))
        if isinstance(expr, TRIGONOMETRIC):
            return self.of(circular(expr))
        if isinstance(expr, sympy.erfc):
            return 1 - self.error_function(expr.args[0])
        name = UFUNCS.get(expr.func)
        if name is None:
            raise UnsupportedError(f"no kernel for {expr.func.__name__}")
        inner = self.quotient(expr.args[0])
        growing = self.growth(inner) if name == "arcsinh" else None
        if growing is not None:
            return growing
        return self.letter(name, inner, name, positive=False)

    def growth(self, inner: Expr) -> Expr | None:
        """asinh(w) = s (log(|w|) + log(1 + sqrt(1 + 1/w^2))) where |w| grows like a power of 1/E."""
        denominator = fraction(inner)[1]
        sign = self.sign_in_letters(inner)
        poles = [one for one in self.letters if one.kind == "decay" and denominator.subs(one.symbol, 0) == 0]
        if not sign or not poles:
            return None
        root = self.letter("sqrt", cancel(1 + 1 / inner**2), "r")
        return sign * (self.logarithm(cancel(sign * inner)) + self.letter("log", 1 + root, "L"))

    def magnitude(self) -> Expr:
        """The variable: s a with a = |x| where its sign s is known."""
        sign = self.signs.get(self.variable, 0)
        if sign == 0:
            return self.variable
        distance = self.signs.get(far(self.variable), 0)
        if distance > 0:
            return sign / self.letter("reciprocal", self.variable, "q")
        if distance < 0:
            return sign * self.letter("near", self.variable, "a")
        return sign * self.letter("magnitude", self.variable, "a")

    def constant(self, expr: Expr) -> Expr:
        """An irrational constant: products apart, each factor a letter."""
        if expr.is_Mul:
            return sympy.Mul(*(self.of(arg) for arg in expr.args))
        if expr.is_Pow and expr.exp.is_Rational and expr.exp < 0:
            return 1 / self.of(expr.base ** (-expr.exp))
        if expr.is_Pow and expr.exp.is_Integer:
            return self.of(expr.base) ** expr.exp
        if expr.is_Add:
            return sympy.Add(*(self.of(arg) for arg in expr.args))
        return self.letter("const", expr, "c")

    def exponential(self, exponent: Expr) -> Expr:
        """exp(u): a power of the decay of its base; what is no multiple of a base stays an exponential."""
        polynomial, rest = split_exponent(exponent, self.variable)
        found = sympy.Integer(1)
        for base in self.bases:
            ratio = cancel(polynomial / base)
            if polynomial != 0 and ratio.is_Integer:
                found = self.decay(base) ** (-ratio * self.sign_of(base))
                break
        else:
            if polynomial != 0:
                raise UnsupportedError("an exponent without a base")
        for part in rest:
            found *= self.nested(self.quotient(part))
        return found

    def nested(self, inner: Expr) -> Expr:
        """exp(w) of a w in letters: a power of a decaying letter where the sign of w is in sight."""
        for one in self.letters:
            if one.kind == "decay":
                ratio = cancel(inner / one.argument)
                if ratio.is_Integer:
                    return one.symbol ** (-ratio)
        sign = self.sign_in_letters(inner)
        if sign == 0:
            return self.letter("exp", inner, "X")
        return self.letter("decay", cancel(sign * inner), "E") ** (-sign)

    def sign_in_letters(self, inner: Expr) -> int:
        """The sign of a quotient whose letters are positive and whose coefficients have one sign; else 0."""
        sign = 1
        for side in fraction(inner):
            symbols = sorted(side.free_symbols, key=lambda s: s.name)
            if not symbols:
                sign *= number_sign(side)
                continue
            kinds = {one.symbol: one for one in self.letters}
            if not all(s in kinds and kinds[s].positive for s in symbols):
                return 0
            signs = {number_sign(c) for c in sympy.Poly(side, *symbols).coeffs()}
            if len(signs) != 1:
                return 0
            sign *= signs.pop()
        return sign

    def decay(self, base: Expr) -> Symbol:
        """E = exp(-|v|)."""
        return self.letter("decay", expand(self.sign_of(base) * self.of(base)), "E")

    def power(self, expr: Expr) -> Expr:
        """Integer powers of the quotient below; roots and other powers as letters."""
        base, exponent = expr.base, expr.exp
        if exponent.is_Integer:
            return self.of(base) ** exponent
        inner = self.quotient(base)
        if exponent.is_Rational:
            taken, inner = self.taken_out(inner, exponent)
            if taken != 1:
                return taken * (self.power_of(inner, exponent) if inner != 1 else 1)
            return self.power_of(inner, exponent)
        if not exponent.has(self.variable):
            return self.letter("power", sympy.Pow(inner, self.of(exponent), evaluate=False), "r")
        return self.letter("exp", cancel(self.of(exponent) * self.logarithm(inner)), "X")

    def taken_out(self, inner: Expr, exponent: sympy.Rational) -> tuple[Expr, Expr]:
        """(E^k p)^s = exp(-k s v) p^s: the powers of decaying letters before a root, and what is left."""
        found: Expr = sympy.Integer(1)
        for one in [letter for letter in self.letters if letter.kind == "decay"]:
            for part, side in zip(fraction(inner), (1, -1), strict=True):
                if not part.has(one.symbol):
                    continue
                count = side * min(power for (power,) in sympy.Poly(part, one.symbol).monoms())
                if count:
                    inner = cancel(inner / one.symbol**count)
                    share = count * exponent
                    steps, order = int(share.p), int(share.q)
                    root = one.symbol
                    if order > 1:
                        root = self.letter("decay", expand(one.argument / order), "E")
                        self.shares[one.symbol] = root**order
                    found *= root**steps
        return found, inner

    def power_of(self, inner: Expr, exponent: sympy.Rational) -> Expr:
        """Roots as letters, and rational powers as powers of roots."""
        steps, order = exponent.p, exponent.q
        if order == 2:
            whole, half = divmod(abs(steps), 2)
            root = self.letter("sqrt", inner, "r") if half else sympy.Integer(1)
            return (inner**whole * root) ** (1 if steps > 0 else -1)
        return self.letter("power", sympy.Pow(inner, sympy.Rational(1, order), evaluate=False), "r") ** steps

    def logarithm(self, inner: Expr) -> Expr:
        """log(E^k p/q) = -k |v| + log p - log q."""
        found: Expr = sympy.Integer(0)
        numerator, denominator = fraction(inner)
        for part, side in ((numerator, 1), (denominator, -1)):
            coefficient, factors = factor_list(part)
            rest = coefficient
            for factor, count in factors:
                decay = next(
                    (one for one in self.letters if one.symbol == factor and one.kind == "decay"), None
                )
                if decay is not None:
                    found -= side * count * decay.argument
                    continue
                if any(one.symbol == factor and one.kind == "reciprocal" for one in self.letters):
                    found += side * count * self.letter("log", factor, "L", positive=False)
                    continue
                rest *= factor**count
            found += side * self.log_of(expand(rest))
        return found

    def log_of(self, part: Expr) -> Expr:
        """log p for a polynomial p: log1p of the rest where the constant term is a positive number."""
        if part == 1:
            return sympy.Integer(0)
        turned = self.conjugate(part)
        if turned is not None:
            return self.logarithm(turned)
        close = self.close_to_one(part)
        if close is not None:
            return self.letter("log1p", close, "L", positive=False)
        small = ("decay", "magnitude", "near", "reciprocal")
        decays = [one.symbol for one in self.letters if one.kind in small]
        constant = part.subs(dict.fromkeys(decays, 0))
        if not constant.free_symbols - {one.symbol for one in self.letters if one.kind == "const"}:
            value = constant.subs({one.symbol: one.argument for one in self.letters if one.kind == "const"})
            if value.is_positive and part != constant:
                rest = expand(part / constant - 1)
                return self.log_of(constant) + self.letter("log1p", rest, "L", positive=False)
            if value.is_positive:
                return self.constant(sympy.log(value))
        return self.letter("log", part, "L", positive=False)

    def close_to_one(self, part: Expr) -> Expr | None:
        """q + r - 1 = q + (r^2 - 1)/(r + 1) for a root r that is 1 where the small letters, and q, vanish."""
        small = {one.symbol: 0 for one in self.letters if one.kind in ("decay", "magnitude", "near")}
        for one in self.letters:
            if one.kind == "sqrt" and part.has(one.symbol) and one.argument.subs(small) == 1:
                rest = expand(part - one.symbol)
                vanishes = rest.is_polynomial(*rest.free_symbols) and rest.subs(small) == 0
                if vanishes and not rest.has(one.symbol):
                    return cancel(rest + (one.argument - 1) / (one.symbol + 1))
        return None

    def conjugate(self, part: Expr) -> Expr | None:
        """p + q r = (p^2 - q^2 r^2)/(p - q r) for a root r, where p and q r have opposite signs."""
        for one in self.letters:
            if one.kind != "sqrt" or not part.has(one.symbol) or not part.is_polynomial(one.symbol):
                continue
            poly = sympy.Poly(part, one.symbol)
            p, q = poly.nth(0), poly.nth(1)
            signs = self.sign_in_letters(p) * self.sign_in_letters(q)
            if poly.degree() == 1 and signs < 0:
                side = self.sign_in_letters(p)  # the denominator is positive
                top = cancel(side * (p**2 - q**2 * one.argument))
                return sympy.Mul(top, 1 / expand(side * (p - q * one.symbol)))
        return None

    def arctangent(self, inner: Expr) -> Expr:
        """atan(w); where w grows like a power of 1/E, half of pi less the arctangent of 1/w."""
        numerator, denominator = fraction(inner)
        for one in self.letters:
            if one.kind == "decay" and denominator.subs(one.symbol, 0) == 0 and not self.direct:
                lead = sympy.limit(numerator / cancel(denominator / one.symbol), one.symbol, 0)
                sign = 1 if lead.is_positive else -1 if lead.is_negative else 0
                if sign:
                    inverse = self.letter("arctan", cancel(denominator / numerator), "A", positive=False)
                    return sign * self.constant(sympy.pi) / 2 - inverse
        return self.letter("arctan", inner, "A", positive=False)

    def error_function(self, argument: Expr) -> Expr:
        """erf(u) = s (1 - E W) with E = exp(-u^2), W = erfcx(|u|), s the sign of u.

        Of a u that is no polynomial it is a letter: it may come close to 0 anywhere.
        """
        if not argument.is_polynomial(self.variable):
            inner = self.quotient(argument)
            sign = self.sign_in_letters(inner)
            found = self.letter("erf", sign * inner if sign else inner, "W", positive=bool(sign))
            return sign * found if sign else found
        sign = self.sign_of(argument)
        decay = self.exponential(-expand(argument**2))
        inner = expand(sign * argument * sympy.sqrt(2))
        inner = self.of(inner)
        if any(one.kind == "const" and inner.has(one.symbol) for one in self.letters):
            scaled = self.letter("erfcx", self.of(expand(sign * argument)), "W")
        else:
            scaled = self.letter("mills", inner, "W")
        return sign * (1 - decay * scaled)

    def sign_of(self, expr: Expr) -> int:
        """The sign of an expression on the cell. Raises `UnsupportedError` where it is not known."""
        condition, sign = normalised(expr, self.variable)
        if condition is None:
            return sign
        known = self.signs.get(condition, 0)
        if known == 0:
            raise UnsupportedError(f"the sign of {expr} is not known")
        return sign * known

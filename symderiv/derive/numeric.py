"""x, f(x), f'(x), a difference quotient, and what the output form gives in doubles: the check table.

Every printed digit is certified: values are Arb balls, and a digit appears only where the whole ball
rounds to it. The difference quotient (f(x + h) - f(x - h))/(2h), h = 2^-40, uses f alone, at high
precision, and so confirms f' independently of every rule; its error is of order h^2. The last columns
put the rounded forward value y into g(y) in IEEE doubles: where they part from f', the pretty form is not
the one to compute with.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy
from flint import arb

from symderiv.catalog import Catalog
from symderiv.derive.kinks import Kink, setting_of
from symderiv.derive.numeric_doubles import evaluate, nearest
from symderiv.derive.properties_balls import ball, jet, precision
from symderiv.derive.properties_cells import Setting, at_point
from symderiv.derive.properties_constants import digits, rounded
from symderiv.derive.properties_ground import Unsettled
from symderiv.derive.step import Form
from symderiv.errors import SymderivError
from symderiv.meaning import to_sympy
from symderiv.notation.term import Term, num
from symderiv.prove import Prover

POINTS: tuple[Fraction, ...] = tuple(map(Fraction, (-745, -20, -2, -1, 0, 1, 2, 20, 745)))
"""Where functions are checked: near zero, where they saturate, and where exp leaves the doubles."""
INSIDE: tuple[Fraction, ...] = tuple(map(Fraction, ("1/100", "1/10", "1/4", "1/2", "3/4", "9/10", "99/100")))
"""Where functions of a probability are checked, too: they have few of the other points."""
_FEW = 3
STEP = Fraction(1, 2**40)
"""The half-width h of the difference quotient."""
DIGITS = 15
_BITS = 2560
_GIVEN = {"negative": Fraction(-1, 2), "integer": Fraction(2)}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; text as printed, "" where there is nothing to print.

    `derivative` is f'(x), at a kink the value of the convention. `agrees` says whether the derived
    formula's ball meets it. `difference` is the quotient, `error` its relative distance from f'(x).
    `output` is g(y) in doubles and `output_error` its relative distance ("0" where it is the double
    nearest to f'(x), "undefined" where the arithmetic has no answer, as in 0/0). `note` is "" or "kink".
    """

    x: str
    value: str
    derivative: str
    agrees: bool
    difference: str
    error: str
    output: str
    output_error: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, the values given to parameters, and the precision of the reference in bits."""

    rows: tuple[Row, ...]
    given: tuple[tuple[str, str], ...]
    bits: int
    step: str
    has_output: bool


def numeric_table(
    definition: Term,
    derivative: Term,
    variable: str,
    *,
    prover: Prover,
    catalog: Catalog,
    output: Form | None = None,
    kinks: tuple[Kink, ...] = (),
    points: tuple[Fraction, ...] = POINTS,
    given: Mapping[str, Fraction] | None = None,
) -> Table:
    """The check table of f and its derived formula; points outside the domain are left out.

    `output` is the form g(y), in `y`, the variable and heads; at `kinks` that are not proved
    differentiable no quotient is printed; `given` are the values of parameters (1/2 where nothing is
    said).
    """
    setting = setting_of(variable, prover)
    names = sorted(catalog.unfold(definition).free_symbols() - {variable})
    values = {n: _parameter(n, setting, given or {}) for n in names}
    bound = {n: num(v) for n, v in values.items()}
    check = _Check(
        catalog.unfold(definition).substitute(bound),
        to_sympy(catalog.unfold(derivative).substitute(bound), catalog),
        setting,
        catalog,
        None if output is None else _spelled(output, bound, catalog),
        tuple(to_sympy(k.at.substitute(bound)) for k in kinks if k.differentiable.status != "proved"),
    )
    with precision(_BITS):
        found = [check.row(point) for point in points]
        if points is POINTS and sum(row is not None for row in found) < _FEW:
            every = sorted({*POINTS, *INSIDE})
            found = [check.row(point) for point in every]
    rows = tuple(row for row in found if row is not None)
    shown = tuple((name, rounded(value, DIGITS)) for name, value in values.items())
    return Table(rows, shown, _BITS, "2**-40", any(row.output for row in rows))


def _parameter(name: str, setting: Setting, given: Mapping[str, Fraction]) -> Fraction:
    return given.get(name, _GIVEN.get(setting.assumptions.get(name, "real"), Fraction(1, 2)))


@dataclass(frozen=True, slots=True)
class _Output:
    term: Term
    named: tuple[tuple[str, Term], ...]


def _spelled(output: Form, bound: dict[str, Term], catalog: Catalog) -> _Output:
    """The form with values for its parameters, also for those that hide within a named function."""
    named = tuple((name, catalog.unfold(meaning).substitute(bound)) for name, meaning in output.named)
    return _Output(output.term.substitute(bound), named)


@dataclass(frozen=True, slots=True)
class _Check:
    term: Term
    formula: sympy.Expr
    setting: Setting
    catalog: Catalog
    output: _Output | None
    corners: tuple[sympy.Expr, ...]

    def row(self, x: Fraction) -> Row | None:
        """The line at x, or None where f is not defined or not enclosed there."""
        here = self._jet(x)
        if here is None:
            return None
        value, slope = here
        kink = sympy.Rational(x.numerator, x.denominator) in self.corners
        quotient = None if kink else self._quotient(x)
        formula = self._formula(x)
        output = self._output(x, value)
        return Row(
            x=rounded(x, DIGITS),
            value=_text(value),
            derivative=_text(slope),
            agrees=formula is not None and formula.overlaps(slope),
            difference="" if quotient is None else _text(quotient),
            error="" if quotient is None else _relative(quotient, slope),
            output="" if output is None else repr(output),
            output_error="" if output is None else _distance(output, slope),
            note="kink" if kink else "",
        )

    def _jet(self, x: Fraction) -> tuple[arb, arb] | None:
        """f(x) and f'(x), exact zeros as such."""
        at = sympy.Rational(x.numerator, x.denominator)
        try:
            standing = at_point(self.term, at, self.setting)
        except (Unsettled, SymderivError):
            return None
        if standing is None:
            return None
        found = jet(to_sympy(standing.term), {self.setting.variable: ball(x)}, 2, self.setting.variable)
        if found is None:
            return None
        exact = standing.value, standing.slope
        value, slope = (
            arb(0) if b.contains(0) and self.setting.is_zero(e) else b
            for b, e in zip(found, exact, strict=True)
        )
        return value, slope

    def _quotient(self, x: Fraction) -> arb | None:
        ends = self._jet(x - STEP), self._jet(x + STEP)
        if ends[0] is None or ends[1] is None:
            return None
        return (ends[1][0] - ends[0][0]) / ball(2 * STEP)

    def _formula(self, x: Fraction) -> arb | None:
        """The derived formula at x, cases resolved."""
        at = sympy.Rational(x.numerator, x.denominator)
        expr = self.formula.subs(sympy.Symbol(self.setting.variable), at)
        found = None if expr.has(sympy.nan, sympy.zoo) else jet(expr, {}, 1)
        return None if found is None else found[0]

    def _output(self, x: Fraction, value: arb) -> float | None:
        if self.output is None:
            return None
        y = nearest(value)
        if y is None:
            return None
        values = {"y": y, self.setting.variable: float(x)}
        for name, meaning in self.output.named:
            found = self._true(meaning, x)
            if found is None:
                return None
            values[name] = found
        return evaluate(self.output.term, values, lambda term: self._outside(term, x))

    def _outside(self, term: Term, x: Fraction) -> float | None:
        free = term.free_symbols()
        return self._true(term, x) if free <= {self.setting.variable} else None

    def _true(self, term: Term, x: Fraction) -> float | None:
        """The double nearest to a term in the variable alone."""
        expr = to_sympy(term, self.catalog)
        found = jet(expr, {self.setting.variable: ball(x)}, 1)
        return None if found is None else nearest(found[0])


def _text(value: arb) -> str:
    """The certified digits, or a bound where there are none: `<1e-900`."""
    found = digits(value, DIGITS)
    if found or not value.is_finite():
        return found
    exponent = (abs(value).upper().log() / arb(10).log()).ceil().unique_fmpz()
    return "" if exponent is None else f"<1e{int(exponent)}"


def _distance(value: float, exact: arb) -> str:
    """|v - e|/|e| to two digits; "0" for the nearest double; words where v is no finite number."""
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else "overflow"
    if value == nearest(exact):
        return "0"
    return _relative(ball(Fraction(*value.as_integer_ratio())), exact)


def _relative(value: arb, exact: arb) -> str:
    """The relative distance to two certified digits; absolute where the exact value is zero."""
    distance = abs(value - exact)
    if distance.is_zero():
        return "0"
    if not exact.contains(0):
        distance = distance / abs(exact)
    found = digits(distance, 2)
    return found if found else _text(distance)

"""`FunctionKernel`: the programs of one function: its value, its gradient, its gradient from the output."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import sympy
from sympy import Symbol

from symderiv.catalog import Catalog, Record
from symderiv.derive.forms import forms
from symderiv.derive.step import FormKind
from symderiv.errors import InputError, UnsupportedError
from symderiv.kernels import numbers
from symderiv.kernels.balls import Floats
from symderiv.kernels.patch import Root, beside, mend, roots
from symderiv.kernels.points import grid
from symderiv.kernels.program import Program
from symderiv.kernels.search import ENOUGH, Compiled, Found, compiled
from symderiv.kernels.strain import is_single, strained
from symderiv.kernels.tidying import tidied
from symderiv.kernels.tie import tied
from symderiv.meaning import differentiate, read_assumptions, to_sympy
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover, Verdict

_KINKS = (sympy.Piecewise, sympy.Abs, sympy.Max, sympy.Min, sympy.sign)
Part = Literal["value", "gradient", "output"]
Precision = Literal["exact", "fast"]
_OUTPUT: tuple[FormKind, ...] = ("output",)
_CLOSE = np.array([sign * 2.0**-power for power in (2, 12, 40, 100) for sign in (1, -1)])
DEFAULT = 1.0
"""The value of a parameter that nobody gives."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """One formula as two programs: `narrow` serves float16 and float32, `wide` float64.

    `side` is the sign of all arguments where they have one: a form in the output y of a function with
    positive values is only ever asked for y > 0, and proved there.
    """

    part: Part
    formula: Term
    variable: str
    narrow: Program
    wide: Program
    reference: Program
    ways: tuple[str, ...]
    verdicts: tuple[Verdict, Verdict]
    side: int = 0


@dataclass(frozen=True, slots=True)
class FunctionKernel:
    """Everything that an exported module holds about one function."""

    name: str
    record: Record
    definition: Term
    variable: str
    parameters: tuple[tuple[str, float], ...]
    value: Kernel
    gradient: Kernel
    output: Kernel | None

    @property
    def kernels(self) -> tuple[Kernel, ...]:
        """The kernels that there are."""
        return tuple(kernel for kernel in (self.value, self.gradient, self.output) if kernel is not None)


def check_name(name: str) -> None:
    """A function of a module must have a name of Python. Raises `InputError`."""
    if not name.isidentifier() or keyword.iskeyword(name) or not name.isascii() or name.startswith("_"):
        raise InputError(f"{name!r} is no name for a Python function", hint="give one with --name")


def function_kernel(
    record: Record,
    variable: str,
    catalog: Catalog,
    values: Mapping[str, float] | None = None,
    precision: Precision = "exact",
) -> FunctionKernel:
    """The kernels of a scalar function. Raises `SymderivError` for one that has no kernel."""
    check_name(record.name)
    given = dict(values or {})
    names = [name for name, _ in record.parameters]
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise InputError(f"{unknown[0]!r} is no parameter of {record.name}")
    usual = {name: float(to_sympy(value)) for name, value in record.defaults}
    parameters = tuple((name, float(given.get(name, usual.get(name, DEFAULT)))) for name in names)
    known = catalog.with_record(record) if catalog.find(record.name) is None else catalog
    prover = Prover(known, read_assumptions(dict(record.parameters)))
    maker = _Maker(record, variable, dict(parameters), known, prover, precision)
    value = maker.kernel("value", record.concrete)
    gradient = maker.kernel("gradient", diff(record.concrete, sym(variable)))
    return FunctionKernel(
        record.name,
        record,
        known.unfold(record.concrete),
        variable,
        parameters,
        value,
        gradient,
        maker.output(value),
    )


@dataclass(slots=True)
class _Maker:
    record: Record
    variable: str
    parameters: dict[str, float]
    catalog: Catalog
    prover: Prover
    precision: Precision

    def kernel(self, part: Part, formula: Term) -> Kernel:
        """The programs for the function itself or its derivative."""
        symbol = Symbol(self.variable)
        meaning = to_sympy(self.record.concrete, self.catalog)
        _refuse_complex(meaning)
        if part == "gradient":
            meaning = differentiate(meaning, symbol)
        return self._made(part, formula, self.variable, compiled(meaning, symbol, self.parameters))

    def _made(self, part: Part, formula: Term, variable: str, found: Found, side: int = 0) -> Kernel:
        narrow, wide = (
            replace(one, program=tidied(one.program, variable, side))
            for one in self._mended(part, variable, found)
        )
        first = tied(narrow.program, formula, self.prover, variable, side)
        second = first
        if narrow.program != wide.program:
            second = tied(wide.program, formula, self.prover, variable, side)
        return Kernel(
            part,
            formula,
            variable,
            narrow.program,
            wide.program,
            wide.reference,
            (*narrow.ways, *wide.ways),
            (first, second),
            side,
        )

    def _mended(self, part: Part, variable: str, found: Found) -> tuple[Compiled, Compiled]:
        """The programs for single and double precision; better ones where those found are strained."""
        wide = self._patched(part, variable, found, found.wide, double=True)
        worst = strained(wide, found.exact, self.parameters, variable)
        if worst.ulp > ENOUGH:
            other = found.deeper(worst.exact)
            if other is not None:
                other = self._patched(part, variable, found, other, double=True)
                again = strained(other, found.exact, self.parameters, variable)
                wide = other if again.ulp < worst.ulp else wide
        if found.narrow is None:
            if self.precision == "fast":
                raise UnsupportedError("single precision cannot compute it", hint="--precision exact")
            return wide, wide
        near = np.concatenate([beside(self._roots(found, variable), 600), _CLOSE])
        narrow, exact = found.narrow, found.exact
        if (
            part == "gradient"
            and self.precision == "exact"
            and not is_single(narrow, exact, self.parameters, variable, near)
        ):
            narrow = self._patched(part, variable, found, narrow, double=False)
        if self.precision == "exact" and not is_single(narrow, exact, self.parameters, variable, near):
            return wide, wide
        return narrow, wide

    def _roots(self, found: Found, variable: str) -> tuple[Root, ...]:
        return () if self.parameters else roots(found.wide.reference, variable, found.exact)

    def _patched(self, part: Part, variable: str, found: Found, one: Compiled, *, double: bool) -> Compiled:
        """The program of a derivative, patched at its roots."""
        if part == "output" or self.parameters:
            return one
        smooth = not to_sympy(self.record.concrete, self.catalog).has(*_KINKS)
        program = mend(one.program, one.reference, {}, variable, found.exact, wide=double, smooth=smooth)
        return replace(one, program=program)

    def output(self, value: Kernel) -> Kernel | None:
        """The derivative as a function of the output alone, where there is such a form."""
        found = forms(self.record.concrete, self.variable, self.prover, self.catalog, kinds=_OUTPUT)
        form = next((f for f in found if f.kind == "output" and f.verdict.is_proved and not f.named), None)
        if form is None or form.term.free_symbols() - set(self.parameters) - {"y"} or form.note:
            return None
        try:
            meaning = to_sympy(form.term, self.catalog)
            outputs = image(value, self.parameters)
            programs = compiled(meaning, Symbol("y"), self.parameters, outputs)
        except UnsupportedError:
            return None
        side = 1 if (outputs >= 0).all() else -1 if (outputs <= 0).all() else 0
        if meaning.has(*_KINKS):
            side = 0  # at a kink the point 0 itself matters
        return self._made("output", form.term, "y", programs, side)


def image(value: Kernel, parameters: Mapping[str, float]) -> Floats:
    """Outputs of the function at the points of the grid: where a form in the output is measured."""
    points = grid(300, 60, seed=1)
    with np.errstate(all="ignore"):
        outputs = numbers.run(value.wide, {**parameters, value.variable: points})
        outputs = outputs[np.isfinite(outputs)]
        rounded = [outputs.astype(kind).astype(np.float64) for kind in (np.float32, np.float16)]
    every = np.concatenate([outputs, *rounded])
    return np.unique(every[np.isfinite(every)])


def _refuse_complex(meaning: sympy.Expr) -> None:
    """A formula with an undefined function or the imaginary unit has no real values."""
    undefined = meaning.atoms(sympy.core.function.AppliedUndef)
    if undefined or meaning.has(sympy.I, sympy.zoo, sympy.nan):
        raise InputError("this formula has no real derivative that could be computed")

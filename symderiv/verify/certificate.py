"""`Certificate`: what is proved and what is measured of every kernel of a module, as data and as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from flint import acb, arb, ctx
from sympy import Symbol

from symderiv.catalog import Catalog
from symderiv.kernels import balls, numbers
from symderiv.kernels.bounds import patch_bound
from symderiv.kernels.cells import kink_points
from symderiv.kernels.constants import constant_ball
from symderiv.kernels.kernel import FunctionKernel, Kernel, image
from symderiv.kernels.module import SUFFIXES, KernelModule
from symderiv.kernels.points import grid
from symderiv.kernels.program import Program
from symderiv.kernels.tie import tied
from symderiv.meaning import read_assumptions, to_sympy
from symderiv.notation.shown import Shown
from symderiv.notation.term import Term, diff, sym
from symderiv.prove import Prover, Verdict
from symderiv.verify.measure import Measured, sweep
from symderiv.verify.vectors import VectorReport, measure

QUICK = (1500, 500)
THOROUGH = (6000, 2400)
"""Points of a sweep: log-spaced magnitudes, and points in each active range."""


PATCH_LIMITS = (2.0**-38, 2.0**-50)
"""How far the patches next to roots may be from the formula, relatively: for float32 and for float64."""


@dataclass(frozen=True, slots=True)
class KernelReport:
    """One kernel: its proofs (for float32 and float64), its measurements, and the gradient checks."""

    function: str
    name: str
    part: str
    formula: str
    verdicts: tuple[Verdict, ...]
    measured: tuple[Measured, ...]
    checks: Mapping[str, float]
    patches: int
    patch_bounds: tuple[float | None, ...] = ()
    special: Mapping[str, str] = field(default_factory=dict)

    @property
    def refuted(self) -> bool:
        """Is a proof refuted?"""
        return any(verdict.status == "refuted" for verdict in self.verdicts)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, in words."""
        found = [f"{self.name}: the program is not the formula" for v in self.verdicts[:1] if self.refuted]
        found += [f"{self.name}: unproved ({v.how})" for v in self.verdicts if v.status == "undecided"]
        for one in self.measured:
            if one.bound is not None and one.ulp > one.bound:
                found.append(
                    f"{self.name}, {one.type}: out of bounds: {one.ulp:.4g} ULP at {one.at!r}, "
                    f"{one.bound} promised"
                )
            if one.bound is not None and one.near > max(2.0, one.bound):
                found.append(f"{self.name}, {one.type}: {one.near:.3g} ulp of the largest value near a root")
            if one.lost and self.part != "value":
                found.append(f"{self.name}, {one.type}: {one.lost} values are lost")
            if one.warnings and self.part != "value":
                found.append(f"{self.name}, {one.type}: a warning is raised")
            if not one.nan_through:
                found.append(f"{self.name}, {one.type}: NaN does not pass through")
        for bound, limit in zip(self.patch_bounds, PATCH_LIMITS, strict=False):
            if bound is None:
                found.append(f"{self.name}: the polynomial next to a root is not proved to be the formula")
            elif bound > limit:
                found.append(
                    f"{self.name}: the polynomial next to a root differs from the formula by {bound:.3g}"
                )
        for check, error in self.checks.items():
            if not error < 1e-6:
                found.append(f"{self.name}: the {check} differs by {error:.3g}")
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Certificate(Shown):
    """The reports of a module."""

    module: str
    precision: str
    versions: str
    reports: tuple[KernelReport, ...]
    exhaustive: tuple[Mapping[str, Any], ...] = ()
    vectors: tuple[VectorReport, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is out of bounds, unproved or wrong."""
        found = [problem for report in self.reports for problem in report.problems]
        found += [problem for one in self.vectors for problem in one.problems]
        found += [
            f"{sweep_['function']}: {sweep_['ulp']} ULP on all float32 numbers, {sweep_['lost']} lost"
            for sweep_ in self.exhaustive
            if self.precision == "exact" and (sweep_["ulp"] > 0.501 or sweep_["lost"])
        ]
        return tuple(found)

    def data(self) -> dict[str, Any]:
        """The certificate as JSON data."""
        return {
            "schema_version": 1,
            "module": self.module,
            "precision": self.precision,
            "versions": self.versions,
            "kernels": [_data(report) for report in self.reports],
            "vectors": [asdict(report) for report in self.vectors],
            "exhaustive": [dict(one) for one in self.exhaustive],
            "problems": list(self.problems),
        }


def _data(report: KernelReport) -> dict[str, Any]:
    return {
        "function": report.function,
        "name": report.name,
        "formula": report.formula,
        "proofs": [
            {"program": kind, "verdict": v.status, "how": v.how, "conditions": list(v.conditions)}
            for kind, v in zip(("float16 and float32", "float64"), report.verdicts, strict=False)
        ],
        "patches_at_roots": report.patches,
        "patches_proved_within": list(report.patch_bounds),
        "types": [{**asdict(one), "limits": [repr(v) for v in one.limits]} for one in report.measured],
        "special_values": dict(report.special),
        "gradient_checks": dict(report.checks),
    }


def certify(
    module: KernelModule,
    catalog: Catalog,
    *,
    name: str,
    points: tuple[int, int] = THOROUGH,
    prove: bool = True,
    step: Callable[[Iterable[str], int], Iterable[str]] | None = None,
) -> Certificate:
    """Prove and measure every kernel. `step` may wrap the names, to show progress."""
    from symderiv.verify.losses import loss_reports

    names = [function.name for function in module.functions]
    by_name = {function.name: function for function in module.functions}
    reports: list[KernelReport] = []
    for one in step(names, len(names)) if step is not None else names:
        reports += _function_reports(by_name[one], module.precision, catalog, points, prove=prove)
    for loss in module.losses:
        reports += loss_reports(loss, module.precision, catalog)
    vectors = [report for vector in module.vectors for report in measure(vector, module.precision)]
    return Certificate(name, module.precision, module.versions, tuple(reports), vectors=tuple(vectors))


def _function_reports(
    function: FunctionKernel, precision: str, catalog: Catalog, size: tuple[int, int], *, prove: bool
) -> list[KernelReport]:
    known = catalog if catalog.find(function.name) is not None else catalog.with_record(function.record)
    prover = Prover(known, read_assumptions(dict(function.record.parameters)))
    parameters = dict(function.parameters)
    everywhere = grid(*size, seed=7)
    found: list[KernelReport] = []
    for kernel in function.kernels:
        points = image(function.value, parameters) if kernel.part == "output" else everywhere
        verdicts = _verdicts(kernel, function, prover) if prove else kernel.verdicts
        checks = _checks(function, parameters) if kernel.part == "gradient" else {}
        found.append(
            KernelReport(
                function.name,
                function.name + SUFFIXES[kernel.part],
                kernel.part,
                str(kernel.formula),
                verdicts,
                sweep(kernel, precision, parameters, points),
                checks,
                sum(node.op == "patch" for node in kernel.wide.nodes),
                _patch_bounds(kernel),
                special_values(kernel, function),
            )
        )
    return found


def special_values(kernel: Kernel, function: FunctionKernel) -> dict[str, str]:
    """What float64 gives at 0, at the kinks (the convention there), at the infinities and for NaN."""
    if kernel.part == "output":
        return {}
    meaning = to_sympy(function.definition)
    kinks = kink_points(meaning, Symbol(function.variable))
    points = {"0": 0.0, **{f"kink {point}": float(point) for point in kinks}}
    points |= {"-inf": -np.inf, "inf": np.inf, "nan": np.nan}
    with np.errstate(all="ignore"):
        where: dict[str, numbers.Array | float] = dict(function.parameters)
        where[kernel.variable] = np.array(list(points.values()))
        values = np.broadcast_to(numbers.run(kernel.wide, where), (len(points),))
    return {name: repr(float(value)) for name, value in zip(points, values, strict=True)}


def _patch_bounds(kernel: Kernel) -> tuple[float | None, ...]:
    """The proved relative distances of the patches from the formula, in both programs."""
    programs = (kernel.narrow, kernel.wide)
    if not any(node.op == "patch" for program in programs for node in program.nodes):
        return ()
    return tuple(
        patch_bound(program, kernel.reference, kernel.variable, limit / 4)
        for program, limit in zip(programs, PATCH_LIMITS, strict=True)
    )


def _verdicts(kernel: Kernel, function: FunctionKernel, prover: Prover) -> tuple[Verdict, ...]:
    """Program and formula; for a form in the output, also the form and the derivative."""
    found = [
        tied(program, kernel.formula, prover, kernel.variable, kernel.side)
        for program in (kernel.narrow, kernel.wide)
    ]
    if kernel.part == "output":
        definition = function.record.concrete
        closed: Term = kernel.formula.substitute({"y": definition})
        form = prover.prove(diff(definition, sym(function.variable)), closed)
        if not form.is_proved:
            found = [replace(form, note="the form in the output")] * 2
    return tuple(found)


_CHECKED = (-3.25, -1.5, -0.375, 0.4375, 1.625, 2.75)


def _checks(function: FunctionKernel, parameters: Mapping[str, float]) -> dict[str, float]:
    """Worst relative difference of the gradient from central differences and from the complex step.

    Both are taken of the function's own formula, at 256 bits with steps of 2**-80.
    """
    before = ctx.prec
    ctx.prec = 256
    step = arb(2) ** -80
    worst = {"central difference": 0.0, "complex step": 0.0}
    value, gradient, variable = function.value.reference, function.gradient.reference, function.variable
    fixed = {name: arb(number) for name, number in parameters.items()}
    try:
        for point in _CHECKED:
            x = arb(point)
            exact = balls.evaluate(gradient, {**fixed, variable: x}, 256)
            right = balls.evaluate(value, {**fixed, variable: x + step}, 256)
            left = balls.evaluate(value, {**fixed, variable: x - step}, 256)
            if exact is None or right is None or left is None or not exact.is_finite():
                continue
            if not (right.is_finite() and left.is_finite()):
                continue
            turned = _complex(value, {**{n: acb(v) for n, v in fixed.items()}, variable: acb(x, step)})
            scale = abs(exact) + arb(2) ** -60
            differences = {
                "central difference": abs((right - left) / (2 * step) - exact) / scale,
                "complex step": abs(turned.imag / step - exact) / scale,
            }
            for key, ball in differences.items():
                if ball.is_finite():
                    worst[key] = max(worst[key], float(ball.mid()))
    finally:
        ctx.prec = before
    return worst


def _complex(program: Program, inputs: Mapping[str, acb]) -> acb:
    """The value at a complex point; signs and selects look at the real part."""
    values: list[acb] = []
    for node in program.nodes:
        args = [values[place] for place in node.args]
        if node.op == "const":
            values.append(acb(constant_ball(node.meaning, 256) if node.meaning else arb(node.value)))
        elif node.op == "input":
            values.append(inputs[node.name])
        elif node.op == "abs":
            values.append(args[0] if args[0].real >= 0 else -args[0])
        elif node.op == "negabs":
            values.append(-args[0] if args[0].real >= 0 else args[0])
        elif node.op == "clip":
            below, above = args[0].real < args[1].real, args[0].real > args[2].real
            values.append(args[1] if below else args[2] if above else args[0])
        elif node.op in ("min", "max"):
            first = bool(args[0].real < args[1].real) == (node.op == "min")
            values.append(args[0] if first else args[1])
        elif node.op == "mask":
            values.append(args[0])
        elif node.op == "zero":
            values.append(acb(-1) if args[0].real.is_zero() else acb(1))
        elif node.op == "select":
            values.append(args[1] if args[0].real < 0 else args[2])
        elif node.op == "expm1":
            values.append(args[0].exp() - 1)
        elif node.op == "log1p":
            values.append((args[0] + 1).log())
        elif node.op in ("erfcx", "mills"):
            u = args[0] / acb(arb(2).sqrt()) if node.op == "mills" else args[0]
            values.append((u * u).exp() * u.erfc())
        else:
            operation: Any = balls.OPERATIONS[node.op]
            values.append(operation(*args))
    return values[program.result]

"""`Export`: kernels built, proved and measured, and the text of their module that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy

from symderiv.catalog import Catalog, Record
from symderiv.errors import InputError, UnsupportedError
from symderiv.kernels.kernel import FunctionKernel, Precision, function_kernel
from symderiv.kernels.losses import LossKernel, loss_kernel
from symderiv.kernels.module import KernelModule, write_module
from symderiv.kernels.vectors import VectorKernel, vector_kernel
from symderiv.verify.certificate import QUICK, Certificate, KernelReport, certify

Steps = Callable[[Iterable[str], int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A function to export: its record, its variable, and values for its parameters."""

    record: Record
    variable: str
    values: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A module, its certificate and its text."""

    module: KernelModule
    certificate: Certificate
    text: str


def make_export(
    targets: Sequence[Target],
    catalog: Catalog,
    *,
    precision: Precision,
    version: str,
    name: str,
    points: tuple[int, int] = QUICK,
    step: Steps | None = None,
) -> Export:
    """Build, prove, measure, write. Raises `InputError` and `UnsupportedError` by function."""
    names = [target.record.name for target in targets]
    twice = sorted({one for one in names if names.count(one) > 1})
    if twice:
        raise InputError(f"two functions are called {twice[0]!r}", hint="give one of them another --name")
    functions: list[FunctionKernel] = []
    vectors: list[VectorKernel] = []
    losses: list[LossKernel] = []
    by_name = dict(zip(names, targets, strict=True))
    for one in step(names, len(names)) if step is not None else names:
        target = by_name[one]
        try:
            if target.record.target:
                values = dict(target.values)
                losses.append(loss_kernel(target.record, catalog, values, precision))
                functions += losses[-1].parts
            elif target.record.is_vector:
                vectors.append(vector_kernel(target.record, catalog))
            else:
                values = dict(target.values)
                functions.append(function_kernel(target.record, target.variable, catalog, values, precision))
        except UnsupportedError as error:
            raise UnsupportedError(f"{one}: {error.message}", hint=error.hint) from error
    versions = f"numpy {np.__version__}, sympy {sympy.__version__}"
    module = KernelModule(
        tuple(functions), tuple(vectors), precision, versions, version, losses=tuple(losses)
    )
    module.exports()
    certificate = certify(module, catalog, name=name, points=points, prove=False)
    module = replace(module, remarks=remarks(module, certificate))
    return Export(module, certificate, write_module(module))


def remarks(module: KernelModule, certificate: Certificate) -> dict[str, str]:
    """The docstring of each function: formula, forms, proofs, bounds, conventions, references."""
    records = {function.name: function.record for function in module.functions}
    ways = {f.name: {str(k.part): k.ways for k in f.kernels} for f in module.functions}
    records |= {loss.name: loss.record for loss in module.losses}
    return {
        report.name: _remark(
            report, records[report.function], ways.get(report.function, {}).get(report.part, ())
        )
        for report in certificate.reports
    }


def _remark(report: KernelReport, record: Record, ways: Sequence[str]) -> str:
    lines = [report.formula + (", with y = f(x)." if report.part == "output" else "."), ""]
    distinct = list(dict.fromkeys(way.replace("a0", "|x|") for way in ways))
    if distinct:
        lines.append(f"Computed: {'; '.join(distinct)}.")
    if report.patches:
        known = [bound for bound in report.patch_bounds if bound is not None]
        proof = f"proved within {max(known):.2g}, relatively" if known else "measured, not proved"
        lines.append(f"Near {report.patches} root(s): a polynomial in the distance, {proof}.")
    proofs = list(dict.fromkeys(f"{v.status} ({v.how})" for v in report.verdicts))
    lines.append(f"The program equals the formula in exact arithmetic: {', '.join(proofs)}.")
    for one in report.measured:
        kind = "all finite inputs" if one.exhaustive else f"{one.points} inputs"
        if report.part == "output":
            kind = f"{one.points} outputs"
        near = f", {one.near:.2g} ulp of the largest value near roots" if one.near else ""
        lines.append(f"{one.type}: at most {one.ulp:.4g} ULP on {kind}{near}.")
    lines += [f"OUT OF BOUNDS: {problem}." for problem in report.problems]
    kinks = {name: value for name, value in report.special.items() if name.startswith("kink")}
    if report.part == "gradient" and _has_kink(record):
        at = ", ".join(f"at {name.removeprefix('kink ')}: {value}" for name, value in kinks.items())
        rule = (
            "the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0"
        )
        lines.append(f"Convention at kinks: {rule}{' (' + at + ')' if at else ''}.")
    lines += [f"{reference.text} {reference.url}".strip() for reference in record.references]
    return "\n    ".join(line.replace("\\", "/").replace('"""', "'''") for line in lines) + "\n    "


def _has_kink(record: Record) -> bool:
    return any(
        node.kind == "piecewise" or (node.kind == "call" and node.name in ("Abs", "Max", "Min", "sign"))
        for node in record.concrete.walk()
    )

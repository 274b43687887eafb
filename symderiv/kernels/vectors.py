"""Vector functions that have a kernel, known by meaning: the normalised exponential and its logarithm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from symderiv.catalog import Catalog, Record
from symderiv.errors import UnsupportedError
from symderiv.kernels.kernel import check_name
from symderiv.prove import Prover, Verdict

Family = Literal["softmax", "log"]

_SHAPES: dict[Family, str] = {
    "softmax": "exp({z}[{i}])/Sum(exp({z}[{k}]), {k}, 1, {n})",
    "log": "{z}[{i}] - log(Sum(exp({z}[{k}]), {k}, 1, {n}))",
}


@dataclass(frozen=True, slots=True)
class VectorKernel:
    """A vector function that is proved to be one of the two families."""

    name: str
    record: Record
    family: Family
    verdict: Verdict


def vector_kernel(record: Record, catalog: Catalog) -> VectorKernel:
    """The family whose component is the definition. Raises `UnsupportedError` if it is neither."""
    check_name(record.name)
    prover = Prover(catalog)
    bound = next(letter for letter in "kjlm" if letter not in (record.index, record.variable, record.size))
    for family, shape in _SHAPES.items():
        text = shape.format(z=record.variable, i=record.index, k=bound, n=record.size)
        verdict = prover.prove(record.concrete, catalog.read(text))
        if verdict.is_proved:
            return VectorKernel(record.name, record, family, verdict)
    raise UnsupportedError(
        f"no kernel for the vector function {record.name}",
        hint="vector kernels exist for the normalised exponential and its logarithm",
    )

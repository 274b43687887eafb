"""The trial of a training step: its expressions run here, against three independent answers.

Exact gradients of the symbolic backward pass on the given sample; on a random batch, complex steps of the
equations (for those that are smooth) and difference quotients of the loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from symderiv.derive.properties_constants import fraction_of
from symderiv.kernels.kernel import FunctionKernel
from symderiv.kernels.live import Live, LiveVector
from symderiv.kernels.vectors import VectorKernel
from symderiv.network.complex_step import complex_gradients
from symderiv.network.lowered import run
from symderiv.network.model import Array, Network
from symderiv.network.training import COUNT, Training
from symderiv.network.values import ball
from symderiv.network.worked import Worked

_EXACT = 1e-11
"""Doubles may lose so much, relative to the largest entry."""
_COMPLEX = 1e-10
_DIFFERENCE = 1e-5
"""A central difference in doubles is no better than this."""
_STEP = 1e-6
BATCH = 5
Arrays = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """The largest distances, relative to the largest entry of all; None where one was not possible."""

    exact: float
    complex_step: float | None
    difference: float
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Runner:
    """The training step in this process."""

    network: Network
    training: Training
    functions: Mapping[str, Callable[[Any], Any]]

    def __call__(self, parameters: Arrays, data: Arrays) -> tuple[float, dict[str, Any]]:
        """The loss and the gradients; every array of the data has a batch axis."""
        variables = self.training.variables
        values: dict[str, Any] = {}
        for name, array in (*parameters.items(), *data.items()):
            values[variables[name].text] = np.asarray(array, dtype=np.float64)
        values[COUNT] = len(next(iter(data.values()))) if data else 1
        found: dict[str, Any] = {}
        with np.errstate(all="ignore"):
            for line in self.training.lines():
                values[line.text] = run(line.op, values, self.functions)
            for line in self.training.gradients:
                found[line.name] = values[line.text]
        return float(np.mean(values[variables[self.network.loss].text])), found


def tried(
    worked: Worked,
    steps: Training,
    functions: tuple[FunctionKernel, ...],
    vectors: tuple[VectorKernel, ...],
) -> Trial:
    """The trial of a training step."""
    live: dict[str, Callable[[Any], Any]] = {}
    for one in functions:
        kernel = Live(one, "exact")
        live[one.name], live[f"{one.name}_grad"] = kernel, kernel.grad
    for vector in vectors:
        live[vector.name] = LiveVector(vector, "exact")
    runner = Runner(worked.network, steps, live)
    problems: list[str] = []
    exact = _against_exact(worked, runner, problems)
    parameters, data = _random(worked.network)
    _, gradients = runner(parameters, data)
    stepped = complex_gradients(worked, parameters, data)
    smooth = None if stepped is None else _distance(gradients, stepped)
    if smooth is not None and not smooth <= _COMPLEX:
        problems.append(f"complex steps differ by {smooth:.1e}")
    difference = _distance(gradients, _differences(runner, parameters, data))
    if not difference <= _DIFFERENCE and not worked.borders:
        problems.append(f"difference quotients differ by {difference:.1e}")
    return Trial(exact, smooth, difference, tuple(problems))


def _against_exact(worked: Worked, runner: Runner, problems: list[str]) -> float:
    network, numbers = worked.network, worked.numbers
    assert numbers is not None
    parameters = {name: array_of(network.given[name]) for name in network.parameters}
    data = {n: array_of(a)[None] for n, a in network.given.items() if n not in network.parameters}
    loss, gradients = runner(parameters, data)
    true = {
        name: array_of(Array(network.shape(name), {p: fraction_of(ball(v)) for p, v in values.items()}))
        for name, values in numbers.gradients.items()
    }
    exact = _distance(gradients, true)
    true_loss = float(ball(numbers.forward[network.loss][()]).mid())
    if not exact <= _EXACT:
        problems.append(f"the gradients differ from the exact ones by {exact:.1e}")
    if not abs(loss - true_loss) <= _EXACT * max(1.0, abs(true_loss)):
        problems.append(f"the loss is {loss!r}, not {true_loss!r}")
    return exact


def _random(network: Network) -> tuple[dict[str, Any], dict[str, Any]]:
    """A batch near the given numbers: positive numbers stay positive, 0 and 1 stay what they are."""
    generator = np.random.default_rng(20240331)
    parameters, data = {}, {}
    for name, given in network.given.items():
        array = array_of(given)
        if name in network.parameters:
            parameters[name] = array * generator.uniform(0.8, 1.25, array.shape)
            continue
        rows = [array * _around(generator, array) for _ in range(BATCH)]
        data[name] = np.stack(rows)
    return parameters, data


def _around(generator: np.random.Generator, array: Any) -> Any:
    factors = generator.uniform(0.8, 1.25, np.shape(array))
    return np.where((array == 0) | (array == 1), 1.0, factors)


def array_of(array: Array) -> Any:
    """The numbers as doubles."""
    found = np.empty(array.shape)
    for place, value in array.entries.items():
        found[tuple(k - 1 for k in place)] = float(value)
    return found


def _differences(runner: Runner, parameters: Arrays, data: Arrays) -> dict[str, Any]:
    found = {}
    for name, array in parameters.items():
        slopes = np.empty(np.shape(array))
        for place in np.ndindex(np.shape(array)):
            step = _STEP * max(1.0, abs(float(array[place])))
            losses = []
            for way in (step, -step):
                moved = np.array(array, dtype=np.float64)
                moved[place] += way
                losses.append(runner({**parameters, name: moved}, data)[0])
            slopes[place] = (losses[0] - losses[1]) / (2 * step)
        found[name] = slopes
    return found


def _distance(found: Arrays, wanted: Arrays) -> float:
    """The largest distance, relative to the largest entry of all."""
    size = max((float(np.max(np.abs(array))) for array in wanted.values()), default=0.0)
    gap = max(float(np.max(np.abs(found[name] - wanted[name]))) for name in wanted)
    return gap / size if size else gap

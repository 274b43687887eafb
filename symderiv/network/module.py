"""`export_network(worked)`: a NumPy module with `forward`, `loss_and_grads` and `step`, verified.

The text carries the kernels of the activations that it calls; it imports NumPy only. Before it is handed
out, its expressions are run on the given numbers and on random batches, and compared with the exact
gradients, with complex steps and with difference quotients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from symderiv.kernels.kernel import FunctionKernel, function_kernel
from symderiv.kernels.module import KernelModule, write_module
from symderiv.kernels.templating import module_template
from symderiv.kernels.vectors import VectorKernel, vector_kernel
from symderiv.network.lowered import write
from symderiv.network.model import Array, Network
from symderiv.network.training import Line, Training, training, used
from symderiv.network.trial import Trial, tried
from symderiv.network.worked import Worked

_TEMPLATE = "kernels/network.py.j2"


@dataclass(frozen=True)
class NetworkModule:
    """The text of a module, the training step that it carries out, and how its trial went."""

    text: str
    training: Training
    trial: Trial

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not proved, and what does not agree; nothing for a module that may be used."""
        unproved = [
            f"{line.text} = {line.term}: {line.verdict.status}"
            for line in self.training.lines()
            if not line.verdict.is_proved
        ]
        return (*unproved, *self.trial.problems)


def export_network(worked: Worked, *, version: str) -> NetworkModule:
    """The module of a network. Raises `NetworkError` where a formula has no array form."""
    steps = training(worked)
    functions, vectors = kernels(worked.network, steps)
    versions = f"numpy {np.__version__}, sympy {sympy.__version__}"
    module = KernelModule(functions, vectors, "exact", versions, version)
    text = _text(worked.network, steps, module)
    return NetworkModule(text, steps, tried(worked, steps, functions, vectors))


def kernels(network: Network, steps: Training) -> tuple[tuple[FunctionKernel, ...], tuple[VectorKernel, ...]]:
    """The kernels of the catalogue functions that are called; parameters as given."""
    functions: list[FunctionKernel] = []
    vectors: list[VectorKernel] = []
    for name in sorted(steps.called):
        record = network.catalog.find(name)
        assert record is not None
        if record.is_vector:
            vectors.append(vector_kernel(record, network.catalog))
            continue
        values = {p: float(network.given[p].entries[()]) for p, _ in record.parameters if p in network.given}
        functions.append(function_kernel(record, record.variable, network.catalog, values, "exact"))
    return tuple(functions), tuple(vectors)


def _text(network: Network, steps: Training, module: KernelModule) -> str:
    _, mark, rest = write_module(module).partition("from __future__ import annotations\n")
    imported = "from collections.abc import Callable, Sequence"
    rest = rest.replace(imported, imported.replace("Callable,", "Callable, Mapping,"))
    rest = rest.replace("__all__ = [\n", '__all__ = [\n    "forward",\n    "loss_and_grads",\n    "step",\n')
    return f'"""{_doc(network, module)}"""\n\n{mark}{rest}{_network_text(network, steps)}'


def _doc(network: Network, module: KernelModule) -> str:
    equations = "\n    ".join(str(node.text) for node in network.nodes)
    return (
        f"Training step of the network {network.name}, for whole batches.\n\n    {_safe(equations)}\n\n"
        "    forward(parameters, data)            every value, by name\n"
        "    loss_and_grads(parameters, data)     the loss and its gradient, means over the batch\n"
        "    step(parameters, data, rate)         the parameters after one step, and the loss before it\n\n"
        f"Written by symderiv {module.version} ({module.versions}). NumPy only.\n"
        "Each gradient below is proved from the equations; the kernels of the activations stand first.\n"
    )


def _safe(text: str) -> str:
    return text.replace("\\", "/").replace('"""', "'''")


def _network_text(network: Network, steps: Training) -> str:
    data = [name for name in network.given if name not in network.parameters]
    variables = steps.variables
    back = [*steps.backward, *steps.gradients]
    needed = {name for line in back for name in used(line.op)}
    return module_template(_TEMPLATE).render(
        title=_safe(network.title.replace("\n", " ")),
        equations=[_safe(" ".join(node.text.split())) for node in network.nodes],
        parameters=[(name, _literal(network.given[name])) for name in network.parameters],
        data=[(name, _literal(network.given[name])) for name in data],
        parameter_axes={name: len(network.shape(name)) for name in network.parameters},
        data_axes={name: len(network.shape(name)) for name in data},
        batched=tuple(line.name for line in steps.forward if line.op.batched),
        parameter_names=[(name, variables[name].text) for name in network.parameters],
        data_names=[(name, variables[name].text) for name in data],
        forward=[_line(line, line.text in needed) for line in steps.forward],
        backward=[_line(line, False) for line in back],
        gradients=[_line(line, False) for line in steps.gradients],
        loss=network.loss,
        rate="" if network.rate is None else repr(float(network.rate)),
    )


def _line(line: Line, is_used: bool) -> dict[str, Any]:
    term = str(line.term)
    shown = term if len(term) <= 100 else term[:97] + "..."
    return {"name": line.name, "text": line.text, "code": write(line.op), "term": shown, "used": is_used}


def _literal(array: Array) -> str:
    """The numbers as nested lists."""

    def nested(place: tuple[int, ...]) -> str:
        if len(place) == len(array.shape):
            return repr(float(array.entries[place]))
        parts = (nested((*place, k)) for k in range(1, array.shape[len(place)] + 1))
        return f"[{', '.join(parts)}]"

    return nested(())

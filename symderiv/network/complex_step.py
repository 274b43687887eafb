"""Complex steps: Im L(w + ih)/h with h = 1e-30 is ∂L/∂w to the last digit, for equations that are analytic.

The equations are evaluated as they are written, in complex doubles; nothing of the derivation is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symderiv.network.model import Network, key
from symderiv.network.patterns import written_out
from symderiv.network.worked import Worked
from symderiv.notation.term import Term, num

STEP = 1e-30
_MOST_ENTRIES = 60
_ANALYTIC: dict[str, Any] = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh, "atan": np.arctan,
    "asin": np.arcsin, "acos": np.arccos, "acosh": np.arccosh, "atanh": np.arctanh,
    "sech": lambda u: 1 / np.cosh(u),
}  # fmt: skip


class _NotAnalytic(Exception):
    """A function that complex numbers do not go through."""


def complex_gradients(
    worked: Worked, parameters: Mapping[str, Any], data: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The gradients of the mean loss by complex steps; None where a function is not analytic."""
    network = worked.network
    steps = _Steps(worked)
    count = sum(int(np.size(array)) for array in parameters.values())
    if count > _MOST_ENTRIES:
        return None
    found: dict[str, Any] = {}
    try:
        for name in network.parameters:
            slopes = np.empty(np.shape(parameters[name]))
            for place in np.ndindex(slopes.shape):
                moved = np.array(parameters[name], dtype=np.complex128)
                moved[place] += 1j * STEP
                losses = steps.losses({**parameters, name: moved}, data)
                slopes[place] = float(np.mean(losses.imag)) / STEP
            found[name] = slopes
    except _NotAnalytic:
        return None
    return found


class _Steps:
    def __init__(self, worked: Worked) -> None:
        self.network: Network = worked.network
        sizes = {name: num(size) for name, size in self.network.numbers.items()}
        self.entries: list[tuple[str, Term]] = []
        for node in self.network.nodes:
            body = worked.meaning.unfolded(node.body)
            for place in self.network.places(node.name):
                at = {letter: num(k) for letter, k in zip(node.indices, place, strict=True)}
                self.entries.append((key(node.name, place), written_out(body.substitute(sizes | at))))

    def losses(self, parameters: Mapping[str, Any], data: Mapping[str, Any]) -> Any:
        """The loss of every sample."""
        values: dict[str, Any] = {}
        for name in self.network.given:
            for place in self.network.places(name):
                at = tuple(k - 1 for k in place)
                values[key(name, place)] = (
                    parameters[name][at] if name in parameters else data[name][(slice(None), *at)]
                )
        with np.errstate(all="ignore"):
            for name, body in self.entries:
                values[name] = _value(body, values)
        return np.asarray(values[self.network.loss])


def _value(term: Term, values: Mapping[str, Any]) -> Any:
    match term.kind:
        case "number":
            return float(term.value())
        case "constant":
            return np.pi if term.name == "pi" else np.e
        case "symbol":
            return values[term.name]
        case "index":
            marks = ", ".join(str(int(at.value())) for at in term.args[1:])
            return values[f"{term.args[0].name}[{marks}]"]
    if term.kind == "call" and term.name in _ANALYTIC and not term.order:
        return _ANALYTIC[term.name](np.asarray(_value(term.args[0], values), dtype=np.complex128))
    if term.kind not in ("add", "neg", "mul", "div", "pow"):
        raise _NotAnalytic
    args = [_value(arg, values) for arg in term.args]
    if term.kind == "neg":
        return -args[0]
    found = args[0]
    for arg in args[1:]:
        if term.kind == "add":
            found = found + arg
        elif term.kind == "mul":
            found = found * arg
        else:
            found = found / arg if term.kind == "div" else found**arg
    return found

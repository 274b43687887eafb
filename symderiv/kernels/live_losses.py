"""`LiveLoss`: the functions of a loss in this process: f(x, t), f.grad(x, t), f.vjp(g, x, t)."""

from __future__ import annotations

from functools import partial
from typing import Any

from symderiv.kernels import runtime_losses
from symderiv.kernels.kernel import Precision
from symderiv.kernels.live import Live
from symderiv.kernels.losses import LossKernel

Array = Any
COMBINE = {
    "residual": "_residual",
    "margin": "_margin",
    "weighted": "_per_weight",
    "mixture": "_mixture",
    "ratio": "_ratio",
}
"""The function of the runtime for each shape."""


class LiveLoss:
    """A loss over arrays of predictions and targets; one over vectors adds along an axis."""

    def __init__(self, loss: LossKernel, precision: Precision) -> None:
        self.kernel = loss
        self._exact = precision == "exact"
        self._parts = [Live(part, precision) for part in loss.parts]
        self._combine: Any = getattr(runtime_losses, COMBINE.get(loss.shape, "_softmax_terms"))

    def _pairs(self, parameters: dict[str, float]) -> list[Any]:
        return [(partial(one, **parameters), partial(one.grad, **parameters)) for one in self._parts]

    def __call__(self, x: Any, t: Any, axis: int = -1, out: Any = None, **parameters: float) -> Array:
        """f(x, t); over vectors, along the axis."""
        if self.kernel.shape == "softmax":
            return runtime_losses._rowwise(x, t, axis, False, self._exact)
        pairs = self._pairs(parameters)
        if self.kernel.summed:
            return runtime_losses._summed(self._combine, pairs, x, t, axis, self._exact)
        return runtime_losses._each(self._combine, pairs, None, x, t, out, False, self._exact)

    def grad(self, x: Any, t: Any, axis: int = -1, **parameters: float) -> Array:
        """The gradient by x."""
        if self.kernel.shape == "softmax":
            return runtime_losses._rowwise(x, t, axis, True, self._exact)
        pairs = self._pairs(parameters)
        return runtime_losses._each(self._combine, pairs, None, x, t, None, True, self._exact)

    def vjp(self, g: Any, x: Any, t: Any, axis: int = -1, **parameters: float) -> Array:
        """The gradient by x from the gradient g by the loss."""
        if self.kernel.summed:
            g = runtime_losses._spread(g, x, t, axis)
        if self.kernel.shape == "softmax":
            return g * self.grad(x, t, axis)
        pairs = self._pairs(parameters)
        return runtime_losses._each(self._combine, pairs, g, x, t, None, True, self._exact)

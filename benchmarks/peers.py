"""What the exported kernels are measured against: the same derivative, as others compute it.

A peer takes `(name, meaning, g, x)` and gives a call that computes g f'(x), or nothing where it has no such
function. What is not installed gives nothing, and a note.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import sympy

Array = Any
Call = Callable[[], Any]
Peer = Callable[[str, Any, Array, Array], Call | None]


def installed(name: str) -> Any:
    """The module, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def sigmoid(x: Array) -> Array:
    """The textbook sigmoid."""
    return 1 / (1 + np.exp(-x))


def _normal(x: Array) -> Array:
    special = installed("scipy.special")
    return None if special is None else 0.5 * (1 + special.erf(x / np.sqrt(2)))


def _gelu(x: Array) -> Array:
    return _normal(x) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def _gelu_tanh(x: Array) -> Array:
    c = x.dtype.type(np.sqrt(2 / np.pi))
    t = np.tanh(c * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2)


HAND: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda x: sigmoid(x) * (1 - sigmoid(x)),
    "tanh": lambda x: 1 - np.tanh(x) ** 2,
    "swish": lambda x: sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x)),
    "softplus": lambda x: 1 / (1 + np.exp(-x)),
    "logsigmoid": lambda x: 1 - sigmoid(x),
    "gelu": _gelu,
    "gelu_tanh": _gelu_tanh,
    "mish": lambda x: np.tanh(np.log1p(np.exp(x))) + x * (1 - np.tanh(np.log1p(np.exp(x))) ** 2) * sigmoid(x),
    "elu": lambda x: np.where(x > 0, x.dtype.type(1), np.exp(x)),
    "relu": lambda x: np.where(x > 0, x.dtype.type(1), x.dtype.type(0)),
    "softsign": lambda x: 1 / (1 + np.abs(x)) ** 2,
    "arctan": lambda x: 1 / (1 + x**2),
    "gaussian": lambda x: -2 * x * np.exp(-(x**2)),
}
"""What people write by hand, from the formula."""


def hand(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """NumPy, written by hand."""
    if name == "gelu" and installed("scipy.special") is None:
        return None
    return lambda: g * HAND[name](x)


def lambdified(name: str, meaning: Any, g: Array, x: Array, *, cse: bool) -> Call:
    """SymPy's lambdify of SymPy's derivative."""
    symbol = sympy.Symbol("x", real=True)
    meaning = meaning.subs(sympy.Symbol("x"), symbol)
    modules = ["scipy", "numpy"] if installed("scipy.special") is not None else ["numpy"]
    made = sympy.lambdify(symbol, sympy.diff(meaning, symbol), modules, cse=cse)
    return lambda: g * made(x)


def _via_scipy() -> dict[str, Callable[[Array], Array]]:
    s = installed("scipy.special")
    return {
        "sigmoid": lambda x: s.expit(x) * s.expit(-x),
        "swish": lambda x: s.expit(x) * (1 + x * s.expit(-x)),
        "softplus": s.expit,
        "logsigmoid": lambda x: s.expit(-x),
        "gelu": lambda x: s.ndtr(x) + x * np.exp(-x * x / 2) / x.dtype.type(np.sqrt(2 * np.pi)),
        "mish": lambda x: (
            np.tanh(np.logaddexp(x, 0)) + x * s.expit(x) * (1 - np.tanh(np.logaddexp(x, 0)) ** 2)
        ),
    }


def scipy(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """NumPy with the functions of scipy.special: expit, ndtr."""
    if installed("scipy.special") is None or name not in _via_scipy():
        return None
    derivative = _via_scipy()[name]
    return lambda: g * derivative(x)


def _formulas(np_: Any, erf: Any, where: Any) -> dict[str, Callable[[Array], Array]]:
    """The functions themselves, as one writes them for a tool that differentiates."""
    k = float(np.sqrt(2 / np.pi))
    return {
        "sigmoid": lambda x: 1 / (1 + np_.exp(-x)),
        "tanh": np_.tanh,
        "swish": lambda x: x / (1 + np_.exp(-x)),
        "softplus": lambda x: np_.log1p(np_.exp(x)),
        "logsigmoid": lambda x: -np_.log1p(np_.exp(-x)),
        "gelu": lambda x: 0.5 * x * (1 + erf(x * 0.7071067811865476)),
        "gelu_tanh": lambda x: 0.5 * x * (1 + np_.tanh(k * (x + 0.044715 * x * x * x))),
        "mish": lambda x: x * np_.tanh(np_.log1p(np_.exp(x))),
        "elu": lambda x: where(x > 0, x, np_.expm1(x)),
        "relu": lambda x: where(x > 0, x, 0 * x),
        "softsign": lambda x: x / (1 + np_.abs(x)),
        "arctan": np_.arctan,
        "gaussian": lambda x: np_.exp(-x * x),
    }


def autograd(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """autograd: forward and backward, which it cannot part."""
    package, special = installed("autograd"), installed("autograd.scipy.special")
    if package is None:
        return None
    anp = importlib.import_module("autograd.numpy")
    formula = _formulas(anp, getattr(special, "erf", None), anp.where)[name]
    return lambda: package.make_vjp(formula)(x)[0](g)


def jax(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """JAX: the compiled vector-Jacobian product of its own function, on one device."""
    package = installed("jax")
    if package is None:
        return None
    package.config.update("jax_enable_x64", True)
    jnp, nn = package.numpy, package.nn
    own = {
        "sigmoid": nn.sigmoid,
        "swish": nn.silu,
        "softplus": nn.softplus,
        "logsigmoid": nn.log_sigmoid,
        "gelu": lambda v: nn.gelu(v, approximate=False),
        "gelu_tanh": nn.gelu,
        "mish": nn.mish,
        "elu": nn.elu,
        "relu": nn.relu,
        "softsign": nn.soft_sign,
    }
    formula = own.get(name) or _formulas(jnp, package.scipy.special.erf, jnp.where)[name]
    step = package.jit(lambda v, w: package.vjp(formula, v)[1](w)[0])
    left, right = jnp.asarray(x), jnp.asarray(g)
    return lambda: step(left, right).block_until_ready()


def torch_out(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """PyTorch's backward kernel into a result that is there already, by its `out` overload."""
    return _aten(name, g, x, allocate=False)


def torch_eager(name: str, meaning: Any, g: Array, x: Array) -> Call | None:
    """The same as PyTorch users get it: a new result each time; of its autograd where it has no kernel."""
    return _aten(name, g, x, allocate=True) or _torch_autograd(name, g, x)


def _aten(name: str, g: Array, x: Array, *, allocate: bool) -> Call | None:
    torch = installed("torch")
    if torch is None:
        return None
    torch.set_num_threads(1)
    aten = torch.ops.aten
    a, b = torch.from_numpy(g), torch.from_numpy(x)
    calls: dict[str, tuple[Any, tuple[Any, ...], dict[str, Any]]] = {
        "sigmoid": (aten.sigmoid_backward, (a, torch.sigmoid(b)), {}),
        "tanh": (aten.tanh_backward, (a, torch.tanh(b)), {}),
        "swish": (aten.silu_backward, (a, b), {}),
        "softplus": (aten.softplus_backward, (a, b, 1.0, 20.0), {}),
        "logsigmoid": (aten.log_sigmoid_backward, (a, b, torch.exp(-b.abs())), {}),
        "gelu": (aten.gelu_backward, (a, b), {"approximate": "none"}),
        "gelu_tanh": (aten.gelu_backward, (a, b), {"approximate": "tanh"}),
        "elu": (aten.elu_backward, (a, 1.0, 1.0, 1.0, False, b), {}),
        "relu": (aten.threshold_backward, (a, b, 0.0), {}),
    }
    if name == "mish":
        return (lambda: aten.mish_backward.default(a, b)) if allocate else None
    if name not in calls:
        return None
    packet, given, options = calls[name]
    if allocate:
        return lambda: packet.default(*given, **options)
    result = torch.empty_like(b)
    return lambda: packet.grad_input(*given, **options, grad_input=result)


def _torch_autograd(name: str, g: Array, x: Array) -> Call | None:
    torch = installed("torch")
    if torch is None or name not in ("softsign", "arctan", "gaussian"):
        return None
    formula = _formulas(torch, torch.erf, torch.where)[name]
    variable = torch.from_numpy(x).requires_grad_()
    value, factor = formula(variable), torch.from_numpy(g)
    return lambda: torch.autograd.grad(value, variable, factor, retain_graph=True)[0]


PEERS: dict[str, Peer] = {
    "hand NumPy": hand,
    "lambdify": lambda name, meaning, g, x: lambdified(name, meaning, g, x, cse=False),
    "lambdify cse": lambda name, meaning, g, x: lambdified(name, meaning, g, x, cse=True),
    "SciPy": scipy,
    "autograd": autograd,
    "torch out=": torch_out,
    "torch eager": torch_eager,
    "jax jit": jax,
}
NEEDS = {
    "SciPy": "scipy",
    "autograd": "autograd",
    "torch out=": "torch",
    "torch eager": "torch",
    "jax jit": "jax",
}
"""The package that a column needs."""

"""Exported kernels against hand-written NumPy, lambdify, PyTorch and JAX, side by side in one run.

    python benchmarks/kernels.py [-o FILE.json] [--sizes 1000,100000,10000000] [--functions sigmoid,tanh]

What is not installed is left out. Times are the best of several interleaved rounds, one thread; ratios in one
run are the evidence. ULP is the worst on a grid, against Arb, for the derivative itself.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"

import numpy as np
import sympy

from symderiv import api
from symderiv.catalog import load
from symderiv.kernels import balls
from symderiv.kernels.kernel import Precision
from symderiv.kernels.points import grid
from symderiv.meaning import to_sympy

FUNCTIONS = "sigmoid tanh swish softplus logsigmoid gelu gelu_tanh mish elu softsign arctan gaussian".split()
Array = Any


def sigmoid(x: Array) -> Array:
    """The textbook sigmoid."""
    return 1 / (1 + np.exp(-x))


def erf(x: Array) -> Array:
    """SciPy's erf."""
    from scipy.special import erf as scipy_erf

    return scipy_erf(x)


def _gelu_tanh(x: Array) -> Array:
    """The formula of the tanh approximation, differentiated by hand."""
    c = np.float32(np.sqrt(2 / np.pi)) if x.dtype == np.float32 else np.sqrt(2 / np.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2)


HAND: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda x: sigmoid(x) * (1 - sigmoid(x)),
    "tanh": lambda x: 1 - np.tanh(x) ** 2,
    "swish": lambda x: sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x)),
    "softplus": lambda x: 1 / (1 + np.exp(-x)),
    "logsigmoid": lambda x: 1 - sigmoid(x),
    "gelu": lambda x: 0.5 * (1 + erf(x / np.sqrt(2))) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
    "gelu_tanh": _gelu_tanh,
    "mish": lambda x: np.tanh(np.log1p(np.exp(x))) + x * (1 - np.tanh(np.log1p(np.exp(x))) ** 2) * sigmoid(x),
    "elu": lambda x: np.where(x > 0, 1, np.exp(x)),
    "softsign": lambda x: 1 / (1 + np.abs(x)) ** 2,
    "arctan": lambda x: 1 / (1 + x**2),
    "gaussian": lambda x: -2 * x * np.exp(-(x**2)),
}
"""What people write by hand, from the formula."""


def exported(precision: Precision, folder: Path) -> Any:
    """The functions in an exported module."""
    path = folder / f"{precision}.py"
    path.write_text(api.export(FUNCTIONS, precision=precision).text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(precision, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def torch_peers(name: str, g: Array, x: Array, y: Array) -> dict[str, Callable[[], Any]]:
    """Backward with a preallocated result, and eager; nothing where PyTorch has no such operation."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)
    a, b, c, o = (torch.from_numpy(np.ascontiguousarray(v)) for v in (g, x, y, np.empty_like(x)))
    aten = torch.ops.aten
    table: dict[str, Callable[..., Any]] = {
        "sigmoid": lambda **k: aten.sigmoid_backward(a, c, **k),
        "tanh": lambda **k: aten.tanh_backward(a, c, **k),
        "swish": lambda **k: aten.silu_backward(a, b, **k),
        "softplus": lambda **k: aten.softplus_backward(a, b, 1.0, 20.0, **k),
        "gelu": lambda **k: aten.gelu_backward(a, b, approximate="none", **k),
        "gelu_tanh": lambda **k: aten.gelu_backward(a, b, approximate="tanh", **k),
        "elu": lambda **k: aten.elu_backward(a, 1.0, 1.0, 1.0, False, b, **k),
        "mish": lambda **k: aten.mish_backward(a, b),
    }
    if name not in table:
        return {}
    found: dict[str, Callable[[], Any]] = {"torch eager": table[name]}
    if name != "mish":
        target = {"grad_input": o}
        found["torch out="] = lambda: table[name](**target)
    return found


def other_peers(name: str, meaning: Any, g: Array, x: Array) -> dict[str, Callable[[], Any]]:
    """Hand-written NumPy, lambdify with cse, autograd, JAX."""
    symbol = sympy.Symbol("x")
    made = sympy.lambdify(symbol, sympy.diff(meaning, symbol), ["scipy", "numpy"], cse=True)
    found: dict[str, Callable[[], Any]] = {
        "hand NumPy": lambda: g * HAND[name](x),
        "lambdify cse": lambda: g * made(x),
    }
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return found
    peers = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "swish": jax.nn.silu, "softplus": jax.nn.softplus}
    if name in peers:
        step = jax.jit(lambda v, w: jax.vjp(peers[name], v)[1](w)[0])
        left, right = jnp.asarray(x), jnp.asarray(g)
        found["jax jit"] = lambda: step(left, right).block_until_ready()
    return found


def best(calls: dict[str, Callable[[], Any]], seconds: float = 0.12, rounds: int = 5) -> dict[str, float]:
    """The best time of each call in microseconds, the rounds interleaved."""
    repeats, found = {}, dict.fromkeys(calls, float("inf"))
    for key, call in calls.items():
        call()
        start = time.perf_counter()
        call()
        repeats[key] = max(1, int(seconds / rounds / max(1e-7, time.perf_counter() - start)))
    for _ in range(rounds):
        for key, call in calls.items():
            start = time.perf_counter()
            for _ in range(repeats[key]):
                call()
            found[key] = min(found[key], (time.perf_counter() - start) / repeats[key] * 1e6)
    return found


def worst_ulp(function: Any, name: str, kind: Any) -> dict[str, float]:
    """Worst ULP of hand-written NumPy and of the exported modules, for the derivative."""
    catalog = load()
    target = api.export([name], catalog=catalog).module.functions[0]
    points = grid(1500, 400, seed=3)
    points = points[np.abs(points) <= float(np.finfo(kind).max)].astype(kind)
    exact = balls.table(target.gradient.reference, points.astype(np.float64), dict(target.parameters), "x")
    digits, lowest = balls.FORMATS[np.dtype(kind).name]
    found = {}
    with np.errstate(all="ignore"):
        for key, call in {**function, "hand NumPy": HAND[name]}.items():
            values = np.broadcast_to(np.asarray(call(points), kind), points.shape)
            found[key] = float(balls.ulps(values.astype(np.float64), exact, digits, lowest).max())
    return found


def main() -> None:
    """Run, print a table, and save the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--sizes", default="1000,100000,10000000")
    parser.add_argument("--functions", default=",".join(FUNCTIONS))
    parser.add_argument("--types", default="float32,float64")
    chosen = parser.parse_args()
    catalog, rows = load(), []
    with tempfile.TemporaryDirectory() as folder:
        exact, fast = exported("exact", Path(folder)), exported("fast", Path(folder))
        for name in chosen.functions.split(","):
            record = catalog.find(name)
            assert record is not None
            meaning = to_sympy(record.concrete, catalog).subs(sympy.Symbol("alpha"), 1)
            for kind in chosen.types.split(","):
                errors = worst_ulp(
                    {"exact": getattr(exact, f"{name}_grad"), "fast": getattr(fast, f"{name}_grad")},
                    name,
                    np.dtype(kind).type,
                )
                for size in map(int, chosen.sizes.split(",")):
                    rows.append(row(name, kind, size, exact, fast, meaning, errors))
                    print(line(rows[-1]), flush=True)
    if chosen.output is not None:
        chosen.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def row(
    name: str, kind: str, size: int, exact: Any, fast: Any, meaning: Any, errors: dict[str, float]
) -> dict[str, Any]:
    """One function, type and size: times of everything."""
    generator = np.random.default_rng(0)
    x, g = ((generator.normal(size=size) * 3).astype(kind) for _ in range(2))
    y, out = getattr(exact, name)(x), np.empty_like(x)
    calls: dict[str, Callable[[], Any]] = {}
    for label, module in (("exact", exact), ("fast", fast)):
        calls[f"{label} x"] = partial(getattr(module, f"{name}_vjp"), g, x, out=out)
        if hasattr(module, f"{name}_vjp_from_output"):
            calls[f"{label} y"] = partial(getattr(module, f"{name}_vjp_from_output"), g, y, out=out)
    calls |= other_peers(name, meaning, g, x) | torch_peers(name, g, x, y)
    with np.errstate(all="ignore"):
        times = best(calls)
    return {"function": name, "type": kind, "n": size, "microseconds": times, "ulp": errors}


def line(found: dict[str, Any]) -> str:
    """A row of the table."""
    times = "  ".join(f"{key} {value:.4g}" for key, value in found["microseconds"].items())
    errors = "  ".join(f"{key} {value:.3g}" for key, value in found["ulp"].items())
    return f"{found['function']:10} {found['type']} n={found['n']:<9} us: {times}   ULP: {errors}"


if __name__ == "__main__":
    main()

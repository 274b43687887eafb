"""Exported kernels against hand-written NumPy, lambdify, SciPy, autograd, PyTorch and JAX, side by side.

    python -m benchmarks.kernels [-o FOLDER] [--sizes 1000,100000,10000000] [--functions sigmoid,tanh]

Each call computes g f'(x) on one thread. Calls are interleaved in several rounds; the smallest and the median
time of each are kept, and ratios within one run are the evidence. ULP is the worst on a grid of the whole
range, against Arb, for f'(x). What is not installed leaves its column empty, with a note.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np
import sympy

from benchmarks import peers
from symderiv import api
from symderiv.catalog import load
from symderiv.kernels import balls
from symderiv.kernels.kernel import Precision
from symderiv.kernels.points import grid
from symderiv.kernels.search import reference
from symderiv.meaning import differentiate, to_sympy

FUNCTIONS = tuple(peers.HAND)
OURS = ("exact x", "exact y", "fast x", "fast y")
COLUMNS = (*OURS, *peers.PEERS)
PACKAGES = ("numpy", "sympy", "scipy", "autograd", "torch", "jax")
TARGETS = (
    ("output form, 1e7: torch out= / fast y", "fast y", "torch out=", 10_000_000, 0.7),
    ("output form, 1e3: torch out= / fast y", "fast y", "torch out=", 1000, 1.3),
    ("input form, 1e7: torch out= / fast x", "fast x", "torch out=", 10_000_000, 0.35),
    ("input form, 1e7: torch eager / fast x", "fast x", "torch eager", 10_000_000, 1.8),
    ("fast, 1e7: hand NumPy / fast x", "fast x", "hand NumPy", 10_000_000, 3.0),
    ("fast, 1e7: lambdify cse / fast x", "fast x", "lambdify cse", 10_000_000, 3.3),
    ("exact, 1e7: hand NumPy / exact x", "exact x", "hand NumPy", 10_000_000, 1.5),
    ("exact, 1e7: lambdify cse / exact x", "exact x", "lambdify cse", 10_000_000, 1.5),
)
"""What float32 is held to: a time ratio, its two columns, the size, and the least ratio."""
Array = Any
Row = dict[str, Any]


def exported(precision: Precision, folder: Path, names: Iterable[str]) -> Any:
    """The functions in an exported module."""
    path = folder / f"{precision}.py"
    path.write_text(api.export(list(names), precision=precision).text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(precision, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(name: str, modules: dict[str, Any], meaning: Any, g: Array, x: Array) -> dict[str, peers.Call]:
    """What each column calls."""
    found: dict[str, peers.Call] = {}
    for label, module in modules.items():
        y = getattr(module, name)(x)
        found[f"{label} x"] = partial(getattr(module, f"{name}_vjp"), g, x, out=np.empty_like(x))
        if hasattr(module, f"{name}_vjp_from_output"):
            found[f"{label} y"] = partial(
                getattr(module, f"{name}_vjp_from_output"), g, y, out=np.empty_like(x)
            )
    for column, peer in peers.PEERS.items():
        call = peer(name, meaning, g, x)
        if call is not None:
            found[column] = call
    return found


def timed(found: dict[str, Callable[[], Any]], seconds: float, rounds: int) -> dict[str, tuple[float, float]]:
    """The smallest and the median time of each call in microseconds, the rounds interleaved."""
    repeats: dict[str, int] = {}
    times: dict[str, list[float]] = {key: [] for key in found}
    for key, call in found.items():
        call()
        start = time.perf_counter()
        call()
        repeats[key] = max(1, int(seconds / rounds / max(1e-7, time.perf_counter() - start)))
    for _ in range(rounds):
        for key, call in found.items():
            start = time.perf_counter()
            for _ in range(repeats[key]):
                call()
            times[key].append((time.perf_counter() - start) / repeats[key] * 1e6)
    return {key: (min(one), statistics.median(one)) for key, one in times.items()}


def worst_ulp(name: str, kind: Any, modules: dict[str, Any], meaning: Any) -> dict[str, float]:
    """The worst ULP of each column for f'(x), over the whole range of the type."""
    symbol = sympy.Symbol("x")
    formula = reference(differentiate(meaning, symbol), symbol)
    points = grid(900, 250, seed=3)
    with np.errstate(all="ignore"):
        points = points[np.abs(points) <= float(np.finfo(kind).max)].astype(kind)
        exact = balls.table(formula, points.astype(np.float64), {}, "x")
        digits, lowest = balls.FORMATS[np.dtype(kind).name]
        found: dict[str, float] = {}
        for column, call in calls(name, modules, meaning, np.ones_like(points), points).items():
            values = np.broadcast_to(np.asarray(call()).astype(kind), points.shape)
            found[column] = float(balls.ulps(values.astype(np.float64), exact, digits, lowest).max())
    return found


def measured(
    name: str, kind: str, size: int, modules: dict[str, Any], meaning: Any, *, rounds: int, seconds: float
) -> Row:
    """One function, type and size: the times of every column."""
    generator = np.random.default_rng(0)
    x, g = ((generator.normal(size=size) * 3).astype(kind) for _ in range(2))
    with np.errstate(all="ignore"):
        times = timed(calls(name, modules, meaning, g, x), seconds, rounds)
    return {
        "function": name,
        "type": kind,
        "n": size,
        "min_us": {key: round(pair[0], 3) for key, pair in times.items()},
        "median_us": {key: round(pair[1], 3) for key, pair in times.items()},
    }


def machine() -> dict[str, str]:
    """The processor, and the versions of what ran."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass  # not Linux: what platform says is enough
    found = {"processor": model, "cores": str(os.cpu_count()), "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def geometric(values: list[float]) -> float:
    """The geometric mean; NaN of nothing."""
    return math.exp(statistics.fmean(map(math.log, values))) if values else math.nan


def ratios(
    rows: list[Row], ours: str, theirs: str, size: int, key: str, kind: str = "float32"
) -> dict[str, float]:
    """Their time over ours by function."""
    return {
        row["function"]: row[key][theirs] / row[key][ours]
        for row in rows
        if row["n"] == size and row["type"] == kind and ours in row[key] and theirs in row[key]
    }


def report(rows: list[Row], errors: list[Row], about: dict[str, str]) -> str:
    """All of it as Markdown."""
    missing = sorted({peers.NEEDS[c] for c in peers.NEEDS if about.get(peers.NEEDS[c]) == "not installed"})
    text = [
        "# Kernels, side by side",
        "",
        "g f'(x) on one thread; written by `python -m benchmarks.kernels`.",
        "",
    ]
    text += [f"- {key}: {value}" for key, value in about.items()]
    text += [f"- {package} is not installed: its columns are empty" for package in missing]
    text += ["", "## What is held", "", *targets(rows)]
    for kind in dict.fromkeys(row["type"] for row in rows):
        for size in dict.fromkeys(row["n"] for row in rows):
            chosen = [row for row in rows if row["type"] == kind and row["n"] == size]
            title = f"## {kind}, n = {size}: smallest time in microseconds"
            text += ["", title, "", *table(chosen, "min_us", "{:.4g}"), *means(chosen)]
        worst = [row for row in errors if row["type"] == kind]
        text += ["", f"## {kind}: worst ULP of f'(x)", "", *table(worst, "ulp", "{:.3g}")]
    return "\n".join(text) + "\n"


def targets(rows: list[Row]) -> list[str]:
    """The ratios that are asked for, and by which functions they are missed."""
    found = [
        "| ratio | asked | geometric mean (min) | (median) | met by | missed by |",
        "|---|---|---|---|---|---|",
    ]
    for words, ours, theirs, size, least in TARGETS:
        by_name = ratios(rows, ours, theirs, size, "min_us")
        missed = [f"{name} {value:.2f}" for name, value in by_name.items() if value < least]
        means_ = [
            geometric(list(ratios(rows, ours, theirs, size, key).values())) for key in ("min_us", "median_us")
        ]
        found.append(
            f"| {words} | {least} | {means_[0]:.2f} | {means_[1]:.2f} | {len(by_name) - len(missed)} of "
            f"{len(by_name)} | {', '.join(missed) or 'none'} |"
        )
    return found


def table(rows: list[Row], key: str, form: str) -> list[str]:
    """One line for each function, one column for each competitor."""
    found = [f"| function | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for row in rows:
        cells = [form.format(row[key][column]) if column in row[key] else "" for column in COLUMNS]
        found.append(f"| {row['function']} | {' | '.join(cells)} |")
    return found


def means(rows: list[Row]) -> list[str]:
    """The geometric mean of each column's time over ours, over the functions that both have."""
    found = []
    for ours in ("fast x", "exact x"):
        cells = []
        for column in COLUMNS:
            both = [row["min_us"] for row in rows if {ours, column} <= set(row["min_us"])]
            mean = geometric([times[column] / times[ours] for times in both])
            cells.append("" if math.isnan(mean) else f"{mean:.2f}")
        found.append(f"| **times {ours}** | {' | '.join(cells)} |")
    return found


def main() -> None:
    """Run, print the tables, and save them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--output", type=Path, help="a folder for kernels.json and kernels.md")
    parser.add_argument("--sizes", default="1000,100000,10000000")
    parser.add_argument("--functions", default=",".join(FUNCTIONS))
    parser.add_argument("--types", default="float32,float64")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.2, help="for each call, at least one a round")
    chosen = parser.parse_args()
    names = chosen.functions.split(",")
    unknown = sorted(set(names) - set(FUNCTIONS))
    if unknown:
        parser.error(f"no peer of {unknown[0]} is known; there are {', '.join(FUNCTIONS)}")
    catalog, about = load(), machine()
    rows: list[Row] = []
    errors: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        modules = {kind: exported(kind, Path(folder), names) for kind in ("exact", "fast")}
        for name in names:
            record = catalog.find(name)
            assert record is not None
            meaning = to_sympy(record.concrete, catalog).subs(sympy.Symbol("alpha"), 1)
            for kind in chosen.types.split(","):
                ulp = worst_ulp(name, np.dtype(kind).type, modules, meaning)
                errors.append({"function": name, "type": kind, "ulp": ulp})
                for size in map(int, chosen.sizes.split(",")):
                    print(f"{name}, {kind}, n = {size}", file=sys.stderr, flush=True)
                    limits = {"rounds": chosen.rounds, "seconds": chosen.seconds}
                    rows.append(measured(name, kind, size, modules, meaning, **limits))
    text = report(rows, errors, about)
    print(text)
    if chosen.output is not None:
        chosen.output.mkdir(parents=True, exist_ok=True)
        data = {"schema_version": 1, "machine": about, "times": rows, "ulp": errors}
        (chosen.output / "kernels.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        (chosen.output / "kernels.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

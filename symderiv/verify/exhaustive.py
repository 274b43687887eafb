"""Every float32 number: the gradient against the float64 program, which Arb certifies; chunks that resume.

The float64 program is within a few ULP of the truth, next to its roots too, so it is right to 1e-8 ULP of
float32. The state file holds the finished chunks; an interrupted sweep goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from symderiv.errors import TargetError, UnsupportedError
from symderiv.kernels import numbers
from symderiv.kernels.bounds import patch_interval
from symderiv.kernels.kernel import FunctionKernel
from symderiv.kernels.program import Builder, Node, Program

CHUNKS = 256
_SIZE = 1 << 24
_BLOCK = 1 << 15


@dataclass(frozen=True, slots=True)
class Job:
    """One sweep: what is measured, against what, with which parameters."""

    narrow: Program
    wide: Program
    variable: str
    parameters: tuple[tuple[str, float], ...]
    precision: str

    def digest(self) -> str:
        """Changes with the programs: a state file of other programs is not resumed."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


_FIELD = np.int64(0x7FF << 52)
_LEAST = np.array(2.0**-149).view(np.int64)


def units(values: np.ndarray) -> np.ndarray:
    """The unit in the last place of float32 at each value, from the bits of its exponent."""
    bits = (values.view(np.int64) & _FIELD) - np.int64(23 << 52)
    return np.maximum(bits, _LEAST).view(np.float64)


def unpatched(program: Program) -> tuple[Program | None, float, float]:
    """The program without its patches, the same outside of `(low, high)`; None where that is not known."""
    low, high = np.inf, -np.inf
    nodes = list(program.nodes)
    for place, node in enumerate(program.nodes):
        if node.op == "patch":
            try:
                where = patch_interval(program, place)
            except UnsupportedError:
                return None, low, high
            low, high = min(low, where.center - where.radius), max(high, where.center + where.radius)
            zero = node.args[2]
            nodes[place] = Node("select", (node.args[0], zero, zero))
    if low > high:
        return program, low, high
    builder = Builder()
    places: list[int] = []
    for node in nodes:
        args = tuple(places[arg] for arg in node.args)
        same = node.op == "select" and args[1] == args[2]
        again = Node(node.op, args, node.name, node.value, node.meaning)
        places.append(args[1] if same else builder.put(again))
    return builder.finish(places[program.result]), low, high


def chunk(job: Job, index: int, size: int = _SIZE) -> tuple[float, float, int, int]:
    """`(worst ULP, where, finite inputs, lost values)` of one range of bit patterns."""
    worst, where, count, lost = 0.0, 0.0, 0, 0
    fixed = dict(job.parameters)
    work = np.float64 if job.precision == "exact" else np.float32
    plain, low, high = unpatched(job.wide)
    for start in range(index * size, (index + 1) * size, _BLOCK):
        bits = np.arange(start, start + _BLOCK, dtype=np.uint32)
        points = bits.view(np.float32)
        points = points[np.isfinite(points)]
        if not len(points):
            continue
        far = plain is not None and not ((points >= low) & (points <= high)).any()
        wide = plain if plain is not None and far else job.wide
        with np.errstate(all="ignore"):
            truth = numbers.run(wide, {**fixed, job.variable: points.astype(np.float64)})
            values = numbers.run(job.narrow, {**fixed, job.variable: points.astype(work)}).astype(np.float32)
            truth = np.ascontiguousarray(np.broadcast_to(truth, points.shape))
            errors = np.abs(values.astype(np.float64) - truth) / units(truth)
        errors = np.where(np.isnan(errors), np.inf, errors)
        place = int(np.argmax(errors))
        if errors[place] > worst:
            worst, where = float(errors[place]), float(points[place])
        normal = np.abs(truth) >= 2.0**-126
        lost += int((normal & (np.broadcast_to(values, points.shape) == 0)).sum())
        count += len(points)
    return worst, where, count, lost


def exhaustive(
    function: FunctionKernel,
    precision: str,
    state: Path | None = None,
    *,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Mapping[str, Any]:
    """All 2**32 inputs of the gradient in float32. Raises `TargetError` where the state cannot be kept."""
    gradient = function.gradient
    job = Job(gradient.narrow, gradient.wide, function.variable, function.parameters, precision)
    done = _load(state, function.name, job)
    left = [index for index in range(CHUNKS) if str(index) not in done]
    for index, answer in _answers(job, left, workers or os.cpu_count() or 1):
        done[str(index)] = answer
        _keep(state, function.name, job, done)
        if progress is not None:
            progress(function.name, len(done), CHUNKS)
    worst = max(done.values(), key=lambda answer: answer[0])
    return {
        "function": f"{function.name}_grad",
        "type": "float32",
        "inputs": sum(answer[2] for answer in done.values()),
        "ulp": worst[0],
        "at": worst[1],
        "lost": sum(answer[3] for answer in done.values()),
        "exhaustive": True,
        "reference": "the float64 program of the module, measured against Arb",
    }


def _answers(job: Job, left: list[int], workers: int) -> Iterator[tuple[int, list[float]]]:
    if workers == 1:
        for index in left:
            yield index, list(chunk(job, index))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[tuple[float, float, int, int]], int] = {}
        queue = iter(left)
        try:
            for index in queue:
                waiting[pool.submit(chunk, job, index)] = index
                if len(waiting) >= 2 * workers:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _finished(waiting: dict[Future[tuple[float, float, int, int]], int]) -> Iterator[tuple[int, list[float]]]:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in sorted(ready, key=lambda one: waiting[one]):
        yield waiting.pop(future), list(future.result())


def _load(state: Path | None, name: str, job: Job) -> dict[str, Any]:
    if state is None or not state.exists():
        return {}
    try:
        found = json.loads(state.read_text(encoding="utf-8"))
        kept = found["functions"].get(name, {})
        return dict(kept["chunks"]) if kept.get("digest") == job.digest() else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _keep(state: Path | None, name: str, job: Job, done: Mapping[str, Any]) -> None:
    if state is None:
        return
    try:
        try:
            found = json.loads(state.read_text(encoding="utf-8"))
            functions = dict(found["functions"])
        except (OSError, ValueError, KeyError, TypeError):
            functions = {}
        functions[name] = {"digest": job.digest(), "chunks": dict(done)}
        temporary = state.with_suffix(state.suffix + ".part")
        temporary.write_text(json.dumps({"functions": functions}), encoding="utf-8")
        os.replace(temporary, state)
    except OSError as error:
        raise TargetError(f"cannot keep the state of the sweep in {state}: {error.strerror}") from error

"""How long a derivation takes, next to `sympy.diff` and `sympy.simplify` on the same definitions.

    python benchmarks/derive.py [NAME ...] [--repeats 5] [--json]

`derive` is the whole work: every step, the closed forms, and the proof of each line. *warm* is a derivation
in a process that has made it before; *fresh* one from a catalogue without memory and with SymPy's cache
cleared, so that nothing but imports, grammar and rule table is kept. SymPy is timed from a cleared cache.
`self` says whether the answer speaks of the function itself or of functions with a name (y, sigmoid, ...);
for SymPy, whether it holds the definition.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import sympy
from sympy.core.cache import clear_cache

from symderiv import api
from symderiv.catalog import Catalog, Record, load
from symderiv.meaning import to_sympy

SLOW = 100.0
"""Milliseconds above which SymPy is timed only twice."""


@dataclass(frozen=True)
class Line:
    """One function: medians in milliseconds."""

    name: str
    warm_ms: float
    fresh_ms: float
    self_referential: bool
    sympy_ms: float
    sympy_self_referential: bool

    @property
    def ratio(self) -> float:
        """How many times longer SymPy takes for its one line."""
        return self.sympy_ms / self.warm_ms


def fresh() -> Catalog:
    """The built-in catalogue without anything remembered."""
    clear_cache()
    return Catalog(load().records())


def milliseconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def measure(record: Record, repeats: int) -> Line:
    """Both ways on one function, taking turns."""
    expression = to_sympy(load().unfold(record.concrete))
    variable = sympy.Symbol(record.variable)
    warm: list[float] = []
    cold: list[float] = []
    theirs: list[float] = []
    for _ in range(repeats):
        catalog = fresh()
        cold.append(milliseconds(lambda known=catalog: api.derive(record.name, catalog=known)))  # type: ignore[misc]
        warm.append(milliseconds(lambda: api.derive(record.name)))
        if len(theirs) < 2 or statistics.median(theirs) < SLOW:
            clear_cache()
            theirs.append(milliseconds(lambda: sympy.simplify(sympy.diff(expression, variable))))
    derivation = api.derive(record.name)
    answer = sympy.simplify(sympy.diff(expression, variable))
    return Line(
        record.name,
        statistics.median(warm),
        statistics.median(cold),
        any(set(form.uses) - {derivation.variable} for form in derivation.forms),
        statistics.median(theirs),
        bool(answer.has(expression)),
    )


def wall(*arguments: str, repeats: int = 5) -> float:
    """Seconds of `python -m symderiv ...` from start to end: the median."""
    command = [sys.executable, "-m", "symderiv", *arguments]
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    records = [
        r for r in load().records() if not r.is_vector and (not options.names or r.name in options.names)
    ]
    for record in records:
        api.derive(record.name)
    lines = [measure(record, options.repeats) for record in records]
    walls = {"symderiv derive sigmoid": wall("derive", "sigmoid"), "symderiv --help": wall("--help")}
    if options.json:
        print(json.dumps({"lines": [asdict(line) for line in lines], "wall_s": walls}, indent=2))
        return
    show(lines)
    for command, seconds in walls.items():
        print(f"{command}, from a cold start: {seconds:.2f} s")


def show(lines: Sequence[Line]) -> None:
    """The table, with medians and worst cases below."""
    print(f"{'':12}{'warm':>12}{'fresh':>12}  self{'SymPy':>12}  self{'SymPy/warm':>12}")
    for line in lines:
        print(
            f"{line.name:12}{line.warm_ms:>9.1f} ms{line.fresh_ms:>9.1f} ms  {mark(line.self_referential)}"
            f"{line.sympy_ms:>9.1f} ms  {mark(line.sympy_self_referential)}{line.ratio:>11.1f}x"
        )
    columns = [[getattr(line, key) for line in lines] for key in ("warm_ms", "fresh_ms", "sympy_ms")]
    for name, chosen in (("median", statistics.median), ("worst", max)):
        first, second, third = (chosen(column) for column in columns)
        print(f"{name:12}{first:>9.1f} ms{second:>9.1f} ms      {third:>9.1f} ms")


def mark(value: bool) -> str:
    """Yes or no in four columns."""
    return "yes " if value else "no  "


if __name__ == "__main__":
    main()

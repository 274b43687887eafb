"""How well and how fast the prover decides: true pairs, false pairs, mutants, and one derivation's lines.

    python -m benchmarks.prove [--mutants N] [--sympy]

Times are wall times of a fresh prover for each pair, in a warm process. `--sympy` puts
`sympy.simplify(a - b) == 0`, with 3 seconds for each pair, beside it on every 20th true pair.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from symderiv.catalog import load
from symderiv.notation.read.plain import read_plain
from symderiv.prove import Prover
from symderiv.prove.claim import Claim

_TESTS = Path(__file__).parents[1] / "tests" / "prove"
_CATALOG = load()
_LINES = (
    "D(x*tanh(log(1 + exp(x))), x)",
    "tanh(log(1 + exp(x))) + x*D(tanh(log(1 + exp(x))), x)",
    "tanh(log(1 + exp(x))) + x*(1 - tanh(log(1 + exp(x)))**2)*D(log(1 + exp(x)), x)",
    "tanh(log(1 + exp(x))) + x*(1 - tanh(log(1 + exp(x)))**2)*exp(x)/(1 + exp(x))",
    "tanh(log(1 + exp(x))) + x*(1 - tanh(log(1 + exp(x)))**2)*sigmoid(x)",
    "mish(x)/x + x*sigmoid(x)*(1 - (mish(x)/x)**2)",
)


def _module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"prove_{name}", _TESTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def report(title: str, pairs: Iterable[tuple[Any, Any, dict[str, Any]]]) -> None:
    """One row: counts of the verdicts, and times."""
    counts: Counter[str] = Counter()
    times = []
    for left, right, assume in pairs:
        prover = Prover(_CATALOG, assume)
        started = time.perf_counter()
        counts[prover.prove(left, right).status] += 1
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    tail = times[min(len(times) - 1, int(0.95 * len(times)))]
    row = " ".join(f"{counts[word]:7d}" for word in ("proved", "refuted", "undecided"))
    print(f"{title:22s}{row}   {statistics.median(times):8.1f}{tail:8.1f}{times[-1]:9.1f}")


def mutants(pairs: list[Any], count: int) -> Iterable[tuple[Any, Any, dict[str, Any]]]:
    """About `count` wrong pairs, each with a point where it fails."""
    mutation = _module("mutation")
    each = -(-count // len(pairs))
    for pair in pairs:
        if Claim.of(pair.left, pair.right, _CATALOG.unfold).is_indexed():
            continue  # mpmath, which finds the points, knows no symbolic sizes
        rng = random.Random(zlib.crc32(pair.text.encode()))
        for mutant in mutation.mutants(pair.left, pair.right, pair.assume, rng, each, _CATALOG.unfold):
            yield mutant.left, mutant.right, pair.assume


def chain() -> None:
    """Milliseconds a line when the lines of one derivation share a prover."""
    terms = [read_plain(line) for line in _LINES]
    prover = Prover(_CATALOG)
    started = time.perf_counter()
    proved = sum(prover.prove(a, b).is_proved for a, b in pairwise(terms))
    each = 1000 * (time.perf_counter() - started) / (len(terms) - 1)
    print(f"one derivation: {proved} of {len(terms) - 1} lines proved, {each:.1f} ms a line")


def beside_sympy(pairs: list[Any]) -> None:
    """simplify(a - b) == 0 on a sample, in the killable worker."""
    from symderiv.prove.worker import simplifies_to_zero, stop

    found, times = 0, []
    for pair in pairs:
        left, right = _CATALOG.unfold(pair.left), _CATALOG.unfold(pair.right)
        started = time.perf_counter()
        found += simplifies_to_zero(left, right, 3.0, pair.assume)
        times.append(1000 * (time.perf_counter() - started))
    stop()
    print(f"sympy.simplify: {found} of {len(pairs)} true pairs, median {statistics.median(times):.0f} ms")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mutants", type=int, default=2_500)
    parser.add_argument("--sympy", action="store_true")
    options = parser.parse_args()
    corpus = _module("corpus")
    true, false = corpus.load("identities.txt"), corpus.load("falsehoods.txt")
    print(f"{'':22s} proved refuted undecided   median ms     p95      max")
    report("true pairs", ((p.left, p.right, p.assume) for p in true))
    report("false pairs", ((p.left, p.right, p.assume) for p in false))
    report("mutants", mutants(true, options.mutants))
    chain()
    if options.sympy:
        beside_sympy(true[::20])


if __name__ == "__main__":
    main()

"""A module edited by hand: numbers, operators and blocks of its kernels changed, one at a time.

Each change is refused, or found, or leaves every value within its bound: for that both are run.
"""

from __future__ import annotations

import importlib.util
import random
import re

import numpy as np
import pytest

from symderiv import api
from symderiv.errors import SymderivError

SWAPS = {
    "_add": "_subtract",
    "_subtract": "_add",
    "_multiply": "_divide",
    "_divide": "_multiply",
    "_exp": "_expm1",
    "_log1p": "_log",
    "_minimum": "_maximum",
    "_maximum": "_minimum",
    "_absolute": "_negative",
    "_wide_add": "_wide_sub",
    "_wide_mul": "_wide_div",
    "_wide_exp": "_wide_expm1",
}
POINTS = np.concatenate([np.linspace(-40, 40, 2001), np.linspace(-800, 800, 501)])


def imported(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def changed_line(line: str, generator: random.Random) -> str:
    """One operator, block, number or argument of a line, changed."""
    name = line.strip().split("(")[0]
    kind = generator.choice(["operator", "block", "number", "order"])
    if kind == "operator" and name in SWAPS:
        return line.replace(f"{name}(", f"{SWAPS[name]}(", 1)
    places = list(re.finditer(r"\b([skw])\[(\d+)\]", line.split("#", maxsplit=1)[0]))
    if kind == "block" and places:
        one = generator.choice(places)
        return f"{line[: one.start()]}{one[1]}[{generator.randrange(5)}]{line[one.end() :]}"
    call = re.match(r"(\s*\w+\()(.*?)(\).*)", line)
    if kind == "order" and call and call[2].count(", ") >= 2:
        first, second, *rest = call[2].split(", ")
        return f"{call[1]}{', '.join([second, first, *rest])}{call[3]}"
    return line


def changed_number(line: str, generator: random.Random) -> str:
    """One number of a tuple of numbers, or a named constant: its last digit, its size, its sign."""
    numbers = list(re.finditer(r"-?\d+\.\d+(e[+-]?\d+)?", line.split("#", maxsplit=1)[0]))
    if not numbers:
        return line
    one = generator.choice(numbers)
    value = float(one[0])
    other = generator.choice([-value, 2 * value, value + 1, value * (1 + 1e-9), np.nextafter(value, 1e9)])
    return f"{line[: one.start()]}{float(other)!r}{line[one.end() :]}"


def mutants(text: str, count: int, seed: int):
    """Texts with one change each, in the kernels, their numbers or the named constants."""
    generator = random.Random(seed)
    lines = text.split("\n")
    start = next(k for k, line in enumerate(lines) if "_kernel_numbers = " in line or "_numbers = (" in line)
    body = [k for k in range(start, len(lines)) if re.match(r"    _\w+\(.*\b(out|[sw]\[)", lines[k])]
    numbers = [k for k in range(len(lines)) if re.match(r"(_c\d+ = |_\w+_numbers = )", lines[k])]
    while count:
        place = generator.choice(generator.choice([body, body, numbers]))
        new = (changed_number if place in numbers else changed_line)(lines[place], generator)
        if new != lines[place]:
            count -= 1
            yield (
                "\n".join([*lines[:place], new, *lines[place + 1 :]]),
                f"{lines[place].strip()} -> {new.strip()}",
            )


def farthest(first, second) -> float:
    """The largest distance of two modules' values, in ulps of the first."""
    worst = 0.0
    for name in first.__all__:
        if "vjp" in name:
            continue
        for kind in (np.float64, np.float32):
            with np.errstate(all="ignore"):
                a, b = (
                    np.asarray(getattr(one, name)(POINTS.astype(kind)), np.float64) for one in (first, second)
                )
                unit = np.spacing(np.abs(a).astype(kind)).astype(np.float64)
                gap = np.where((a == b) | (np.isnan(a) & np.isnan(b)), 0.0, np.abs(a - b) / unit)
            worst = max(worst, float(np.where(np.isnan(gap), np.inf, gap).max()))
    return worst


def survivors(names: list[str], count: int, seed: int, folder) -> list[str]:
    """The changes that `verify` lets pass although values move by more than 4 ulp."""
    original = folder / "original.py"
    made = api.export(names, name="original.py")
    original.write_text(made.text, encoding="utf-8")
    first, found = imported(original), []
    for number, (text, change) in enumerate(mutants(made.text, count, seed)):
        path = folder / f"mutant_{number}.py"
        path.write_text(text, encoding="utf-8")
        try:
            problems = api.verify(path, points=(250, 50)).problems
        except SymderivError:
            continue
        if not problems and farthest(first, imported(path)) > 4.0:
            found.append(change)
    return found


def test_no_wrong_edit_passes(tmp_path):
    assert survivors(["sigmoid", "elu"], 8, 1, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "seed"),
    [(["swish", "softplus"], 2), (["gelu"], 3), (["exp(-exp(-x))"], 4), (["arctan", "gaussian"], 5)],
)
def test_no_wrong_edit_passes_at_length(tmp_path, names, seed):
    assert survivors(names, 40, seed, tmp_path) == []

"""Same input, same bytes, whatever the hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import sys
from symderiv.cli import main
names, folder = sys.argv[1].split(), sys.argv[2]
for name in names:
    assert main(["derive", name, "--format", "json"]) == 0
    assert main(["derive", name, "--detail", "every-rule"]) == 0
assert main(["sheet", *names, "--format", "tex,md,json", "-o", folder]) == 0
"""


def digest(seed: str, names: str, folder: Path) -> dict[str, str]:
    """What is printed and written, as hashes."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, names, str(folder)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    found = {"stdout": done.stdout.replace(str(folder).encode(), b"FOLDER")}
    found |= {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def agree(seeds: range, names: str, folder: Path) -> None:
    first, *others = (digest(str(seed), names, folder / str(seed)) for seed in seeds)
    assert len(first) >= 1 + 3 * len(names.split())  # and the pictures, where they can be drawn
    for other in others:
        assert other == first


def test_two_seeds_agree(tmp_path):
    agree(range(1, 3), "swish softmax", tmp_path)


@pytest.mark.slow
def test_ten_seeds_agree_on_the_whole_catalogue(tmp_path):
    from symderiv.catalog import load

    agree(range(10), " ".join(load().names()), tmp_path)

"""The worked examples of CONTRIBUTING.md, carried out on a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("symderiv", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def symderiv(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "symderiv", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def block(start: str, language: str) -> str:
    """The first block of that language after `start`, without its indentation."""
    found = re.search(rf"^( *)```{language}\n(.*?)^ *```$", TEXT[TEXT.index(start) :], re.M | re.S)
    assert found is not None
    return re.sub(rf"^{found[1]}", "", found[2], flags=re.M)


def test_a_format(copy: Path):
    for name in ("symderiv/sheet/formats/csv.py", "templates/csv/sheet.csv.j2"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(block(f"<!-- file: {name} -->", r"\w+"), encoding="utf-8")
    symderiv(copy, "sheet", "sigmoid", "--format", "csv")
    head, *rows = (copy / "sigmoid.csv").read_text(encoding="utf-8").splitlines()
    assert head == "rule,formula,verdict"
    assert rows[-1].endswith(',"sigmoid(x)*(1 - sigmoid(x))","proved"')


def test_a_rule(copy: Path):
    table = copy / "symderiv" / "derive" / "rules.py"
    source = table.read_text(encoding="utf-8")
    place = source.index('    ("chain-rule", "structure", "D(u**n, x)"')
    table.write_text(source[:place] + block("## A rule", "python") + source[place:], encoding="utf-8")
    for name, after in (("rules", "2. What is said"), ("examples", "3. A line that")):
        file = copy / "templates" / "sentences" / "en" / f"{name}.toml"
        file.write_text(file.read_text(encoding="utf-8") + "\n" + block(after, "toml"), encoding="utf-8")
    assert "square rule" in symderiv(copy, "derive", "tanh(x)**2")
    explained = symderiv(copy, "explain", "square-rule")
    right, wrong = (re.search(rf"{word}  (.*)", explained)[1].split(" = ") for word in ("right", "wrong"))
    assert "proved" in symderiv(copy, "prove", *right)
    done = subprocess.run([sys.executable, "-m", "symderiv", "prove", *wrong], cwd=ROOT, check=False)
    assert done.returncode == 1

"""Running the command line: in this process where that is enough, in its own where it is not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from symderiv.cli import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """One command in this process."""

    def call(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return call


@pytest.fixture
def spawn() -> Callable[..., Run]:
    """One command in a process of its own."""

    def call(*arguments: str, stdin: str = "", env: dict[str, str] | None = None, seconds: float = 60) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "symderiv", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return call

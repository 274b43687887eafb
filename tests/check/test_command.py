"""`symderiv check` as a process: exit codes, JSON to the letter, formats, hostile input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RIGHT = "$$\\tanh'(x) = 1-\\tanh^2 x$$\n"
WRONG = "$$\\tanh'(x) = 1+\\tanh^2 x$$\n"
OPEN = "$$\\frac{\\partial L}{\\partial w} = 1$$\n"
FIELDS = [
    *("line", "column", "latex", "relation", "verdict", "how", "witness", "value"),
    *("diagnosis", "conditions", "notes"),
]


def check(text: str | bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    data = text if isinstance(text, bytes) else text.encode()
    command = [sys.executable, "-m", "symderiv", "check", "-", *options]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)


def test_exit_codes() -> None:
    assert check(RIGHT).returncode == 0
    assert check(WRONG).returncode == 1
    assert check(OPEN).returncode == 0
    assert check(OPEN, "--strict").returncode == 1
    assert check(b"\xff\xfe$").returncode == 2


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "symderiv", "check", str(tmp_path / "none.tex")]
    answer = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert answer.returncode == 2
    assert b"Traceback" not in answer.stderr


def test_json() -> None:
    found = json.loads(check(RIGHT + WRONG, "--format", "json").stdout)
    assert list(found) == ["schema_version", "file", "lines", "first_wrong", "summary"]
    assert found["schema_version"] == 1
    right, wrong = found["lines"]
    assert set(FIELDS) <= set(right)
    assert (right["verdict"], right["relation"], right["line"], right["column"]) == ("proved", "=", 1, 3)
    assert right["latex"] == "\\tanh'(x) = 1-\\tanh^2 x"
    assert right["witness"] is None
    assert right["diagnosis"] is None
    assert wrong["verdict"] == "refuted"
    assert wrong["witness"] == {"x": "1/3"}
    assert set(wrong["diagnosis"]) >= {"id", "message", "fix"}
    assert wrong["diagnosis"]["id"] == "sign"
    assert wrong["diagnosis"]["fix"] == "1 - tanh(x)**2"
    assert found["first_wrong"] == 1
    assert found["summary"]["refuted"] == 1


def test_text_says_what_was_read_and_where_it_fails() -> None:
    text = check(WRONG).stdout.decode()
    for piece in ("WRONG", "first wrong step", "read as", "x = 1/3", "sign", "1 - tanh(x)**2"):
        assert piece in text


@pytest.mark.parametrize("name", ["md", "html"])
def test_pages_say_verdicts_in_words_and_escape_what_they_quote(name: str) -> None:
    page = check(
        RIGHT + WRONG + "$$<script>alert(1)</script> = \\unknown$$", "--format", name
    ).stdout.decode()
    assert "WRONG" in page
    assert "proved" in page
    if name == "html":
        assert "<script" not in page
        assert "<math" in page
        assert "http" not in page


def test_the_same_bytes_every_time() -> None:
    assert len({check(RIGHT + WRONG + OPEN, "--format", "json").stdout for _ in range(3)}) == 1


HOSTILE = [
    "$$9^{9^{9^{9}}} = 1$$",
    "$$" + "{" * 3000 + "x" + "}" * 3000 + " = 1$$",
    "$$" + "(" * 300 + "x" + ")" * 300 + " = x$$",
    "$$" + "\\frac{1}{" * 200 + "x" + "}" * 200 + " = x$$",
    "$$(a+b+c+d)^{60} = (a+b+c+d)^{59}(a+b+c+d)$$",
    "$$\\sum_{k=1}^{100000}\\frac1k = 12$$",
    "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}$$\\a = 1$$",
    "\\input{/etc/passwd}$$x = \\input{/etc/passwd}$$",
    '$$__import__("os").getpid() = 1$$',
    "$$x \u202e = 1$$",
    "$$x" + "+x" * 40000 + " = 1$$",
    "$$x = " + "9" * 5000 + "$$",
    "$" * 10001,
    "\\begin{align}" * 1000 + "x=1",
    "$$\\frac{d^{64}}{dx^{64}}\\tanh(\\tanh(\\tanh(x))) = 0$$",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_documents_are_answered(text: str) -> None:
    answer = check(text, "--format", "json")
    found = json.loads(answer.stdout)
    assert answer.stderr == b""
    assert not any(line["verdict"] in {"proved", "rounded"} for line in found["lines"])

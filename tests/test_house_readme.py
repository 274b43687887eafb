"""The documents tell the truth: every command is run, every output compared, every public name listed.

A `console` block holds commands after `$` and what they print; `...` on a line of its own stands for any
lines. A `python` block with prompts is a doctest. A block after `<!-- file: NAME -->` is written to that
file first.

    python tests/test_house_readme.py     writes what the commands print now into the documents
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import symderiv
from symderiv.cli import main, program

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
_BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<language>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)
_COMMAND = re.compile(r"^\$ (?P<line>symderiv .*)\n(?P<expected>(?:(?!\$ |```).*\n)*)", re.M)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def printed(line: str) -> str:
    """What one command prints, notes included."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        main(shlex.split(line)[1:])
    return stream.getvalue()


def write_files(name: str) -> None:
    """The files that a document shows, into the present folder (those of the project itself left out)."""
    for block in _BLOCK.finditer(text_of(name)):
        if block["file"] and "/" not in block["file"]:
            Path(block["file"]).write_text(block["body"], encoding="utf-8")


def agrees(expected: str, answer: str) -> bool:
    pattern = "".join(
        "(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "[ ]*\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, answer) is not None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_commands_print_what_is_said(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files(name)
    commands = list(_COMMAND.finditer(text_of(name)))
    assert commands
    for command in commands:
        answer = printed(command["line"])
        assert agrees(command["expected"], answer), f"$ {command['line']}\n{answer}"


def test_the_python_examples_hold():
    blocks = [b["body"] for b in _BLOCK.finditer(text_of("README.md")) if b["language"] == "python"]
    assert blocks
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for number, body in enumerate(blocks):
        runner.run(doctest.DocTestParser().get_doctest(body, {}, f"README[{number}]", "README.md", 0))
    assert runner.summarize(verbose=False).failed == 0


def test_the_public_names_are_documented():
    section = text_of("README.md").partition("## From Python")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^\| `(\w+)", section, flags=re.M))
    assert listed == set(symderiv.__all__)


def test_the_public_names_exist():
    for name in symderiv.__all__:
        assert getattr(symderiv, name) is not None
    assert set(symderiv.__all__) <= set(dir(symderiv))
    with pytest.raises(AttributeError):
        _ = symderiv.no_such_name


@pytest.mark.parametrize(
    "first",
    ["symderiv.derive.step", "symderiv.prove.batch", "symderiv.sheet.study", "symderiv.cli", "symderiv.api"],
)
def test_functions_are_not_hidden_by_the_layers_of_their_name(first):
    code = (
        f"import {first}, symderiv\n"
        "for _ in range(2):\n"
        "    assert symderiv.derive('relu').name == 'relu'\n"
        "    assert symderiv.prove('x', 'x').status == 'proved'\n"
        "from symderiv import derive, prove, sheet\n"
        "from symderiv.derive import step\n"
        "assert callable(derive) and callable(prove) and callable(sheet) and step.Step\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_two_commands_of_the_readme():
    text = text_of("README.md")
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[all]' && .venv/bin/symderiv build\n" in text
    assert ".venv/bin/python -m pytest\n" in text
    assert '"$bin/python" -m pytest\n' in text_of(".ci/run")


def test_versions_agree():
    assert f"version: {symderiv.__version__}\n" in text_of("CITATION.cff")
    assert "## [Unreleased]" in text_of("CHANGELOG.md")


def test_every_verb_is_documented():
    for verb in program.VERBS:
        assert f"`symderiv {verb.NAME}" in text_of("README.md"), verb.NAME


def test_links_lead_somewhere():
    for name in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(name)):
            assert (ROOT / target).exists(), f"{name}: {target}"


def refresh() -> None:
    """Write what the commands print now into the documents."""
    for name in DOCUMENTS:
        text = text_of(name)
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            write_files(name)
            new = _COMMAND.sub(lambda m: f"$ {m['line']}\n{printed(m['line'])}", text)
            os.chdir(ROOT)
        (ROOT / name).write_text(new, encoding="utf-8")


if __name__ == "__main__":
    refresh()

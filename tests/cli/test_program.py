"""The frame of the command line: help, version, colour, streams, exit codes, errors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symderiv import __version__
from symderiv.cli import program, terminal
from symderiv.cli.failure import place, visible
from symderiv.errors import ReadError

VERBS = [verb.NAME for verb in program.VERBS]


def test_help_names_every_verb(run):
    answer = run("--help")
    assert answer.code == 0
    assert answer.err == ""
    for verb in VERBS:
        assert f"\n  {verb} " in answer.out


def test_no_arguments_show_the_help(run):
    assert run() == run("--help")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_verb_has_an_example(run, verb):
    answer = run(verb, "--help")
    assert answer.code == 0
    assert f"\n    symderiv {verb}" in answer.out


def test_version(run):
    assert run("--version").out == f"symderiv {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["list", "--json"], ["derive", "--help"]]
)
def test_the_light_commands_import_no_algebra(arguments):
    code = (
        "import sys\n"
        "from symderiv.cli import main\n"
        f"code = main({arguments!r})\n"
        "heavy = {'sympy', 'numpy', 'flint', 'jinja2', 'rich', 'mpmath'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy or code else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_help_does_not_even_read_the_grammar():
    code = (
        "import sys\nfrom symderiv.cli import main\nmain(['--help'])\n"
        "sys.exit('lark was imported' if 'lark' in sys.modules else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_module_is_the_command(spawn):
    answer = spawn("--version")
    assert answer.out == f"symderiv {__version__}\n"
    assert answer.code == 0


def test_a_mistyped_verb(run):
    answer = run("derve", "sigmoid")
    assert answer.code == 2
    assert "'derive'" in answer.err
    assert answer.err.startswith("error: ")


def test_an_unknown_option(run):
    answer = run("list", "--jsn")
    assert answer.code == 2
    assert "--json" in answer.err
    assert "hint: see `symderiv list --help`" in answer.err


def test_color_never_and_always(run):
    assert "\x1b[" in run("list", "--color", "always").out
    assert "\x1b[" in run("--color", "always", "list").out
    assert "\x1b[" not in run("list", "--color", "never").out
    assert "\x1b[" not in run("list").out, "the choice of an earlier run stays behind"


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_color_of_errors(run, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run("--color", "always", "derive", "(").err.startswith("\x1b[1;31merror:")


def test_auto_color_respects_the_terminal_and_no_color(monkeypatch):
    class Screen:
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal.reset_color()
    assert terminal.is_colored(Screen())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.is_colored(Screen())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not terminal.is_colored(Screen())


def test_colors_change_no_text(run):
    import re

    painted = run("derive", "swish", "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == run("derive", "swish").out


def test_a_formula_may_start_with_a_minus(run):
    answer = run("read", "-x**2 + 1")
    assert answer.code == 0
    assert "-x**2 + 1" in answer.out


def test_an_unexpected_exception_is_one_line(run, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a\nb")

    monkeypatch.setattr("symderiv.catalog.load", broken)
    monkeypatch.delenv("SYMDERIV_DEBUG", raising=False)
    answer = run("list")
    assert answer.code == 2
    assert answer.err.splitlines()[0] == "internal error: RuntimeError: a b"
    assert "Traceback" not in answer.err
    monkeypatch.setenv("SYMDERIV_DEBUG", "1")
    assert "Traceback" in run("list").err


def test_an_environment_error_is_one_line(run, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "out.tex")

    monkeypatch.setattr("symderiv.catalog.load", full)
    answer = run("list")
    assert (answer.code, answer.err) == (2, "error: out.tex: No space left on device\n")


def test_interruption_is_one_line(run, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("symderiv.catalog.load", stop)
    answer = run("list")
    assert answer.code == 130
    assert answer.err == "error: interrupted\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_reader_that_leaves_early_is_no_error():
    command = [sys.executable, "-m", "symderiv", "list", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert complaint == b""
    assert process.returncode in (0, -signal.SIGPIPE)


def test_a_stream_that_knows_no_unicode(spawn):
    answer = spawn("read", "π", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_list_json_is_the_catalogue(run):
    from symderiv.catalog import load

    answer = json.loads(run("list", "--json").out)
    assert answer["schema_version"] == 1
    assert [function["name"] for function in answer["functions"]] == list(load().names())


def test_list_takes_a_catalogue_of_the_user(run, tmp_path: Path):
    file = tmp_path / "mine.toml"
    file.write_text('[bump]\ndefinition = "exp(-x**4)"\n', encoding="utf-8")
    assert "\nbump " in run("list", "--catalog", str(file)).out
    file.write_text('[hump]\ndefinition = "exp(-x**6)"\n', encoding="utf-8")
    assert "\nhump " in run("list", "--catalog", str(file)).out, "an edited file is read again"


def test_the_caret_stands_under_the_place():
    error = ReadError("here", span=(4, 7), source="1 + abc + 2")
    assert place(error) == ["  1 + abc + 2", "      ^^^"]


def test_the_caret_in_a_long_text_stays_in_a_window():
    source = "x + " * 500 + "??" + " + x" * 500
    shown, caret = place(ReadError("here", span=(2000, 2002), source=source))
    assert len(shown) < 120
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "??"


def test_the_caret_after_wide_and_invisible_characters():
    shown, caret = place(ReadError("here", span=(2, 3), source="\u202e漢?"))
    assert shown == "  <U+202E>漢?"
    assert caret == " " * (2 + 8 + 2) + "^"


def test_the_caret_in_a_text_of_several_lines():
    assert place(ReadError("here", span=(6, 7), source="x +\n1 + ?\n+ 2")) == ["  1 + ?", "    ^"]


def test_nothing_invisible_reaches_the_terminal():
    assert visible("a\x1b[31m\u202eb\n\ud800") == "a<U+001B>[31m<U+202E>b <U+D800>"


def test_a_bar_appears_only_on_a_terminal_and_after_a_second(monkeypatch):
    shown = []
    monkeypatch.setattr(terminal, "_bar", lambda total: shown.append(total) or (None, None))
    assert list(terminal.progress("abc", 3, "write")) == ["a", "b", "c"]
    assert shown == []


def test_the_bar_on_a_terminal(monkeypatch):
    import io

    class Screen(io.StringIO):
        def isatty(self):
            return True

    screen = Screen()
    clock = iter(range(100))
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    assert list(terminal.progress("abc", 3, "write")) == ["a", "b", "c"]
    assert "write" in screen.getvalue()

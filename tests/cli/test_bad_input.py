"""Every wrong input: one clear line, a hint, exit code 2, no traceback, and nothing half-written."""

from __future__ import annotations

import json

import pytest

DEEP = "(" * 3000 + "x" + ")" * 3000
LONG = "x + " * 2_500_000 + "x"

FORMULAS = [
    # (formula, what the error says, does it point at the place)
    pytest.param("sigmiod", "did you mean 'sigmoid'?", False, id="unknown name"),
    pytest.param("sigmiod(x)", "did you mean 'sigmoid'?", True, id="unknown function, close"),
    pytest.param("x*frobnicate(x)", "unknown function 'frobnicate'", True, id="unknown function"),
    pytest.param("x*tanh(x", "never closed", True, id="unclosed bracket"),
    pytest.param("x*tanh(x))", "nothing opens", True, id="closing bracket too many"),
    pytest.param("(x]", "']' where ')' is due", True, id="crossed brackets"),
    pytest.param("2x", "products are written with *", True, id="implicit product"),
    pytest.param("x +", "ends too early", True, id="cut off"),
    pytest.param("x $ y", "'$'", True, id="foreign character"),
    pytest.param("", "empty", False, id="empty"),
    pytest.param("   ", "empty", False, id="blank"),
    pytest.param("9**9**9**9", "", False, id="tower of powers"),
    pytest.param("x**9**9**9", "", False, id="huge exponent"),
    pytest.param("exp(9**9**9**9*x)", "", False, id="huge factor"),
    pytest.param("x/0", "no point was found", False, id="division by zero"),
    pytest.param("sqrt(-1)*x", "no point was found", False, id="root of a negative number"),
    pytest.param("log(-2)*x", "no point was found", False, id="logarithm of a negative number"),
    pytest.param("x + " + "9" * 5000, "digits", True, id="huge number"),
    pytest.param("x*1e999999999", "power of ten", True, id="huge power of ten"),
    pytest.param(DEEP, "nested brackets", True, id="3,000 brackets"),
    pytest.param("-" * 3000 + "x", "", False, id="3,000 signs"),
    pytest.param("x**" * 1500 + "x", "", False, id="1,500 powers"),
    pytest.param(LONG, "bytes", False, id="10 MB"),
    pytest.param("x" * 3000 + " + 1", "letters", True, id="endless name"),
    pytest.param("x\x00", "U+0000", True, id="NUL"),
    pytest.param("x\x1b[31m", "U+001B", True, id="terminal escape"),
    pytest.param("x \u202e+ 1", "U+202E", True, id="bidirectional override"),
    pytest.param("x\u200b+1", "U+200B", True, id="zero width"),
    pytest.param("x + \udc80", "U+DC80", True, id="broken UTF-8"),
    pytest.param("x + \uff11", "not part of plain notation", True, id="full-width digit"),
    pytest.param("__import__('os')", "not part of plain notation", True, id="code"),
    pytest.param("x.__class__", "", True, id="attribute"),
    pytest.param("lambda x: x", "", True, id="lambda"),
    pytest.param("gamma(x)", "unknown function 'gamma'", True, id="Gamma"),
    pytest.param("besselj(0, x)", "unknown function 'besselj'", True, id="Bessel"),
    pytest.param("exp(I*x)", "complex unit", True, id="complex unit"),
    pytest.param("1j*x", "operator is missing", True, id="complex literal"),
    pytest.param("x < 1", "", False, id="a condition"),
    pytest.param("x = 1", "", False, id="an equation"),
    pytest.param("exp(x, 2)", "takes 1 argument", True, id="too many arguments"),
    pytest.param(
        "sigmoid(x, y)", "sigmoid takes 1 argument, not 2", True, id="catalogue function, arguments"
    ),
    pytest.param("sigmoid'(x, 1)", "sigmoid takes 1 argument, not 2", True, id="primed, arguments"),
    pytest.param("x + oo", "oo is no real number", True, id="infinity"),
    pytest.param("nan*x", "nan is no real number", True, id="not a number"),
    pytest.param("x*softmax(x)", "softmax is a vector function", False, id="a vector where a number is due"),
    pytest.param("D(x**2)", "D takes", True, id="half a derivative"),
]


def check(answer, says: str) -> None:
    assert answer.code == 2, answer
    assert answer.out == ""
    first, *rest = answer.err.splitlines()
    assert first.startswith("error: "), answer.err
    assert says in answer.err
    assert len(rest) <= 3
    assert "Traceback" not in answer.err
    assert len(answer.err) < 600, "an error does not repeat the input"
    assert all(character == "\n" or character.isprintable() for character in answer.err)


@pytest.mark.parametrize(("formula", "says", "points"), FORMULAS)
def test_derive_refuses(run, formula, says, points):
    answer = run("derive", formula)
    check(answer, says)
    assert ("^" in answer.err.splitlines()[-1] or "^" in "".join(answer.err.splitlines()[2:3])) or not points


@pytest.mark.parametrize(("formula", "says", "points"), FORMULAS)
def test_sheet_refuses_and_writes_nothing(run, tmp_path, formula, says, points):
    folder = tmp_path / "out"
    check(run("sheet", formula, "sigmoid", "-o", str(folder)), says)
    assert not folder.exists()


def test_a_bad_function_after_a_good_one_leaves_nothing(run, tmp_path):
    folder = tmp_path / "out"
    check(run("sheet", "relu", "sigmiod", "-o", str(folder)), "sigmoid")
    assert not folder.exists()


READ_ERRORS = [row for row in FORMULAS if row.values[2]]


@pytest.mark.parametrize(("formula", "says", "points"), READ_ERRORS)
def test_prove_refuses(run, formula, says, points):
    check(run("prove", "x", formula), says)


@pytest.mark.parametrize(("formula", "says", "points"), READ_ERRORS)
def test_a_batch_answers_and_goes_on(run, formula, says, points):
    lines = [{"id": 1, "a": "x", "b": formula}, {"id": 2, "a": "x + x", "b": "2*x"}]
    answer = run("prove", "--jsonl", "-", stdin="".join(json.dumps(line) + "\n" for line in lines))
    first, second = map(json.loads, answer.out.splitlines())
    assert first["id"] == 1
    assert first["verdict"] == "undecided"
    assert first["error"]["code"]
    assert (second["id"], second["verdict"]) == (2, "proved")


OPTIONS = [
    pytest.param(["derive", "a*x", "--wrt", "q"], "'q'", id="variable does not occur"),
    pytest.param(["derive", "sigmoid", "--wrt", "q"], "'q'", id="variable of a function does not occur"),
    pytest.param(["derive", "a*b"], "--wrt", id="which variable"),
    pytest.param(["derive", "sigmoid", "--wrt", "2"], "", id="variable is a number"),
    pytest.param(["derive", "2*pi"], "", id="no variable at all"),
    pytest.param(["derive", "sigmoid", "--route", "quotiënt"], "", id="unknown route"),
    pytest.param(["derive", "sigmoid", "--detail", "all"], "", id="unknown detail"),
    pytest.param(["derive", "sigmoid", "--format", "pdf"], "", id="unknown format"),
    pytest.param(["derive", "a*x", "--param", "a=prime"], "prime", id="unknown assumption"),
    pytest.param(["derive", "a*x", "--param", "=positive"], "", id="assumption of nothing"),
    pytest.param(["derive", "a*x", "--param", "b"], "'b'", id="parameter does not occur"),
    pytest.param(["derive", "x**2", "--name", "not a name"], "", id="not a name"),
    pytest.param(
        ["derive", "x**2", "--symbol", r"\input{/etc/passwd}"], r"\input", id="symbol that is a command"
    ),
    pytest.param(["derive", "x**2", "--symbol", "{f"], "braces", id="symbol without end"),
    pytest.param(["derive", "x**2", "--symbol", "$f"], "'$'", id="symbol that leaves mathematics"),
    pytest.param(["prove", "x = 1", "1"], "a claim", id="a claim as a side"),
    pytest.param(["prove", "9**9**9**9", "1"], "too many digits", id="tower of powers as a side"),
    pytest.param(["derive"], "", id="no formula"),
    pytest.param(["sheet"], "", id="no function"),
    pytest.param(["sheet", "sigmoid", "--format", "docx"], "docx", id="unknown sheet format"),
    pytest.param(["prove", "x"], "two formulas", id="one side"),
    pytest.param(["prove", "x", "x", "--assume", "x"], "NAME=ASSUMPTION", id="half an assumption"),
    pytest.param(["prove", "x", "x", "--assume", "x=odd"], "odd", id="unknown assumption in prove"),
    pytest.param(["prove", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl", id="no such batch"),
    pytest.param(["prove", "x", "--jsonl", "-"], "--jsonl", id="batch and pair"),
    pytest.param(["explain", "chian-rule"], "chain-rule", id="unknown rule"),
    pytest.param(["list", "--catalog", "nowhere.toml"], "nowhere.toml", id="no such catalogue"),
    pytest.param(["list", "--color", "red"], "", id="unknown colour choice"),
    pytest.param(["frobnicate"], "", id="unknown verb"),
]


@pytest.mark.parametrize(("arguments", "says"), OPTIONS)
def test_options(run, arguments, says):
    answer = run(*arguments)
    check(answer, says)
    assert "hint: " in answer.err


CATALOGUES = [
    pytest.param("definition = 3", "", id="outside a table"),
    pytest.param("[f", "", id="not TOML"),
    pytest.param("[f]\ntitle = 'F'", "no definition", id="no definition"),
    pytest.param("[f]\ndefinition = 'exp(x'", "never closed", id="broken formula"),
    pytest.param("[f]\ndefinition = 'exp(q)'", "'q'", id="undeclared symbol"),
    pytest.param("[f]\ndefinitoin = 'x'", "definition", id="mistyped key"),
    pytest.param("[f]\ndefinition = 'g(x)'\n[g]\ndefinition = 'f(x)'", "", id="circular"),
    pytest.param("[f]\ndefinition = 'x'\nsymbol = '\\write18{rm}'", "write", id="symbol that is a command"),
    pytest.param("[f]\ndefinition = 'x'\nparameters = { a = 'odd' }", "odd", id="unknown assumption"),
]


@pytest.mark.parametrize(("text", "says"), CATALOGUES)
def test_catalogues(run, tmp_path, text, says):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    check(run("derive", "sigmoid", "--catalog", str(file)), says)


def test_a_catalogue_that_is_a_folder(run, tmp_path):
    check(run("list", "--catalog", str(tmp_path)), str(tmp_path)[:40])


def test_a_catalogue_that_is_not_text(run, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xff\xfe\x00")
    check(run("list", "--catalog", str(file)), "not UTF-8")


def test_templates_that_are_not_there(run, tmp_path):
    check(run("sheet", "sigmoid", "--templates", str(tmp_path / "none"), "-o", str(tmp_path)), "none")
    assert not list(tmp_path.iterdir())


def test_a_broken_template_names_its_line_and_writes_nothing(run, tmp_path):
    folder, out = tmp_path / "templates", tmp_path / "out"
    (folder / "tex").mkdir(parents=True)
    (folder / "tex" / "sheet.tex.j2").write_text("one\n<% if %>\n", encoding="utf-8")
    check(run("sheet", "sigmoid", "--templates", str(folder), "-o", str(out)), "line 2")
    assert not out.exists() or not list(out.iterdir())


def test_an_output_folder_that_is_a_file(run, tmp_path):
    file = tmp_path / "out"
    file.write_text("mine", encoding="utf-8")
    check(run("sheet", "sigmoid", "-o", str(file)), "folder")
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("formula", ["x**9**9**9", DEEP])
def test_in_a_process_of_its_own(spawn, formula):
    check(spawn("derive", formula, seconds=20), "")

"""`symderiv derive`, `sheet` and `build`: from a name or an expression to the terminal and to files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from symderiv.catalog import Catalog, load
from symderiv.prove import Verdict
from symderiv.sheet.stamp import STAMP


def test_a_name(run):
    answer = run("derive", "sigmoid")
    assert answer.code == 0
    assert answer.err == ""
    assert "= σ(x)·(1 − σ(x))" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_plain_notation_can_be_proved(run):
    answer = run("derive", "sigmoid", "--format", "plain")
    assert "= sigmoid(x)*(1 - sigmoid(x)) " in answer.out


def test_json_follows_the_contract(run):
    answer = json.loads(run("derive", "swish", "--format", "json").out)
    assert answer["schema_version"] == 1
    assert {"name", "definition", "derivative", "forms", "steps", "summary"} <= set(answer)
    assert {"kind", "plain", "latex", "uses", "verdict"} <= set(answer["forms"][0])
    assert {"rule", "before", "after", "latex", "verdict", "how", "children"} <= set(answer["steps"][0])
    assert answer["steps"][-1]["after"] == answer["derivative"]
    assert answer["summary"]["proved"] == answer["summary"]["steps"] == len(answer["steps"])


def test_latex_is_a_piece_to_paste(run):
    answer = run("derive", "tanh", "--format", "latex").out
    assert answer.startswith(r"\begin{align*}")
    assert answer.endswith("\\end{align*}\n")


def test_an_expression_with_name_symbol_and_parameter(run):
    options = ["--name", "f", "--symbol", r"\phi", "--param", "k=positive", "--format", "json"]
    answer = json.loads(run("derive", "1/(1 + exp(-k*x))", *options).out)
    assert answer["name"] == "f"
    assert answer["symbol"] == r"\phi"
    assert answer["parameters"] == {"k": "positive"}
    assert answer["derivative"] == "k*f(x)*(1 - f(x))"


def test_the_variable_of_choice(run):
    answer = json.loads(run("derive", "x*exp(-a*t)", "--wrt", "t", "--format", "json").out)
    assert answer["variable"] == "t"
    assert answer["derivative"] == "-a*f(t)"


def test_routes_lead_to_the_same_end(run):
    ends = {
        route: json.loads(run("derive", "sigmoid", "--route", route, "--format", "json").out)["derivative"]
        for route in ("chain", "quotient", "implicit")
    }
    assert set(ends.values()) == {"sigmoid(x)*(1 - sigmoid(x))"}


def test_detail(run):
    count = {
        detail: json.loads(run("derive", "tanh", "--detail", detail, "--format", "json").out)["summary"][
            "steps"
        ]
        for detail in ("result", "textbook", "every-rule")
    }
    assert count["result"] == 1
    assert count["result"] < count["textbook"] <= 12
    assert count["textbook"] <= count["every-rule"]


@pytest.mark.parametrize(
    ("status", "strict", "code"), [("refuted", (), 1), ("undecided", (), 0), ("undecided", ("--strict",), 1)]
)
def test_what_is_not_proved_is_told(run, monkeypatch, status, strict, code):
    from symderiv import api

    honest = api.derive

    def doubtful(*values, **options):
        found = honest(*values, **options)
        route = found.routes[0]
        last = replace(route.steps[-1], verdict=Verdict(status, "limit", None, ()))
        return replace(found, routes=(replace(route, steps=(*route.steps[:-1], last)),))

    monkeypatch.setattr(api, "derive", doubtful)
    answer = run("derive", "relu", *strict)
    assert answer.code == code
    assert status in answer.err


def test_a_terminal_without_unicode(spawn):
    answer = spawn("derive", "relu", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert answer.code == 0
    assert answer.out.isascii()
    assert "\\u" not in answer.out


def test_sheets_are_written_and_named(run, tmp_path):
    answer = run(
        "sheet",
        "relu",
        "x**2 + 1",
        "--format",
        "tex,md,json",
        "--no-plots",
        "-o",
        str(tmp_path / "deep" / "out"),
    )
    assert answer.code == 0
    paths = answer.out.splitlines()
    assert [path.rsplit("/", 1)[1] for path in paths] == [
        "relu.tex", "relu.md", "relu.json", "f.tex", "f.md", "f.json",
    ]  # fmt: skip
    for path in paths:
        assert (tmp_path / path).read_text(encoding="utf-8")


def test_two_nameless_functions_do_not_overwrite_each_other(run, tmp_path):
    answer = run("sheet", "x**2", "x**3", "-o", str(tmp_path))
    assert answer.code == 2
    assert "--name" in answer.err
    assert not list(tmp_path.iterdir())


def test_a_name_goes_with_one_function(run, tmp_path):
    assert run("sheet", "x**2", "x**3", "--name", "g", "-o", str(tmp_path)).code == 2


def test_a_template_of_the_user(run, tmp_path):
    folder = tmp_path / "templates" / "markdown"
    folder.mkdir(parents=True)
    (folder / "sheet.md.j2").write_text("mine: {{ document.name }}\n", encoding="utf-8")
    run("sheet", "relu", "--format", "md", "--templates", str(tmp_path / "templates"), "-o", str(tmp_path))
    assert (tmp_path / "relu.md").read_text(encoding="utf-8") == "mine: relu\n"


def test_the_gallery(run, tmp_path, monkeypatch):
    small = Catalog(record for record in load().records() if record.name in {"relu", "softsign"})
    monkeypatch.setattr("symderiv.catalog.load", lambda *_: small)
    answer = run("build", "--no-more", "-o", str(tmp_path / "out"), "--format", "tex,md,json", "--jobs", "1")
    assert answer.code == 0
    assert answer.out.startswith("2 functions, ")
    pictures = {".svg", ".pdf"}
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.suffix not in pictures]
    assert sorted(path.name for path in files) == sorted(
        [STAMP, "README.md", *(f"{n}.{e}" for n in ("relu", "softsign") for e in ("tex", "md", "json"))]
    )

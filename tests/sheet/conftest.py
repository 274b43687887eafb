"""A derivation of the sigmoid, written by hand: what a sheet is made of, without the engine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from symderiv.catalog import load
from symderiv.derive.step import Bridge, Derivation, Form, Route, Step
from symderiv.notation.term import Term, equation
from symderiv.prove import Verdict
from symderiv.sheet.subject import Subject

PROVED = Verdict("proved", "normal-form", None, ())
UNDECIDED = Verdict("undecided", "limit", None, ())


def read(text: str) -> Term:
    return load().read(text)


def route(name: str, start: str, *lines: tuple[str, str]) -> Route:
    steps = []
    before = read(start)
    for rule, after in lines:
        steps.append(Step(rule, before, read(after), (), (), (), PROVED))
        before = read(after)
    return Route(name, read(start), tuple(steps))


CHAIN = route(
    "chain",
    "D(sigmoid(x), x)",
    ("definition", "D(1/(1 + exp(-x)), x)"),
    ("negative-power", "D((1 + exp(-x))**-1, x)"),
    ("chain-rule", "-(1 + exp(-x))**-2*D(1 + exp(-x), x)"),
    ("exponential-rule", "-(1 + exp(-x))**-2*(-exp(-x))"),
    ("collect", "exp(-x)/(1 + exp(-x))**2"),
    ("add-and-subtract", "(1 + exp(-x) - 1)/(1 + exp(-x))**2"),
    ("split-fraction", "1/(1 + exp(-x)) - 1/(1 + exp(-x))**2"),
    ("recognise", "sigmoid(x) - sigmoid(x)**2"),
    ("factor", "sigmoid(x)*(1 - sigmoid(x))"),
)
QUOTIENT = route(
    "quotient",
    "D(sigmoid(x), x)",
    ("definition", "D(1/(1 + exp(-x)), x)"),
    ("quotient-rule", "(D(1, x)*(1 + exp(-x)) - 1*D(1 + exp(-x), x))/(1 + exp(-x))**2"),
    ("exponential-rule", "exp(-x)/(1 + exp(-x))**2"),
    ("solve-and-substitute", "(1 - sigmoid(x))/sigmoid(x)*sigmoid(x)**2"),
    ("simplify-fraction", "sigmoid(x)*(1 - sigmoid(x))"),
)


def sigmoid() -> Subject:
    """The sigmoid by two routes, with every kind of form."""
    catalog = load()
    record = catalog.find("sigmoid")
    assert record is not None
    forms = (
        Form("display", read("y*(1 - y)"), ("y",), (), PROVED),
        Form("output", read("y*(1 - y)"), ("y",), (), PROVED),
        Form("input", read("exp(-Abs(x))/(1 + exp(-Abs(x)))**2"), ("x",), (), PROVED),
        Form("implicit", equation(read("dy**2"), read("y**2 - 2*y**3 + y**4")), ("y",), (), PROVED),
    )
    derivation = Derivation(
        name=record.name,
        title=record.title,
        symbol=record.symbol,
        variable=record.variable,
        parameters=(),
        record=record,
        definition=record.definition,
        equivalents=tuple((term, PROVED) for term in record.equivalents),
        routes=(CHAIN, QUOTIENT),
        bridges=(Bridge(("chain", "quotient"), CHAIN.steps[4].after, QUOTIENT.steps[3].after, PROVED),),
        forms=forms,
        second=(Form("output", read("y*(1 - y)*(1 - 2*y)"), ("y",), (), PROVED),),
        kinks=(),
    )
    return Subject(derivation, catalog)


def compile_tex(folder: Path, *names: str, runs: int = 2) -> str:
    """Run pdflatex on each file, and answer the logs of the last runs.

    Skips where there is no pdflatex, except in continuous integration, where it must be there.
    """
    if shutil.which("pdflatex") is None:
        if os.environ.get("CI"):
            pytest.fail("pdflatex is missing: apt-get install texlive-latex-recommended lmodern")
        pytest.skip("pdflatex is not installed")
    logs = []
    for name in names:
        for _ in range(runs):
            done = subprocess.run(
                ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name],
                cwd=folder,
                capture_output=True,
                timeout=60,
                check=False,
            )
            log = (folder / name).with_suffix(".log").read_text(encoding="latin-1")
            assert done.returncode == 0, log[-3000:]
        logs.append(log)
    return "\n".join(logs)

"""Notebooks: valid, reproducible, and their programs pass when they are run; a slip in them does not."""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from symderiv import api
from symderiv.notation.term import Term
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Code, Document, Figure, Paragraph, Section, Words
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.notebook import render_document
from symderiv.sheet.subject import Subject

Cell = dict[str, object]
RUN = ("sigmoid", "softmax", "Max(x, 0)**2")
MORE = (
    "tanh", "swish", "swish_beta", "leaky_relu", "selu", "gelu", "mish", "log_softmax", "relu", "arctan",
    "exp(x)/(1 + x**2)", "log(1 + exp(a*x))", "sin(x)/x", "x**3/(1 + Abs(x))", "sin(100*x)", "x**k",
    "Piecewise((x, x > 0), (sin(x), True))", "sqrt(x)*log(x)",
)  # fmt: skip


@functools.cache
def subject(name: str) -> Subject:
    return api.subject(name)


def notebook(name: str) -> str:
    return find_format("ipynb").text(subject(name), Options())


def source(cell: Cell) -> str:
    lines = cell["source"]
    assert isinstance(lines, list)
    return "".join(lines)


def programs(text: str) -> list[str]:
    return [source(cell) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def proof_of(name: str) -> str:
    """The program that gives each line to the prover again."""
    (found,) = (program for program in programs(notebook(name)) if "symderiv.prove(" in program)
    return found


def numbers_of(name: str) -> str:
    """The program that computes the numbers again."""
    (found,) = (program for program in programs(notebook(name)) if ".kernel()" in program)
    return found


def listings_of(name: str) -> list[str]:
    """The programs that are part of the page itself: they define a function and print nothing."""
    return [program for program in programs(notebook(name)) if "import symderiv" not in program]


def run(program: str) -> str:
    """What a program of ours prints, run by itself: no cell needs what another one left behind."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "cell", "exec"), {"__name__": "__main__"})
    return printed.getvalue()


@pytest.mark.parametrize("name", RUN)
def test_each_program_passes_by_itself(name: str) -> None:
    steps = sum(len(route.steps) for route in subject(name).derivation.routes)
    said = run(proof_of(name)).splitlines()[-1]
    assert said.endswith(" proved")
    assert int(said.split()[0]) == int(said.split()[2]) >= steps
    assert run(numbers_of(name))
    assert len(programs(notebook(name))) == 2 + len(listings_of(name))


@pytest.mark.parametrize("name", ["sigmoid", "Max(x, 0)**2", "exp(x)/(1 + x**2)"])
def test_the_listing_computes_the_derivative(name: str) -> None:
    (listing,) = listings_of(name)
    known: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {}
    exec(compile(listing, "cell", "exec"), known)
    x = np.linspace(-30, 30, 301)
    slope = subject(name).derivation.kernel().grad(x)
    np.testing.assert_allclose(known[f"{subject(name).name}_grad"](x), slope, rtol=1e-7, atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("name", MORE)
def test_each_program_passes_for_other_functions(name: str) -> None:
    for program in programs(notebook(name)):
        assert run(program) or program in listings_of(name)


@pytest.mark.parametrize(
    ("program_of", "old", "new"),
    [
        (proof_of, "'sigmoid(x)*(1 - sigmoid(x))'", "'sigmoid(x)*(1 + sigmoid(x))'"),
        (numbers_of, "0.104993585403507", "0.104993585403517"),
        (numbers_of, "f.grad(near, **given) - quotient", "1.000001*f.grad(near, **given) - quotient"),
    ],
)
def test_a_slip_in_a_program_is_found(program_of: Callable[[str], str], old: str, new: str) -> None:
    program = program_of("sigmoid")
    assert old in program
    with pytest.raises(AssertionError):
        run(program.replace(old, new, 1))


def test_the_proof_is_of_what_the_page_shows() -> None:
    found = subject("exp(x)/(1 + x**2)")
    proof = proof_of("exp(x)/(1 + x**2)")
    shown = [route.start for route in found.derivation.routes]
    shown += [step.after for route in found.derivation.routes for step in route.steps]
    for term in shown:
        assert isinstance(term, Term)
        assert repr(str(term)) in proof


def test_the_file_is_a_notebook() -> None:
    nbformat = pytest.importorskip("nbformat")
    for name in ("sigmoid", "softmax"):
        text = notebook(name)
        found = nbformat.reads(text, as_version=4)
        nbformat.validate(found)
        assert (found.nbformat, found.nbformat_minor) == (4, 5)
        assert nbformat.reads(nbformat.writes(found), as_version=4) == found
        ids = [cell.id for cell in found.cells]
        assert len(ids) == len(set(ids))


def test_the_same_sheet_is_the_same_file() -> None:
    fresh = api.subject("sigmoid")
    assert find_format("ipynb").text(fresh, Options()) == notebook("sigmoid")


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom() -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    for name in ("sigmoid", "softmax", "exp(x)/(1 + x**2)"):
        found = nbformat.reads(notebook(name), as_version=4)
        folder = str(Path(__file__).parents[2])
        nbclient.NotebookClient(found, timeout=120, resources={"metadata": {"path": folder}}).execute()
        code = [cell for cell in found.cells if cell.cell_type == "code"]
        assert all(cell.outputs or cell.source in listings_of(name) for cell in code)


def test_pictures_and_programs_of_a_page() -> None:
    """A page that is about no derivation: pictures in the cell, code in Python as cells that run."""
    figure = Figure("curve", "a curve", (Words("Curve"),), "<svg/>")
    blocks = (
        Paragraph((Words("before"),)),
        Code("x = 1\nprint(x)"),
        Code("pip install symderiv", "shell"),
        figure,
        Code("print(2)", label=(Words("then"),)),
    )
    section = Section("one", (Words("One"),), blocks)
    page = Document("page", (Words("Page"),), (Words("sub"),), (section,))
    cells = json.loads(render_document(page, Options()))["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "markdown", "code"]
    assert [source(cell) for cell in cells if cell["cell_type"] == "code"] == ["x = 1\nprint(x)", "print(2)"]
    assert source(cells[0]).startswith("# Page")
    middle = cells[2]
    assert "![a curve](attachment:curve.svg)" in source(middle)
    assert base64.b64decode(middle["attachments"]["curve.svg"]["image/svg+xml"]) == b"<svg/>"
    assert "pip install symderiv" in source(middle)
    assert "then" in source(middle)


def test_a_page_without_programs_or_sections() -> None:
    page = Document("page", (Words("Page"),), (), ())
    (cell,) = json.loads(render_document(page, Options()))["cells"]
    assert source(cell) == "# Page"


def test_formulas_are_those_of_jupyter() -> None:
    text = notebook("sigmoid")
    cells = [source(cell) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    joined = "\n".join(cells)
    assert "```math" not in joined
    assert "$`" not in joined
    assert "$$\n\\begin{aligned}" in joined
    assert [block.kind for block in compose(subject("sigmoid")).blocks()].count("aligned") >= 3
    assert joined.count("$$") % 2 == 0

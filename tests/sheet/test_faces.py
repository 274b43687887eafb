"""One derivation, many faces: LaTeX, HTML, Markdown and the notebook show the same Terms, line by line."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.notation.names import SPELLINGS
from symderiv.notation.read.latex import Context
from symderiv.notation.term import Term, call
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.subject import Subject
from tests.sheet.faces import (
    Chain,
    html_chains,
    html_steps,
    markdown_chains,
    notebook_chains,
    tex_chains,
)

READERS: dict[str, Callable[[str, Context], list[Chain]]] = {
    "tex": tex_chains,
    "html": html_chains,
    "markdown": markdown_chains,
    "notebook": notebook_chains,
}
MAIN = ("sigmoid", "tanh", "softmax", "swish")
UNSEEN = ("exp(x)/(1 + x**2)", "x**3*exp(-x**2)", "Piecewise((x**2, x > 0), (sin(x), True))")
MORE = (
    "log(1 + exp(a*x))",
    "sin(x)/x",
    "sqrt(1 + x**2)",
    "Max(x, 0)**2",
    "atan(x)*log(x)",
    "(1 - exp(-x))/(1 + exp(-x))",
    "x/(1 + Abs(x))**2",
    "cosh(x)**3",
    "erf(x)*x**2",
    "x*tanh(exp(x))",
)


@functools.cache
def subject(name: str) -> Subject:
    return api.subject(name)


def context(found: Subject) -> Context:
    """What the page declares: its letters; that subscripts of vectors are indices."""
    names = [found.catalog.find(name) for name in found.functions()]
    vectors = frozenset(record.name for record in names if record is not None and record.is_vector)
    is_vector = found.derivation.record.is_vector
    declared = Context(
        indexed=frozenset({"z", "y", "s"}) if is_vector else vectors_of_origins(found),
        families=vectors,
        vectors=is_vector,
        names={"y_prime": "dy"},
    )
    return declared.lettered(found.functions())


def vectors_of_origins(found: Subject) -> frozenset[str]:
    """The letters with indices of a definition that comes from vectors."""
    lines = (line for one in found.origins for line in (one.route.start, *(s.after for s in one.route.steps)))
    nodes = (node for line in lines for node in line.walk() if node.kind == "index")
    return frozenset(node.args[0].name for node in nodes if node.args[0].kind == "symbol")


def chains(found: Subject) -> list[Chain]:
    """What the page holds, before it is text."""
    blocks = (block for block in compose(found).blocks() if isinstance(block, Aligned))
    return [[block.start, *(line.term for line in block.lines)] for block in blocks]


def check(name: str, face: str) -> None:
    found = subject(name)
    text = find_format(face).text(found, Options())
    read = [list(map(spelled, chain)) for chain in READERS[face](text, context(found))]
    assert [len(chain) for chain in read] == [len(chain) for chain in chains(found)]
    assert read == [list(map(spelled, chain)) for chain in chains(found)]


def spelled(term: Term) -> Term:
    """Two names of one function are written alike."""

    def one(node: Term) -> Term | None:
        name = SPELLINGS.get(node.name, node.name)
        known = node.kind != "call" or name == node.name
        return None if known else call(name, *map(spelled, node.args), order=node.order)

    return term.rebuild(one)


@pytest.mark.parametrize("face", READERS)
@pytest.mark.parametrize("name", MAIN + UNSEEN)
def test_every_format_shows_the_same_derivation(name: str, face: str) -> None:
    check(name, face)


@pytest.mark.slow
@pytest.mark.parametrize("face", READERS)
@pytest.mark.parametrize("name", [*(n for n in load().names() if n not in MAIN), *MORE])
def test_every_format_shows_the_same_derivation_of_the_rest(name: str, face: str) -> None:
    check(name, face)


@pytest.mark.parametrize("name", ["sigmoid", "softmax", "exp(x)/(1 + x**2)"])
def test_the_steps_that_fold_are_those_of_the_derivation(name: str) -> None:
    found = subject(name)
    text = find_format("html").text(found, Options())
    steps = [step for route in found.derivation.routes for step in route.steps if step.children]
    assert steps
    assert html_steps(text, context(found)) == [[child.after for child in step.children] for step in steps]
    assert all(step.children[-1].after == step.after for step in steps)


@pytest.mark.parametrize(
    ("face", "old", "new"),
    [
        ("tex", r"\frac{1}{1 + e^{-x}}", r"\frac{2}{1 + e^{-x}}"),
        ("html", "<mn>1</mn><mo>+</mo>", "<mn>1</mn><mo>−</mo>"),
        ("markdown", "e^{-x}", "e^{x}"),
        ("notebook", r"\\sigma(x)(1", r"\\sigma(x)(2"),
    ],
)
def test_a_slip_in_one_face_is_seen(face: str, old: str, new: str) -> None:
    found = subject("sigmoid")
    text = find_format(face).text(found, Options())
    head, mark, tail = text.partition("chain rule")
    assert old in tail
    wrong = head + mark + tail.replace(old, new, 1)
    assert READERS[face](wrong, context(found)) != chains(found)

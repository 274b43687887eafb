"""What a notebook shows, as Jupyter asks for it."""

from __future__ import annotations

from symderiv import api
from symderiv.notation.read.latex import read_latex
from symderiv.notation.shown import Shown


def test_a_derivation_shows_its_steps() -> None:
    derivation = api.derive("tanh")
    face = derivation._repr_mimebundle_()
    assert r"\begin{align*}" in face["text/latex"]
    assert "steps proved" in face["text/plain"]
    assert len(derivation.steps) == face["text/plain"].count("    = ")


def test_a_step_is_an_equation_that_reads_back() -> None:
    step = api.derive("x*exp(-x)").steps[1]
    latex = step._repr_mimebundle_()["text/latex"]
    formula = latex.removeprefix(r"$\displaystyle ").split(r"\qquad")[0]
    found = read_latex(formula).term
    assert found.args == (step.before, step.after)
    assert "proved" in step._repr_mimebundle_()["text/plain"]


def test_a_value_without_a_face_is_left_to_its_repr() -> None:
    assert Shown()._repr_mimebundle_() == {}

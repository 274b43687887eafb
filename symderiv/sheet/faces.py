"""What a notebook shows of a derivation and of a step: LaTeX for MathJax, Unicode text beside it."""

from __future__ import annotations

from symderiv.catalog import load
from symderiv.derive.step import Derivation, Step
from symderiv.notation.shown import Face
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.unicode import write_unicode
from symderiv.sheet.escape import escape_tex
from symderiv.sheet.formats import find_format
from symderiv.sheet.formats.base import DEFAULT
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject


def derivation_face(derivation: Derivation) -> Face:
    """The steps as an aligned display, and the text of the terminal."""
    subject = Subject(derivation, load().with_record(derivation.record))
    return {
        "text/latex": find_format("latex").text(subject, DEFAULT),
        "text/plain": find_format("text").text(subject, DEFAULT),
    }


def step_face(step: Step) -> Face:
    """before = after, and the rule that leads from one to the other."""
    letters = load().latex()
    style = LatexStyle(functions=letters)
    rule = load_sentences().rule(step.rule).name
    sides = [write_latex(side, style) for side in (step.before, step.after)]
    plain = [write_unicode(side, letters) for side in (step.before, step.after)]
    said = f"{rule}, {step.verdict.status}"
    return {
        "text/latex": rf"$\displaystyle {sides[0]} = {sides[1]} \qquad \text{{{escape_tex(said)}}}$",
        "text/plain": f"{plain[0]} = {plain[1]}    {said}",
    }

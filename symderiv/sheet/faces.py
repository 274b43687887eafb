"""What a notebook shows of a value: LaTeX for MathJax or a table in Markdown, plain text beside it."""

from __future__ import annotations

from collections.abc import Sequence

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
from symderiv.verify.certificate import Certificate


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


def certificate_face(certificate: Certificate) -> Face:
    """A row for each function and type: how its program was decided, its worst error, what is lost."""
    columns = ("name", "type", "proof", "ulp", "at", "lost", "warnings")
    rows = [
        (
            f"`{report.name}`",
            one.type,
            ", ".join(sorted({verdict.status for verdict in report.verdicts})),
            f"{one.ulp:.4g}",
            f"{one.at:.6g}",
            str(one.lost),
            str(one.warnings),
        )
        for report in certificate.reports
        for one in report.measured
    ]
    return table_face("certificate", columns, rows, repr(certificate))


def table_face(group: str, columns: Sequence[str], rows: Sequence[Sequence[str]], plain: str) -> Face:
    """A table in Markdown; its headings are the sentences `faces.GROUP.COLUMN`."""
    sentences = load_sentences()
    head = [sentences.text(f"faces.{group}.{column}") for column in columns]
    lines = [head, ["---"] * len(head), *rows]
    return {
        "text/markdown": "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n",
        "text/plain": plain,
    }


def formula_cell(latex: str) -> str:
    """A formula in a cell of a table, where a bar would end the cell."""
    shown = latex.replace("|", r"\vert ")
    return f"${shown}$" if latex else ""

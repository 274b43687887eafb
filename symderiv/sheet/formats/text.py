"""Terminal text: every formula in plain notation, so that any line can be given to `symderiv prove`.

The rule stands at the right, then the mark of the verdict: a tick for proved, a question mark for
undecided, a cross for refuted.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from markupsafe import Markup

from symderiv.derive.step import Form, Route
from symderiv.notation.term import Term, equation
from symderiv.sheet.document import Boxed, Display, Formula, Maths, Paragraph, Prose, Section
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_text
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.json import summary
from symderiv.sheet.maths import PlainMaths
from symderiv.sheet.sections.higher import higher
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.results import form_formula
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject

_MARKS = {"proved": "✓", "undecided": "?", "refuted": "✗"}
_ASCII = {"✓": "ok", "✗": "WRONG", "∞": "oo", "·": "*", "→": "->", "∈": "in", "≈": "~", "ℝ": "R"}
_STYLES = {"head": "1", "rule": "36", "proved": "32", "undecided": "33", "refuted": "31", "quiet": "2"}
_INDENT = 4
_LABEL = 10
"""Room for the name of a form."""
_MARGIN = 5
"""Blanks before the rule and before the mark, and the mark."""


@dataclass(frozen=True, slots=True)
class Row:
    """One terminal line of a derivation."""

    text: str
    rule: str = ""
    status: str = ""


class _Terminal:
    def __init__(self, page: Page, options: Options) -> None:
        self.page, self.options, self.maths = page, options, PlainMaths()

    def wrap(self, text: str, indent: int) -> list[str]:
        """Broken at blanks, which plain notation ignores; what follows stands further in."""
        return textwrap.wrap(
            text,
            max(self.options.width - indent, 20),
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    def rows(self, route: Route) -> list[Row]:
        """The lines of a route, the rules in a column of their own."""
        steps = route.steps
        names = [self.page.sentences.rule(step.rule).name for step in steps]
        widest = max(map(len, names), default=0)
        room = max(self.options.width - _INDENT - widest - _MARGIN, 20)
        texts = [self.wrap(f"= {self.maths.term(step.after)}", _INDENT) for step in steps]
        column = max((len(text[-1]) for text in texts if len(text[-1]) <= room), default=0)
        found = [Row(line) for line in self.wrap(self.maths.term(route.start), 2)]
        for step, name, text in zip(steps, names, texts, strict=True):
            *first, last = text
            found += [Row(" " * 2 + line) for line in first]
            if len(last) > room:
                found.append(Row(" " * 2 + last))
                last = ""
            found.append(Row(" " * 2 + last.ljust(column), name.ljust(widest), step.verdict.status))
        return found

    def paint(self, text: str, style: str) -> Markup:
        """The text in the colour of that style, where colours are shown."""
        if not self.options.color or not text or style not in _STYLES:
            return Markup(text)
        return Markup(f"\x1b[{_STYLES[style]}m{text}\x1b[0m")

    def mark(self, status: str) -> Markup:
        """The mark of a verdict."""
        return self.paint(_MARKS.get(status, ""), status)

    def form(self, form: Form) -> list[str]:
        """A form as an equation, its abbreviations after it, in lines that fit."""
        subject = self.page.subject
        (claim,) = form_formula(subject, form, subject.prime, subject.output_derivative)
        assert isinstance(claim, Term)
        named = ", ".join(f"{name} = {self.maths.term(meaning)}" for name, meaning in form.named)
        shown = self.maths.term(claim)
        if named and form.kind != "display":
            shown = f"{shown}  with {named}"
        return self.wrap(shown, _LABEL + _MARGIN)

    def section(self, section: Section) -> list[str]:
        """A section of a page as lines: its sentences, its formulas, the mark of what is not proved."""
        lines = [str(self.paint(_said(section.title, self.maths), "head"))]
        for block in section.blocks:
            match block:
                case Paragraph():
                    lines += ["", *self.wrap(_said(block.prose, self.maths), 0)]
                case Display():
                    for formula, margin in block.lines:
                        lines += ["  " + line for line in self.wrap(_formula(formula, self.maths), 2)]
                        lines += [f"    {_said(margin, self.maths)}"] if margin else []
                case Boxed():
                    lines += ["  " + line for line in self.wrap(_formula(block.formula, self.maths), 2)]
        return lines


def _said(prose: Prose, maths: PlainMaths) -> str:
    """A sentence with its formulas in plain notation."""
    return "".join(
        _formula(part.formula, maths) if isinstance(part, Maths) else getattr(part, "text", "")
        for part in prose
    )


def _formula(formula: Formula, maths: PlainMaths) -> str:
    return maths.formula(formula)


def _render(subject: Subject, options: Options) -> str:
    page = Page(subject, load_sentences(options.language, options.templates))
    terminal = _Terminal(page, options)
    environment = make_environment(options.templates, escape=escape_text)
    environment.filters |= {"paint": terminal.paint, "mark": terminal.mark, "kept": Markup}
    route = subject.derivation.routes[0]
    values = {
        "derivation": subject.derivation,
        "definition": terminal.maths.term(equation(subject.applied, subject.derivation.definition)),
        "conditions": [terminal.maths.term(one) for one in subject.derivation.record.conditions],
        "rows": terminal.rows(route),
        "forms": [(form, terminal.form(form)) for form in subject.derivation.forms],
        "output": terminal.maths.term(equation(subject.output, subject.whole)),
        "summary": summary(route.steps),
    }
    text = render(environment, "text/derive.txt.j2", values)
    section = higher(page)
    if section is not None:
        text += "\n" + "\n".join(terminal.section(section)) + "\n"
    if options.ascii:
        text = "".join(_ASCII.get(letter, letter) for letter in text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


FORMAT = Format("text", ".txt", _render, whole=False)

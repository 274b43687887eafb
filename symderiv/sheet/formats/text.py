"""Terminal text: formulas in Unicode mathematics, in plain notation where a terminal is limited to ASCII.

The rule stands at the right, then the mark of the verdict: a tick for proved, a question mark for
undecided, a cross for refuted.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from symderiv.derive.step import Form, Route
from symderiv.notation.term import Term, equation
from symderiv.sheet.document import Boxed, Display, Formula, Paragraph, Prose, Section, Words
from symderiv.sheet.document import Maths as MathsPart
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_text
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.json import summary
from symderiv.sheet.maths import Maths, PlainMaths
from symderiv.sheet.sections.higher import higher
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.results import form_formula
from symderiv.sheet.sentences import listed, load_sentences
from symderiv.sheet.subject import Subject
from symderiv.sheet.terminal import MARKS, document_text
from symderiv.sheet.unicode_maths import UnicodeMaths

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
    def __init__(self, page: Page, options: Options, maths: Maths) -> None:
        self.page, self.options, self.maths = page, options, maths

    def wrap(self, text: str, indent: int) -> list[str]:
        """Broken at blanks, where no formula is torn; what follows stands further in."""
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
        return self.paint(MARKS.get(status, ""), status)

    def form(self, form: Form) -> list[str]:
        """A form as an equation, its abbreviations after it, in lines that fit."""
        subject = self.page.subject
        (claim,) = form_formula(subject, form, subject.prime, subject.output_derivative)
        assert isinstance(claim, Term)
        named = ", ".join(f"{name} = {self.maths.term(meaning)}" for name, meaning in form.named)
        shown = self.maths.term(claim)
        if named and form.kind != "display":
            shown = f"{shown}  {self.page.sentences.text('sheet.terminal.named')} {named}"
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


def _said(prose: Prose, maths: Maths) -> str:
    """A sentence with its formulas."""
    return "".join(
        _formula(part.formula, maths) if isinstance(part, MathsPart) else getattr(part, "text", "")
        for part in prose
    )


def _formula(formula: Formula, maths: Maths) -> str:
    return maths.formula(formula)


def derivation_text(subject: Subject, options: Options, maths: Maths) -> str:
    """The steps, the forms, the summary, with formulas written by `maths`."""
    page = Page(subject, load_sentences(options.language, options.templates))
    terminal = _Terminal(page, options, maths)
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
        "label": lambda kind: page.sentences.text(f"sheet.terminal.{kind}"),
        "summary": _summary(page, summary(route.steps)),
    }
    text = render(environment, "text/derive.txt.j2", values)
    section = higher(page)
    if section is not None:
        text += "\n" + "\n".join(terminal.section(section)) + "\n"
    if options.ascii:
        text = "".join(_ASCII.get(letter, letter) for letter in text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _summary(page: Page, counted: Mapping[str, object]) -> str:
    """How many steps are proved, and how many are not."""
    counts = {key: str(value) for key, value in counted.items()}
    said = [page.say("sheet.terminal.proved", **counts)]
    said += [
        page.say(f"sheet.terminal.{status}", count=counts[status])
        for status in ("undecided", "refuted")
        if counted[status]
    ]
    return "".join(part.text for part in listed(said) if isinstance(part, Words))


def _render(subject: Subject, options: Options) -> str:
    if options.ascii:
        return derivation_text(subject, options, PlainMaths())
    partial = subject.derivation.record.takes_vector
    return derivation_text(subject, options, UnicodeMaths(subject.functions(), partial))


FORMAT = Format("text", ".txt", _render, document_text, whole=False)

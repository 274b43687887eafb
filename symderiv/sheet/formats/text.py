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
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_text
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.json import summary
from symderiv.sheet.maths import PlainMaths
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.results import DY
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject

_MARKS = {"proved": "✓", "undecided": "?", "refuted": "✗"}
_ASCII = {"✓": "ok", "✗": "WRONG", "∞": "oo", "·": "*", "→": "->", "∈": "in", "≈": "~", "ℝ": "R"}
_STYLES = {"head": "1", "rule": "36", "proved": "32", "undecided": "33", "refuted": "31", "quiet": "2"}
_INDENT = 4


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
        margin = max(map(len, names), default=0) + 4
        room = max(self.options.width - _INDENT - margin, 20)
        texts = [self.wrap(f"= {self.maths.term(step.after)}", _INDENT) for step in steps]
        column = max((len(text[-1]) for text in texts if len(text[-1]) <= room), default=0)
        found = [Row(line) for line in self.wrap(self.maths.term(route.start), 2)]
        for step, name, text in zip(steps, names, texts, strict=True):
            *first, last = text
            found += [Row(" " * 2 + line) for line in first]
            if len(last) > room:
                found.append(Row(" " * 2 + last))
                last = ""
            found.append(Row(" " * 2 + last.ljust(column), name.ljust(margin - 4), step.verdict.status))
        return found

    def paint(self, text: str, style: str) -> Markup:
        """The text in the colour of that style, where colours are shown."""
        if not self.options.color or not text or style not in _STYLES:
            return Markup(text)
        return Markup(f"\x1b[{_STYLES[style]}m{text}\x1b[0m")

    def mark(self, status: str) -> Markup:
        """The mark of a verdict."""
        return self.paint(_MARKS.get(status, ""), status)

    def form(self, form: Form) -> str:
        """A form as an equation: dy = ... where it uses the output, else f'(x) = ..."""
        if form.kind == "implicit":
            return self.maths.term(form.term)
        left = DY if self.page.subject.output.name in form.uses else self.page.subject.prime
        return self.maths.term(equation(left, form.term))


def _render(subject: Subject, options: Options) -> str:
    page = Page(subject, load_sentences(options.language, options.templates))
    terminal = _Terminal(page, options)
    environment = make_environment(options.templates, escape=escape_text)
    environment.filters |= {"paint": terminal.paint, "mark": terminal.mark, "kept": Markup}
    route = subject.derivation.routes[0]
    values = {
        "derivation": subject.derivation,
        "definition": terminal.maths.term(equation(subject.applied, subject.derivation.definition)),
        "rows": terminal.rows(route),
        "forms": [(form, terminal.form(form), _named(terminal, form)) for form in subject.derivation.forms],
        "output": terminal.maths.term(equation(subject.output, subject.applied)),
        "summary": summary(route.steps),
    }
    text = render(environment, "text/derive.txt.j2", values)
    if options.ascii:
        text = "".join(_ASCII.get(letter, letter) for letter in text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _named(terminal: _Terminal, form: Form) -> str:
    return ", ".join(f"{name} = {terminal.maths.term(meaning)}" for name, meaning in form.named)


def write_term(term: Term) -> str:
    """A Term in plain notation."""
    return PlainMaths().term(term)


FORMAT = Format("text", ".txt", _render, whole=False)

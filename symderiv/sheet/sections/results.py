"""The answers: the boxed forms of the derivative, and the second derivative."""

from __future__ import annotations

from symderiv.derive.step import Form
from symderiv.notation.term import Term, call, sym
from symderiv.sheet.document import Block, Boxed, Formula, Maths, Paragraph, Prose, Section
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import listed
from symderiv.sheet.subject import Subject

Y, DY = sym("y"), sym("dy")


def result(page: Page) -> Section:
    """The named forms, each in a box, with what it is good for."""
    blocks: list[Block] = []
    for form in page.subject.derivation.forms:
        blocks += form_blocks(page, form, page.subject.prime)
    return Section("result", page.say("sheet.title.result"), tuple(blocks))


def form_blocks(page: Page, form: Form, left: Term) -> list[Block]:
    """One form: its box, the abbreviations in it, and a sentence."""
    label = page.say(f"sheet.result.{form.kind}")
    blocks: list[Block] = [
        Boxed(
            form_formula(page.subject, form, left),
            listed([label, page.mark(form.verdict)] if page.mark(form.verdict) else [label]),
        )
    ]
    if form.named and form.kind != "display":
        named = listed([(Maths(equals(sym(name), meaning)),) for name, meaning in form.named])
        blocks.append(Paragraph(page.say("sheet.result.abbreviation", list=named)))
    blocks.append(Paragraph(form_note(page, form)))
    return blocks


def spelled_out(subject: Subject, form: Form) -> Term:
    """The form with f(x) for y, and every abbreviation written out."""
    term = form.term
    for _ in form.named:  # one abbreviation may stand in another
        term = term.substitute(dict(form.named))
    return term.substitute({Y.name: subject.applied})


def shown_form(subject: Subject) -> Formula:
    """The derivative as people remember it: f'(x) = ..., the display form or else the last line."""
    form = subject.derivation.form("display")
    right = subject.derivation.result if form is None else spelled_out(subject, form)
    return equals(subject.prime, right)


def form_formula(subject: Subject, form: Form, left: Term) -> Formula:
    """dy = g(y), the implicit equation as it stands, or f'(x) = ..."""
    if form.kind == "implicit":
        return (form.term,)
    if form.kind == "display":
        return equals(left, spelled_out(subject, form))
    return equals(DY if "y" in form.term.free_symbols() else left, form.term)


def form_note(page: Page, form: Form) -> Prose:
    """What a form is for, and what it needs."""
    subject = page.subject
    values = {"y": Y, "f": subject.applied, "x": subject.variable}
    more = [name for name in form.uses if name != "y"]
    if form.kind == "output" and more:
        uses = listed([(Maths((_used(page, name),)),) for name in more])
        return page.say("sheet.result.output_more", uses=uses, **values)
    return page.say(f"sheet.result.{form.kind}_note", **values)


def _used(page: Page, name: str) -> Term:
    if name == page.subject.derivation.variable or not page.subject.catalog.find(name):
        return sym(name)
    return call(name, page.subject.variable)

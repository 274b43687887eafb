"""The answers: the boxed forms of the derivative, and the second derivative."""

from __future__ import annotations

from symderiv.derive.step import Form
from symderiv.notation.term import Term, call, sym
from symderiv.sheet.document import Block, Boxed, Formula, Maths, Paragraph, Prose, Section
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import Value, listed
from symderiv.sheet.subject import Subject

_RATIONAL = "with rational coefficients"
"""What the note of an implicit form says where only such right sides are excluded."""
_MOST_NODES = 60
"""A second derivative over the variable alone that is larger than this is left to the machine."""
_TWICE = 2
"""A second derivative exists at a breakpoint that is so smooth."""
DY = sym("dy")


def result(page: Page) -> Section:
    """The named forms, each in a box, with what it is good for."""
    blocks: list[Block] = []
    seen: set[Formula] = set()
    for form in page.subject.derivation.forms:
        formula = form_formula(page.subject, form, page.subject.prime, page.subject.output_derivative)
        if formula not in seen:
            blocks += [Paragraph(form_note(page, form)), *form_blocks(page, form, formula)]
        seen.add(formula)
    return Section("result", page.say("sheet.title.result"), tuple(blocks))


def second(page: Page) -> Section | None:
    """The second derivative in its forms."""
    forms = page.subject.derivation.second
    if not forms:
        return None
    intro = (
        "intro_kinks"
        if any((kink.smooth or 0) < _TWICE for kink in page.subject.derivation.kinks)
        else "intro"
    )
    blocks: list[Block] = [Paragraph(page.say(f"sheet.second.{intro}"))]
    seen: set[Formula] = set()
    for form in forms:
        if form.kind == "input" and len(forms) > 1 and sum(1 for _ in form.term.walk()) > _MOST_NODES:
            continue
        formula = form_formula(page.subject, form, *page.subject.second(form))
        if formula not in seen:
            blocks += form_blocks(page, form, formula)
        seen.add(formula)
    return Section("second", page.say("sheet.title.second"), tuple(blocks))


def form_blocks(page: Page, form: Form, formula: Formula) -> list[Block]:
    """One form: its box, and the abbreviations in it."""
    label = listed([page.say(f"sheet.result.{form.kind}"), *filter(None, [page.mark(form.verdict)])])
    terms = [part for part in formula if isinstance(part, Term)]
    short = page.shorthand.worth(terms)
    shown = tuple(short.written(part) if isinstance(part, Term) else part for part in formula)
    blocks: list[Block] = [Boxed(shown, label)]
    own = form.named if form.kind != "display" else ()
    named = [(Maths(equals(sym(name), meaning)),) for name, meaning in (*own, *short.letters)]
    if named:
        blocks.append(Paragraph(page.say("sheet.result.abbreviation", list=listed(named))))
    return blocks


def spelled_out(subject: Subject, form: Form) -> Term:
    """The form with f(x) for y, and every abbreviation written out."""
    return form.spelled_out.substitute({subject.output.name: subject.whole})


def shown_form(subject: Subject) -> Formula:
    """The derivative as people remember it: f'(x) = ..., the display form or else the last line."""
    form = subject.derivation.form("display")
    right = subject.derivation.result if form is None else spelled_out(subject, form)
    return equals(subject.prime, right)


def form_formula(subject: Subject, form: Form, left: Term, output: Term) -> Formula:
    """dy = g(y), the implicit equation as it stands, or f'(x) = ..."""
    if form.kind == "implicit":
        return (form.term.substitute({DY.name: output}),)
    if form.kind == "display":
        return equals(left, spelled_out(subject, form))
    return equals(output if subject.output.name in form.uses else left, form.term)


def form_note(page: Page, form: Form) -> Prose:
    """What a form is for, and what it needs."""
    subject = page.subject
    values: dict[str, Value] = {"y": subject.output, "f": subject.whole, "x": subject.variable, "dy": DY}
    more = [name for name in form.uses if name != subject.output.name]
    if form.kind == "output" and more:
        uses = listed([(Maths((_used(page, name),)),) for name in more])
        return page.say("sheet.result.output_more", uses=uses, **values)
    if form.kind == "implicit" and not form.note:
        return page.say("sheet.result.implicit_open", **values)
    if form.kind == "implicit" and _RATIONAL in form.note:
        return page.say("sheet.result.implicit_rational", **values)
    return page.say(f"sheet.result.{form.kind}_note", **values)


def _used(page: Page, name: str) -> Term:
    if name == page.subject.derivation.variable or not page.subject.catalog.find(name):
        return sym(name)
    return call(name, page.subject.variable)

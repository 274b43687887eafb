"""Vectors: both cases, the matrix, the products with a vector, sums of rows; the case of two classes."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.derive.vector import VectorFacts
from symderiv.derive.vector_facts import VectorStatement
from symderiv.notation.term import Term, sym
from symderiv.sheet.document import Block, Boxed, Display, Facts, Items, Maths, Paragraph, Prose, Section
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sections.steps import aligned
from symderiv.sheet.sentences import Value, listed

_REMARKS = ("row_sum", "column_sum", "symmetric")


def vectors(page: Page) -> list[Section]:
    """The Jacobian in components and as a matrix, and what follows from it."""
    facts = page.subject.derivation.vector
    if facts is None:
        return [section for section in (_gradient(page),) if section is not None]
    found = [Section("vectors", page.say("sheet.title.vectors"), tuple(_jacobian(page, facts)))]
    if facts.two_class is not None and facts.two_class.steps:
        blocks = (Paragraph(page.say("vectors.two_classes")), aligned(page, facts.two_class))
        found.append(Section("two-classes", page.say("sheet.title.two_classes"), blocks))
    return found


def _gradient(page: Page) -> Section | None:
    """The gradient of a number made of a vector, and the check at small sizes."""
    facts = page.subject.derivation.total
    if facts is None:
        return None
    blocks: list[Block] = []
    if facts.gradient is not None:
        blocks.append(Paragraph(page.say("vectors.gradient")))
        label = listed(
            [page.say("vectors.label.gradient"), *filter(None, [page.mark(facts.gradient.verdict)])]
        )
        blocks.append(Boxed(equals(facts.gradient.left, facts.gradient.right), label))
        if facts.named:
            named = [(Maths(equals(sym(name), meaning)),) for name, meaning in facts.named]
            blocks.append(Paragraph(page.say("sheet.result.abbreviation", list=listed(named))))
    checks = facts.crosscheck()
    if checks and all(check.agree == check.entries for check in checks):
        sizes = {"low": checks[0].size, "high": checks[-1].size}
        blocks.append(Paragraph(page.say("vectors.crosscheck_total", **sizes)))
    return Section("gradient", page.say("sheet.title.gradient"), tuple(blocks)) if blocks else None


def _jacobian(page: Page, facts: VectorFacts) -> list[Block]:
    record = page.subject.derivation.record
    slots: dict[str, Value] = {
        "jacobian": sym("J"),
        "entry": page.subject.derivative,
        "i": sym(record.index),
        "size": sym(record.size),
    }
    cases = tuple((equals(one.left, one.right), _case(page, one)) for one in facts.cases)
    blocks: list[Block] = [Paragraph(page.say("vectors.cases")), Display(cases)]
    blocks.append(Paragraph(page.say(f"vectors.layout_{facts.layout}", **slots)))
    blocks.append(Facts(tuple(_shape(page, facts, name, shape) for name, shape in facts.shapes)))
    for name in ("matrix", "vjp", "jvp"):
        one: VectorStatement | None = getattr(facts, name)
        if one is not None:
            blocks.append(Paragraph(page.say(f"vectors.{name}", **slots)))
            label = listed([page.say(f"vectors.label.{name}"), *filter(None, [page.mark(one.verdict)])])
            blocks.append(Boxed(equals(one.left, one.right), label))
    blocks += _remarks(page, facts, slots)
    fused = facts.cross_entropy
    if fused is not None:
        label = listed([page.say("vectors.label.fused"), *filter(None, [page.mark(fused.verdict)])])
        blocks.append(Paragraph(page.say("vectors.fused", **slots)))
        blocks.append(Boxed(equals(fused.left, fused.right), label))
    checks = facts.crosscheck()
    if checks and all(check.agree == check.entries for check in checks):
        sizes = {"low": checks[0].size, "high": checks[-1].size}
        blocks.append(Paragraph(page.say("vectors.crosscheck", **sizes)))
    return blocks


def _remarks(page: Page, facts: VectorFacts, slots: Mapping[str, Value]) -> list[Block]:
    """Sums of rows and columns, symmetry: those that hold."""
    remarks: list[tuple[Prose, Prose]] = []
    for name in _REMARKS:
        one: VectorStatement | None = getattr(facts, name)
        if one is not None:
            said = page.say(f"vectors.{name}", claim=Maths(equals(one.left, one.right)), **slots)
            remarks.append((said, page.proof(one.verdict, brief=True)))
    return [Items(tuple(remarks))] if remarks else []


def _case(page: Page, one: VectorStatement) -> Prose:
    key = {"i = j": "same", "i != j": "different"}.get(one.id)
    label = page.say(f"vectors.label.{key}") if key else ()
    return listed([part for part in (label, page.mark(one.verdict)) if part])


def _shape(page: Page, facts: VectorFacts, name: str, shape: tuple[str, ...]) -> tuple[Prose, Prose]:
    """A letter, its shape, and what it stands for."""
    meaning = dict(facts.named).get(name)
    key = "matrix" if len(shape) == 2 else "named" if meaning is not None else "vector"
    values: dict[str, Value] = {"rows": sym(shape[0]), "columns": sym(shape[-1])}
    if meaning is not None:
        values["meaning"] = meaning
    letter: Term = sym(name)
    return (Maths((letter,)),), page.say(f"vectors.shape.{key}", **values)

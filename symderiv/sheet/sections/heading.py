"""The head of a sheet: the function at a glance, its definition, its notation."""

from __future__ import annotations

from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, call, index, num, sym
from symderiv.sheet.document import (
    REALS,
    Block,
    Display,
    Facts,
    Formula,
    Maths,
    Paragraph,
    Prose,
    Section,
    Words,
)
from symderiv.sheet.sections import properties as facts
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sections.results import shown_form
from symderiv.sheet.sentences import listed, words

_MOST_NODES = 40
"""A derivative that is larger than this has no place in a line of a table."""


def _size(formula: Formula) -> int:
    return sum(1 for part in formula if isinstance(part, Term) for _ in part.walk())


def glance(page: Page) -> Section:
    """Name, aliases, symbol, domain and range, parameters, smoothness, kinks."""
    derivation, record = page.subject.derivation, page.subject.derivation.record
    rows: list[tuple[Prose, Prose]] = [(page.say("sheet.glance.name"), words(derivation.title))]
    if record.aliases:
        names = listed([(Words(alias, "code"),) for alias in record.aliases])
        rows.append((page.say("sheet.glance.aliases"), names))
    plain = call(derivation.name, page.subject.variable)
    shown: Prose = (Maths((page.subject.applied,)), Words(", "), Words(str(plain), "code"))
    rows.append((page.say("sheet.glance.symbol"), shown))
    derivative = shown_form(page.subject)
    if _size(derivative) <= _MOST_NODES:
        rows.append((page.say("sheet.glance.derivative"), (Maths(derivative),)))
    rows += [(page.say(f"sheet.glance.{key}"), prose) for key, prose in _found(page) if prose]
    return Section("glance", (), (Facts(tuple(rows)),))


def _found(page: Page) -> list[tuple[str, Prose]]:
    """What was found, under its labels; empty where nothing is known."""
    derivation = page.subject.derivation
    if derivation.record.is_total:
        said = page.say("sheet.glance.map_total", size=sym(derivation.record.size))
        return [("map", said)]
    if derivation.record.is_vector:
        said = page.say("sheet.glance.map_vector", size=sym(derivation.record.size))
        return [("map", said), ("parameters", parameters(page))]
    domain, values = facts.domain(page), facts.value_range(page)
    letter = sym(derivation.name)
    shown = Maths((letter, ":", *domain, "→", *values)) if domain and values else None
    breaks = listed([(Maths(equals(page.subject.variable, kink.at)),) for kink in derivation.kinks])
    return [
        ("map", (shown,) if shown else ()),
        ("parameters", parameters(page)),
        ("smoothness", facts.smoothness(page)),
        ("kinks", breaks or (page.say("sheet.glance.none") if page.subject.properties else ())),
    ]


def parameters(page: Page) -> Prose:
    """Each parameter with what is assumed of it, each constant with its value."""
    derivation = page.subject.derivation
    constants = dict(derivation.record.constants)
    return listed(
        [
            _constant(name, constants[name]) if name in constants else page.assumption(sym(name), kind)
            for name, kind in derivation.parameters
        ]
    )


def _constant(name: str, value: Term) -> Prose:
    """`lambda ≈ 1.0507`: a long decimal is written out at the definition only."""
    if value.kind != "number" or len(value.name) <= facts.SHOWN_DIGITS + 1:
        return (Maths(equals(sym(name), value)),)
    return (Maths((sym(name), "≈", read_plain(facts.shorten(value.name)))),)


def _domain(page: Page) -> Prose:
    record, variable = page.subject.derivation.record, page.subject.variable
    target: Prose = (Maths((sym(record.target),)),)
    if record.is_total:
        ends = {"first": index(variable, num(1)), "last": index(variable, sym(record.size))}
        return page.say("sheet.definition.intro_total", variable=variable, target=target, **ends)
    if record.target:
        domain = facts.domain(page) or (REALS,)
        return page.say("sheet.definition.intro_target", variable=variable, domain=domain, target=target)
    if page.subject.derivation.record.is_vector:
        return page.say("sheet.definition.intro_vector")
    domain = facts.domain(page) or (REALS,)
    return page.say("sheet.definition.intro", variable=page.subject.variable, domain=domain)


def definition(page: Page) -> Section:
    """The definition, and other ways to write it with the proof of each."""
    derivation, subject = page.subject.derivation, page.subject
    blocks: list[Block] = [
        Paragraph(_domain(page)),
        Display(((equals(subject.applied, derivation.definition), ()),)),
    ]
    if subject.is_primitive:
        plain = Words(str(derivation.definition), "code")
        blocks = [Paragraph(page.say("sheet.definition.primitive", f=subject.applied, plain=plain))]
    if derivation.record.conditions:
        said = listed([(Maths((one,)),) for one in derivation.record.conditions])
        blocks.append(Paragraph(page.say("sheet.definition.conditions", list=said)))
    if derivation.record.constants:
        values = [(equals(sym(name), value), ()) for name, value in derivation.record.constants]
        blocks += [Paragraph(page.say("sheet.definition.constants")), Display(tuple(values))]
    if derivation.equivalents:
        blocks.append(Paragraph(page.say("sheet.definition.equivalents")))
        lines = [(equals(subject.applied, t), page.proof(v)) for t, v in derivation.equivalents]
        blocks.append(Display(tuple(lines)))
    return Section("definition", page.say("sheet.title.definition"), tuple(blocks))

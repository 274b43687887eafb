"""The head of the page: the equations, what is given, the drawing; and the forward pass with its numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from flint import fmpq

from symderiv.network.model import Node, Place, entry
from symderiv.network.values import Values, ball
from symderiv.notation.term import Term, equation, num, sym
from symderiv.prove.balls import Number
from symderiv.sheet.backprop.page import MOST_SHOWN, NetPage, by_pattern, some
from symderiv.sheet.backprop.shown import figures
from symderiv.sheet.document import (
    Aligned,
    Block,
    Display,
    Facts,
    Formula,
    Line,
    Maths,
    Paragraph,
    Prose,
    Section,
    Sign,
    Table,
    Words,
)
from symderiv.sheet.sections.page import equals
from symderiv.sheet.sentences import Value, listed

_MOST_GIVEN, _IN_A_ROW, _GIVEN_DIGITS = 24, 4, 17
_ROWS, _COLUMNS = 8, 6
"""A matrix is shown up to that size; of a larger one, its corner."""


def network(page: NetPage) -> Section:
    """The equations, the parameters, the given numbers."""
    net = page.worked.network
    lines = []
    for first, names in _equations(page):
        node = net.by_name[first]
        shown = equals(page.shown.term(node.whole), page.shown.term(node.body))
        lines.append((shown, _range(page, node, names)))
    blocks: list[Block] = [Paragraph(page.say("network.intro")), Display(tuple(lines))]
    blocks += _given(page)
    blocks.append(Facts(tuple(_facts(page))))
    return Section("network", page.say("title.network"), tuple(blocks))


def _equations(page: NetPage) -> list[tuple[str, list[str]]]:
    nodes = page.worked.network.nodes
    if len(nodes) <= MOST_SHOWN:
        return [(node.name, [node.name]) for node in nodes]
    return list(by_pattern((node.name, (node.whole, node.body)) for node in nodes))


def _range(page: NetPage, node: Node, names: list[str]) -> Prose:
    """k = 1, ..., K at the margin; or how many equations look like this one."""
    if len(names) > 1:
        return page.say("network.pattern", count=len(names))
    sizes = page.worked.network.sizes.get(node.name, ())
    parts: list[Prose] = [
        page.say("network.range", letter=sym(letter), size=page.shown.term(size))
        for letter, size in zip(node.indices, sizes, strict=True)
    ]
    return listed(parts)


def _facts(page: NetPage) -> list[tuple[Prose, Prose]]:
    net = page.worked.network
    rows: list[tuple[Prose, Prose]] = [
        (page.say("network.loss"), (Maths((page.shown.term(sym(net.loss)),)),)),
        (page.say("network.parameters"), _names(page, net.parameters)),
    ]
    if net.rate is not None:
        rows.append((page.say("network.rate"), (Maths((_plain(net.rate),)),)))
    if net.numbers:
        sizes = [(Maths(equals(page.shown.term(sym(n)), num(v))),) for n, v in sorted(net.numbers.items())]
        rows.append((page.say("network.sizes"), listed(sizes)))
    return rows


def _given(page: NetPage) -> list[Block]:
    """x = 0.5, y = 1.5, ...: the single numbers, a few in a row."""
    names = [name for name in page.worked.network.given if not page.worked.network.letters_of(name)]
    if not names:
        return []
    lines: list[tuple[Formula, Prose]] = []
    for start in range(0, min(len(names), _MOST_GIVEN), _IN_A_ROW):
        formula: list[Term | Sign] = []
        for name in names[start : start + _IN_A_ROW]:
            value = page.number(name, _GIVEN_DIGITS)
            assert value is not None
            formula += [","] if formula else []
            formula.append(equation(page.shown.term(sym(name)), value.term))
        lines.append((tuple(formula), ()))
    more = [Paragraph(page.say("network.more", count=len(names)))] if len(names) > _MOST_GIVEN else []
    return [Paragraph(page.say("network.given")), Display(tuple(lines)), *more]


def _names(page: NetPage, names: tuple[str, ...]) -> Prose:
    shown: list[Prose] = []
    for name in names[:MOST_SHOWN]:
        shape = page.worked.network.sizes.get(name, ())
        parts: list[Prose] = [(Maths((page.shown.term(sym(name)),)),)]
        if shape:
            parts.append(page.say("network.shape", shape=_shape(page, shape)))
        shown.append(listed(parts, " "))
    if len(names) > MOST_SHOWN:
        shown.append(page.say("network.more", count=len(names)))
    return listed(shown)


def _shape(page: NetPage, sizes: tuple[Term, ...]) -> Prose:
    return listed([(Maths((page.shown.term(size),)),) for size in sizes], " × ")


def _plain(value: Fraction) -> Term:
    return figures(fmpq(value.numerator, value.denominator), 12).term


def forward(page: NetPage) -> Section | None:
    """Every equation with numbers put in, in the order of evaluation."""
    numbers, net = page.worked.numbers, page.worked.network
    if numbers is None:
        return None
    blocks: list[Block] = [Paragraph(page.say("forward.intro"))]
    for first, names in _equations(page):
        node = net.by_name[first]
        values = numbers.forward[first]
        if node.indices:
            blocks += _indexed(page, node, values)
        else:
            blocks.append(scalar_line(page, node.whole, node.body, values[()]))
        if len(names) > 1:
            blocks.append(summary(page, names, {name: numbers.forward[name][()] for name in names}))
    blocks += given_tables(page)
    return Section("forward", page.say("title.forward"), tuple(blocks))


def scalar_line(page: NetPage, left: Term, body: Term, value: Number) -> Aligned:
    """z = w x + b = 0.3·0.5 + 0.1 = 0.25."""
    lines = [Line(page.shown.term(body)), *page.in_numbers(body, figures(value))]
    return Aligned(page.shown.term(left), tuple(lines))


def _indexed(page: NetPage, node: Node, values: Values) -> list[Block]:
    left = page.shown.term(node.whole)
    blocks: list[Block] = [Display(((equals(left, page.shown.term(node.body)), ()),))]
    blocks.append(table(page, node.name, values))
    return blocks


def table(page: NetPage, name: str, values: Values, label: Term | None = None) -> Table:
    """The values of a vector or a matrix; the corner of a large one, its size said."""
    shape = page.worked.network.shape(name)
    base = page.shown.term(sym(name)) if label is None else label
    columns = shape[-1] if shape else 1
    rows = _row_places(shape)
    wide = min(columns, _COLUMNS)
    more_columns = columns > wide
    head: list[Prose] = [(Maths((base,)),)]
    head += [(Maths((num(k),)),) for k in range(1, wide + 1)]
    head += [((Words("..."),))] if more_columns else []
    body: list[tuple[Prose, ...]] = []
    for place in rows[:_ROWS]:
        cells: list[Prose] = [_row_name(place)]
        cells += [(Maths((figures(values[(*place, k)]).term,)),) for k in range(1, wide + 1)]
        cells += [(Words("..."),)] if more_columns else []
        body.append(tuple(cells))
    if len(rows) > _ROWS:
        body.append(tuple([(Words("..."),)] + [()] * (len(head) - 1)))
    return Table(tuple(head), tuple(body), "l" + "r" * (len(head) - 1))


def _row_places(shape: tuple[int, ...]) -> list[Place]:
    return list(product(*(range(1, size + 1) for size in shape[:-1])))


def _row_name(place: Place) -> Prose:
    return listed([(Maths((num(k),)),) for k in place]) if place else ()


def given_tables(page: NetPage) -> list[Block]:
    """Given vectors and matrices."""
    numbers, net = page.worked.numbers, page.worked.network
    assert numbers is not None
    found: list[Block] = []
    for name, array in net.given.items():
        if array.shape:
            values = {place: numbers.of(entry(name, tuple(map(num, place)))) for place in array.entries}
            found.append(table(page, name, values))
    return [Paragraph(page.say("forward.given")), *found] if found else []


def summary(page: NetPage, names: list[str], values: dict[str, Number]) -> Block:
    """Numbers of one pattern: the first ones, and between which ends all of them lie."""
    shown = [(Maths(_equals_or_about(page, name, values[name])),) for name in names[1 : 1 + MOST_SHOWN // 2]]
    ordered = sorted(values.values(), key=lambda one: float(ball(one).mid()))
    low, high = figures(ordered[0]), figures(ordered[-1])
    slots: dict[str, Value] = {
        "count": len(names),
        "list": some(shown, len(names) - 1),
        "low": low.term,
        "high": high.term,
    }
    return Paragraph(page.say("forward.likewise", **slots))


def _equals_or_about(page: NetPage, name: str, value: Number) -> Formula:
    """z_2 = 0.25, or z_2 ≈ 0.562177."""
    found = figures(value)
    return (page.shown.term(sym(name)), *found.tail)

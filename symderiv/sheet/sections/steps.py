"""The derivation itself: the rules it uses, its routes line by line, and how they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.derive.step import Bridge, Route, Step
from symderiv.notation.term import Term
from symderiv.sheet.document import Aligned, Block, Brace, Display, Entry, Line, Paragraph, Rules, Section
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import listed
from symderiv.sheet.shorthand import NONE, Shorthand

_TRANSPARENT = frozenset({"add", "neg", "mul", "div", "equation"})
"""Where a brace under a part cannot hide a bracket that the part needs."""
FOLDS = frozenset({"recognise"})
"""Rules that put a name in the place of a formula."""


def rules_used(page: Page) -> Section | None:
    """The rules that the lines cite, numbered in the order of first use, each with its statement."""
    entries = []
    for rule in page.numbers:
        said = page.sentences.rule(rule)
        entries.append(Entry(page.cite(rule), said.statement, said.text))
    if not entries:
        return None
    return Section("rules", page.say("sheet.title.rules"), (Rules(tuple(entries)),))


def derivation(page: Page) -> list[Section]:
    """A section for the derivation; with several routes, a part for each and one for the bridge."""
    routes = page.subject.derivation.routes
    intro = Paragraph(page.say("sheet.derivation.main"))
    title = page.say("sheet.title.derivation")
    if len(routes) == 1:
        return [Section("derivation", title, (intro, *route_blocks(page, routes[0])))]
    found = [Section("derivation", title, (intro,))]
    for number, route in enumerate(routes, start=1):
        name = page.say("sheet.title.route", number=number, name=page.say(f"routes.{told(route)}.name"))
        found.append(Section(f"route-{route.id}", name, route_blocks(page, route), level=2))
    bridges = page.subject.derivation.bridges
    if bridges:
        found.append(Section("bridge", page.say("sheet.title.bridge"), _bridges(page, bridges), level=2))
    return found


def told(route: Route) -> str:
    """The id under which a route is told: one that follows another definition is not the direct one."""
    first = route.steps[0].rule if route.steps else ""
    return "equivalent" if route.id == "direct" and first == "equivalent-definition" else route.id


def route_blocks(page: Page, route: Route) -> tuple[Block, ...]:
    """What to know first, and the lines."""
    blocks: list[Block] = []
    key = f"routes.{told(route)}.text"
    if page.sentences.has(key):
        blocks.append(Paragraph(page.say(key)))
    first = dict(route.steps[0].bindings) if route.steps else {}
    short = page.shorthand.worth([step.after for step in route.steps])
    if short.letters:
        blocks.append(Paragraph(page.say("sheet.derivation.put", list=page.put(short))))
    if route.id == "implicit" and {"u", "v"} <= set(first):
        freed = equals(short.written(first["u"]), short.written(first["v"]))
        blocks.append(Display(((freed, ()),)))
        blocks.append(Paragraph(page.say("routes.implicit.solved")))
    blocks.append(aligned(page, route, short))
    return tuple(blocks)


def aligned(page: Page, route: Route, short: Shorthand = NONE) -> Aligned:
    """The lines of a route; what the next line recognises is marked with a brace."""
    lines: list[Line] = []
    for position, step in enumerate(route.steps):
        following = route.steps[position + 1 : position + 2]
        braces = tuple(
            (path, short.written(label))
            for after in following
            if after.rule in FOLDS
            for path, label in replaced(step.after, after.after, page.subject.equal)
            if not short.hides(step.after, path)
        )
        shown = short.written(step.after)
        inner = tuple(small(page, child, short) for child in step.children)
        lines.append(Line(shown, page.cite(step.rule), step.verdict.status, braces, inner))
    return Aligned(short.written(route.start), tuple(lines))


def small(page: Page, step: Step, short: Shorthand) -> Line:
    """A step within a step."""
    inner = tuple(small(page, child, short) for child in step.children)
    return Line(short.written(step.after), page.cite(step.rule), step.verdict.status, children=inner)


def replaced(before: Term, after: Term, equal: Callable[[Term, Term], bool]) -> tuple[Brace, ...]:
    """The largest parts of `before` that `after` writes otherwise, with what stands there instead.

    None where the whole formula changes, or where a part is not proved equal to what replaces it: there
    is nothing to point at.
    """
    found = tuple(_replaced(before, after, ()))
    if any(path == () or not equal(before.part(path), label) for path, label in found):
        return ()
    return found


def _replaced(before: Term, after: Term, path: tuple[int, ...]) -> Iterator[Brace]:
    if before == after:
        return
    same = (before.kind, before.name, len(before.args)) == (after.kind, after.name, len(after.args))
    if not same or before.kind not in _TRANSPARENT:
        yield path, after
        return
    for position, (old, new) in enumerate(zip(before.args, after.args, strict=True)):
        yield from _replaced(old, new, (*path, position))


def _bridges(page: Page, bridges: tuple[Bridge, ...]) -> tuple[Block, ...]:
    """What the rules leave on each route, equal to what they leave on the first."""
    lines = []
    ways = {route.id: told(route) for route in page.subject.derivation.routes}
    differing = [bridge for bridge in bridges if bridge.left != bridge.right]
    short = page.shorthand.worth([side for bridge in differing for side in (bridge.left, bridge.right)])
    for bridge in differing:
        name = page.say(f"routes.{ways[bridge.routes[1]]}.name")
        sides = equals(short.written(bridge.left), short.written(bridge.right))
        lines.append((sides, listed([name, page.proof(bridge.verdict)])))
    if not lines:
        return (Paragraph(page.say("sheet.derivation.bridge_same")),)
    said = Paragraph(page.say("sheet.derivation.bridge")), Display(tuple(lines))
    if not short.letters:
        return said
    return *said, Paragraph(page.say("sheet.result.abbreviation", list=page.put(short)))

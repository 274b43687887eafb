"""`scene(shown)`: the graph of a network in layers from left to right, in millimetres.

A box holds a name, its value and its δ; an edge carries the local derivative, the factor that goes back
along it. Where there are more boxes than a page can show, names that differ by their numbers share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from symderiv.network.worked import Worked
from symderiv.notation.term import Term, sym
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.backprop.shown import Shown, figures

BOX_WIDTH, COLUMN, ROW = 20.0, 36.0, 17.0
_LINE = 4.2
_PADDING = 2.2
_MOST_BOXES = 18
_MOST_LABEL = 12
_SWEEPS = 6
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of mathematics twice: in LaTeX and in plain letters."""

    latex: str
    plain: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around (x, y); `kind` is `computed`, `parameter` or `given`."""

    x: float
    y: float
    height: float
    kind: str
    lines: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from the right side of one box to the left side of another, by way of bends."""

    points: tuple[tuple[float, float], ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class Scene:
    """Boxes and edges, the lower left corner at the origin."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


@dataclass
class _Graph:
    """Names or groups of names, their edges, and in which layer each stands."""

    members: dict[str, list[str]]
    edges: dict[tuple[str, str], None]
    layers: dict[str, int] = field(default_factory=dict)


def scene(shown: Shown) -> Scene:
    """The drawing of a worked network."""
    graph = _graph(shown.worked)
    columns = _columns(graph)
    heights = {
        name: _height(shown, graph, name) for column in columns for name in column if name in graph.members
    }
    tallest = max(
        sum(heights.get(name, 6.0) for name in column) + 5.0 * (len(column) + 1) for column in columns
    )
    tallest = max(tallest, ROW)
    places: dict[str, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        step = tallest / len(column)
        for row, name in enumerate(column):
            places[name] = BOX_WIDTH / 2 + number * COLUMN, tallest - step * (row + 0.5)
    boxes = tuple(
        Box(
            *places[name], heights[name], _kind(shown.worked, graph.members[name]), _lines(shown, graph, name)
        )
        for column in columns
        for name in column
        if name in graph.members
    )
    edges = tuple(_edge(shown, graph, places, start, end) for start, end in graph.edges)
    return Scene(BOX_WIDTH + (len(columns) - 1) * COLUMN, tallest, boxes, edges)


def _graph(worked: Worked) -> _Graph:
    network = worked.network
    sizes = {size.name for row in network.sizes.values() for size in row if size.kind == "symbol"}
    sizes |= set(network.numbers)
    uses = {node.name: sorted(node.body.free_symbols() - sizes - set(node.indices)) for node in network.nodes}
    names = list(dict.fromkeys([*(n for used in uses.values() for n in used), *uses]))
    many = len(names) > _MOST_BOXES
    stem = {name: _DIGITS.sub("#", name) if many else name for name in names}
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(stem[name], []).append(name)
    edges = {
        (stem[used], stem[name]): None
        for name, inner in uses.items()
        for used in inner
        if stem[used] != stem[name]
    }
    return _Graph(members, edges)


def _columns(graph: _Graph) -> list[list[str]]:
    """Layers from the inputs to the loss; long edges bend at stand-ins; few crossings."""
    into: dict[str, list[str]] = {name: [] for name in graph.members}
    out: dict[str, list[str]] = {name: [] for name in graph.members}
    for start, end in graph.edges:
        into[end].append(start)
        out[start].append(end)
    layer: dict[str, int] = {}

    def depth(name: str, trail: frozenset[str]) -> int:
        if name not in layer:
            deeper = [depth(one, trail | {name}) for one in into[name] if one not in trail]
            layer[name] = 1 + max(deeper) if deeper else 0
        return layer[name]

    for name in graph.members:
        depth(name, frozenset({name}))
    for name in graph.members:
        if not into[name] and out[name]:
            layer[name] = max(0, min(layer[one] for one in out[name]) - 1)
    graph.layers = layer
    columns: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for name in graph.members:
        columns[layer[name]].append(name)
    links = [link for start, end in graph.edges for link in _links(graph, columns, start, end)]
    for _ in range(_SWEEPS):
        for forward in (True, False):
            _sweep(columns, links, forward=forward)
    return columns


def _links(graph: _Graph, columns: list[list[str]], start: str, end: str) -> list[tuple[str, str]]:
    """The pieces of an edge from layer to layer; stand-ins are put into the columns between."""
    between = [f"{start}>{end}@{k}" for k in range(graph.layers[start] + 1, graph.layers[end])]
    for offset, name in enumerate(between):
        columns[graph.layers[start] + 1 + offset].append(name)
    stops = [start, *between, end]
    return list(pairwise(stops))


def _sweep(columns: list[list[str]], links: Sequence[tuple[str, str]], *, forward: bool) -> None:
    """Each column in the order of the mean places of its neighbours."""
    order = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
    for number in order:
        other = columns[number - 1 if forward else number + 1]
        place = {name: (k + 0.5) / len(other) for k, name in enumerate(other)}
        own = {name: (k + 0.5) / len(columns[number]) for k, name in enumerate(columns[number])}

        def mean(name: str, place: Mapping[str, float] = place, own: Mapping[str, float] = own) -> float:
            near = [
                place[a if forward else b]
                for a, b in links
                if (b if forward else a) == name and (a if forward else b) in place
            ]
            return sum(near) / len(near) if near else own[name]

        columns[number].sort(key=mean)


def _kind(worked: Worked, members: Iterable[str]) -> str:
    first = next(iter(members))
    if first in worked.network.by_name:
        return "computed"
    return "parameter" if first in worked.network.parameters else "given"


def _height(shown: Shown, graph: _Graph, name: str) -> float:
    return len(_lines(shown, graph, name)) * _LINE + 2 * _PADDING


def _lines(shown: Shown, graph: _Graph, name: str) -> tuple[Label, ...]:
    """Name, value and δ; for a group its first and last name; for a vector its size."""
    members, worked = graph.members[name], shown.worked
    first = members[0]
    letter = shown.term(sym(first))
    if len(members) > 1:
        last = shown.term(sym(members[-1]))
        latex = rf"{shown.latex(sym(first))}, \ldots, {shown.latex(sym(members[-1]))}"
        return (Label(latex, f"{letter} ... {last}"),)
    lines = [Label(shown.latex(sym(first)), str(letter))]
    sizes = worked.network.sizes.get(first, ())
    if sizes:
        latex = r" \times ".join(shown.latex(size) for size in sizes)
        return (*lines, Label(latex, " × ".join(map(str, sizes))))
    numbers = worked.numbers
    if numbers is not None and (first in numbers.forward or first in worked.network.given):
        lines.append(_about(shown, figures(numbers.of(sym(first))).term))
        if first in numbers.deltas:
            value = figures(numbers.deltas[first][()]).term
            delta = shown.latex(sym(worked.backward.by_name[first].symbol))
            lines.append(Label(f"{delta} = {shown.latex(value)}", f"δ = {write_plain(value)}"))
    return tuple(lines)


def _about(shown: Shown, term: Term) -> Label:
    return Label(shown.latex(term), write_plain(term).replace("*10**", "e"))


def _edge(
    shown: Shown, graph: _Graph, places: Mapping[str, tuple[float, float]], start: str, end: str
) -> Edge:
    middle = [places[f"{start}>{end}@{k}"] for k in range(graph.layers[start] + 1, graph.layers[end])]
    (x0, y0), (x1, y1) = places[start], places[end]
    points = [(x0 + BOX_WIDTH / 2, y0)]
    for x, y in middle:
        points += [(x - BOX_WIDTH / 2, y), (x + BOX_WIDTH / 2, y)]
    points.append((x1 - BOX_WIDTH / 2, y1))
    return Edge(tuple(points), _factor(shown, graph, start, end))


def _factor(shown: Shown, graph: _Graph, start: str, end: str) -> Label | None:
    """The local derivative along an edge: its number, or its formula where that is short."""
    if len(graph.members[start]) > 1 or len(graph.members[end]) > 1:
        return None
    adjoint = shown.worked.backward.by_name.get(graph.members[start][0])
    local = (
        next((one for one in adjoint.locals if one.of == graph.members[end][0]), None) if adjoint else None
    )
    if local is None:
        return None
    indexed = any(node.kind in ("index", "sum") for node in local.value.walk()) or local.row
    numbers = shown.worked.numbers
    if not indexed and numbers is not None and local.start.args[1].kind == "symbol":
        return _about(shown, figures(numbers.of(shown.worked.meaning.unfolded(local.value)), 4).term)
    term = shown.term(local.value)
    plain = write_plain(term)
    return Label(shown.latex(local.value), plain) if len(plain) <= _MOST_LABEL else None

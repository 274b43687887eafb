"""`assemble(draft, catalog)`: equations read, put in order, and refused where they do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from symderiv.catalog import Catalog
from symderiv.derive.vector_moves import fresh_letter
from symderiv.errors import NetworkError, Span, SymderivError
from symderiv.network.model import Array, Network, Node
from symderiv.network.shapes import axes, infer, settled, size_symbols
from symderiv.network.toml_file import Draft
from symderiv.notation import names
from symderiv.notation.names import suggest
from symderiv.notation.term import Term, index, sym

_NAME = re.compile(r"\s*([A-Za-z_]\w*)")
_MOST_EQUATIONS = 2_000


def assemble(draft: Draft, catalog: Catalog) -> Network:
    """The network of a draft. Raises `NetworkError`, with the line."""
    return _Assembly(draft, catalog).network()


class _Assembly:
    def __init__(self, draft: Draft, catalog: Catalog) -> None:
        self.draft, self.catalog, self.source = draft, catalog, draft.source
        self.vectors = frozenset(
            word for word in sorted(catalog.callables()) if (record := catalog.find(word)) and record.size
        )

    def network(self) -> Network:
        nodes = self._with_vectors([self._read(text, span) for text, span in self.draft.equations])
        self._distinct(nodes)
        found = axes(self.draft, nodes, self.vectors)
        sizes = size_symbols(nodes)
        self._defined(nodes, sizes)
        ordered = self._ordered(nodes)
        self._ends(ordered, found, sizes)
        shapes = infer(self.draft, ordered, self.vectors)
        numeric = bool(self.draft.given)
        indexed = {name: count for name, count in found.items() if count}
        try:
            extents, numbers = settled(shapes, indexed, numeric=numeric)
        except NetworkError as error:
            raise self.source.error(error.message) from error
        for name, span in sizes.items():
            if numeric and name not in numbers:
                raise self.source.error(f"the size {name} has no value", span, hint=f"[given] {name} = 3")
        values = {name: array for name, array in self.draft.given.items() if name not in sizes}
        return Network(
            name=self.draft.name,
            title=self.draft.title,
            nodes=ordered,
            loss=self.draft.loss,
            parameters=self.draft.parameters,
            rate=self.draft.rate,
            given={**self._defaults(ordered, values), **values},
            sizes=extents,
            numbers=numbers,
            catalog=self.catalog,
            functions=self.draft.functions,
            letters=_letters(ordered, found),
        )

    # -- reading ---------------------------------------------------------------------------------------

    def _read(self, text: str, span: Span | None) -> Node:
        if len(self.draft.equations) > _MOST_EQUATIONS:
            raise self.source.error(f"more than {_MOST_EQUATIONS:,} equations")
        declared = {match[1] for one, _ in self.draft.equations if (match := _NAME.match(one))}
        declared |= {*self.draft.given, *self.draft.parameters}
        try:
            term = self.catalog.read(text, functions=self.draft.functions, symbols=declared)
        except SymderivError as error:
            raise self._misread(error, span) from error
        if term.kind != "equation":
            raise self.source.error(f"no equation: {text!r}", span, hint="as in z = w*x + b")
        left, body = term.args[0], term.args[1].rebuild(self._loss)
        base, places = (left.args[0], left.args[1:]) if left.kind == "index" else (left, ())
        if base.kind != "symbol" or any(at.kind != "symbol" for at in places):
            hint = "write z = ..., or z[k] = ... for every k; single entries are names of their own, as z_1"
            raise self.source.error(f"{left} is no name to define", span, hint=hint)
        letters = tuple(at.name for at in places)
        if len(set(letters)) < len(letters) or base.name in letters:
            raise self.source.error(f"the indices of {left} must be different letters", span)
        if body.kind in ("equation", "relation", "and", "or") or any(n.kind == "diff" for n in body.walk()):
            raise self.source.error(f"the right side of {base.name} is no formula", span)
        self._indices(body, frozenset(letters), span)
        return Node(base.name, letters, body, text, span)

    def _loss(self, node: Term) -> Term | None:
        """A loss of the catalogue by its definition; its target is data under its own name."""
        record = self.catalog.find(node.name) if node.kind == "call" and not node.order else None
        if record is None or not record.target or len(node.args) != 1:
            return None
        inner = node.args[0].rebuild(self._loss)
        if record.size and inner.kind != "symbol":
            return None
        return record.concrete.substitute({record.variable: inner})

    def _misread(self, error: SymderivError, span: Span | None) -> NetworkError:
        """The reader's error, its place moved from the equation into the file."""
        where = span
        if span is not None and error.span is not None:
            where = (span[0] + error.span[0], span[0] + error.span[1])
        return self.source.error(error.message, where, hint=error.hint)

    def _indices(self, term: Term, bound: frozenset[str], span: Span | None) -> None:
        """Every index letter is bound: by the left side or by a sum."""
        if term.kind == "index":
            for at in term.args[1:]:
                loose = sorted(at.free_symbols() - bound)
                if loose:
                    hint = f"write {term.args[0]}[{loose[0]}] = ... on the left, or sum over {loose[0]}"
                    raise self.source.error(f"the index {loose[0]!r} has no range", span, hint=hint)
        if term.kind == "sum":
            bound = bound | {term.args[1].name}
        for arg in term.args:
            self._indices(arg, bound, span)

    def _with_vectors(self, nodes: list[Node]) -> tuple[Node, ...]:
        """p = softmax(z) as p[i] = softmax(z)[i], a = sigmoid(z) as a[i] = sigmoid(z[i]), for a vector z."""
        vectors = {name for name, array in self.draft.given.items() if len(array.shape) == 1}
        vectors |= {node.name for node in nodes if len(node.indices) == 1}
        found: list[Node] = []
        for node in nodes:
            body = node.body
            whole = body.kind == "call" and [arg.kind for arg in body.args] == ["symbol"]
            if not node.indices and whole and body.args[0].name in vectors:
                found.append(self._entry_by_entry(node))
            else:
                found.append(node)
            if found[-1].indices:
                vectors.add(node.name)
        return tuple(found)

    def _entry_by_entry(self, node: Node) -> Node:
        """f(z) for a vector z: its component, the function of each entry, or a number as it is."""
        letter = fresh_letter(frozenset({node.name, *self.draft.given}))
        at = sym(letter)
        record = self.catalog.find(node.body.name)
        if record is not None and record.is_vector:
            return replace(node, indices=(letter,), body=index(node.body, at))
        if record is not None and record.size:
            return node
        return replace(node, indices=(letter,), body=node.body.with_args(index(node.body.args[0], at)))

    # -- what fits together ----------------------------------------------------------------------------

    def _distinct(self, nodes: Iterable[Node]) -> None:
        seen: dict[str, Node] = {}
        for node in nodes:
            if node.name in seen:
                raise self.source.error(f"{node.name} is defined twice", node.span)
            if node.name in self.draft.given:
                raise self.source.error(f"{node.name} is given and defined, too", node.span)
            if node.name in names.CONSTANTS and node.name in node.body.symbols():
                raise self.source.error(f"{node.name} refers to itself", node.span)
            seen[node.name] = node
        for name in self.draft.parameters:
            if name in seen:
                message = f"the parameter {name} is computed: parameters are given, not defined"
                raise self.source.error(message, seen[name].span)

    def _defined(self, nodes: tuple[Node, ...], sizes: dict[str, Span | None]) -> None:
        """Every name is defined, given, or, in a network of symbols, a letter of its own."""
        if not self.draft.given:
            return
        known = {node.name for node in nodes} | set(self.draft.given) | set(sizes)
        for node in nodes:
            for name in sorted(self._needed(node.body) - set(node.indices) - known):
                span = _occurrence(node, name)
                if name in self.draft.parameters:
                    hint = f"[given] {name} = 0.1"
                    raise self.source.error(f"the parameter {name} has no value", span, hint=hint)
                hint = suggest(name, known) or "an equation defines it, or a value under [given]"
                raise self.source.error(f"{name!r} is not defined", span, hint=hint)

    def _needed(self, body: Term) -> frozenset[str]:
        """Free names, those of catalogue parameters without a usual value included."""
        found = set(body.free_symbols())
        for node in body.walk():
            record = self.catalog.find(node.name) if node.kind == "call" else None
            if record is not None and node.name not in names.FUNCTIONS:
                usual = {name for name, _ in record.defaults}
                found |= {name for name, _ in record.parameters if name not in usual}
        return frozenset(found)

    def _defaults(self, nodes: tuple[Node, ...], values: dict[str, Array]) -> dict[str, Array]:
        """Usual values of catalogue parameters that nothing else gives."""
        if not values:
            return {}
        taken = {node.name for node in nodes} | set(values)
        found: dict[str, Array] = {}
        for node in nodes:
            for part in node.body.walk():
                record = self.catalog.find(part.name) if part.kind == "call" else None
                for name, value in record.defaults if record is not None else ():
                    if name not in taken and value.kind == "number":
                        found[name] = Array((), {(): value.value()})
        return found

    def _ordered(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """In an order in which each uses earlier ones only, close to the order of writing."""
        by_name = {node.name: node for node in nodes}
        if self.draft.loss not in by_name:
            hint = suggest(self.draft.loss, by_name) or f"one of {', '.join(by_name)}"
            raise self.source.error(
                f"the loss {self.draft.loss!r} has no equation", self.source.find_key("loss"), hint=hint
            )
        ordered: dict[str, Node] = {}
        for start in nodes:
            trail: list[str] = []
            stack = [(start.name, False)]
            while stack:
                name, done = stack.pop()
                if done:
                    trail.pop()
                    ordered[name] = by_name[name]
                    continue
                if name in ordered:
                    continue
                if name in trail:
                    circle = " -> ".join([*trail[trail.index(name) :], name])
                    raise self.source.error(f"the equations go in a circle: {circle}", by_name[name].span)
                trail.append(name)
                stack.append((name, True))
                inner = sorted(by_name[name].body.free_symbols() & set(by_name), key=list(by_name).index)
                stack += [(one, False) for one in reversed(inner) if one not in ordered]
        return tuple(ordered.values())

    def _ends(self, nodes: tuple[Node, ...], found: dict[str, int], sizes: dict[str, Span | None]) -> None:
        """The loss is one number; everything leads to it; parameters occur."""
        by_name = {node.name: node for node in nodes}
        loss = by_name[self.draft.loss]
        if loss.indices:
            message = f"the loss {loss.name} is no single number: it has the index {loss.indices[0]}"
            raise self.source.error(message, loss.span, hint="sum over it, as in L = Sum(l[k], k, 1, K)")
        used: dict[str, None] = {loss.name: None}
        for node in reversed(nodes):
            if node.name in used:
                used |= dict.fromkeys(sorted(self._needed(node.body)))
        for node in nodes:
            if node.name not in used:
                raise self.source.error(f"{node.name} is not used: it does not lead to the loss", node.span)
        for name in self.draft.parameters:
            if name not in used:
                span = self.source.find_key("parameters")
                raise self.source.error(f"the parameter {name!r} does not occur in the loss", span)
            if name in sizes:
                raise self.source.error(
                    f"the parameter {name!r} is a size", self.source.find_key("parameters")
                )
        usual = {name for node in nodes for name in _catalog_parameters(node.body, self.catalog)}
        for name in self.draft.given:
            if name not in used and name not in usual and name not in sizes:
                raise self.source.error(f"the given value {name} is not used", self.source.find_key(name))


def _catalog_parameters(body: Term, catalog: Catalog) -> set[str]:
    calls = [catalog.find(node.name) for node in body.walk() if node.kind == "call"]
    return {name for record in calls if record is not None for name, _ in record.parameters}


def _occurrence(node: Node, name: str) -> Span | None:
    """Where a name stands in the file."""
    for part in node.body.walk():
        if part.kind == "symbol" and part.name == name and part.span and node.span:
            return node.span[0] + part.span[0], node.span[0] + part.span[1]
    return node.span


def _letters(nodes: tuple[Node, ...], found: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """The index letters of every name: those it is defined with, or is first used with."""
    letters = {node.name: node.indices for node in nodes if node.indices}
    for node in nodes:
        for part in node.body.walk():
            if part.kind == "index" and part.args[0].kind == "symbol":
                places = [at.name if at.kind == "symbol" else "" for at in part.args[1:]]
                if all(places) and len(set(places)) == len(places):
                    letters.setdefault(part.args[0].name, tuple(places))
    for name, count in found.items():
        if count and name not in letters:
            spare = [one for one in "ijklmpqr" if one not in found]
            letters[name] = tuple(spare[:count])
    return letters

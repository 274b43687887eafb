r"""`Knowledge`: what a document has said so far: definitions, given values, numbers stated for quantities.

`expand` puts definitions in place of names down to what is not defined. A derivative with respect to a
name that is itself defined, dL/da, is taken before that name is expanded. Whether a letter depends on
another is known from the definitions only: where they are silent, `UnknownDependencyError` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.check.literals import literal
from symderiv.errors import UnsupportedError
from symderiv.field.resolve import Resolver
from symderiv.limits import MAX_SUM_RANGE
from symderiv.notation.term import Term, add, call, diff, num, sym

if TYPE_CHECKING:
    from symderiv.catalog import Catalog

_DEEPEST = 40
_LARGEST = 20_000


class UnknownDependencyError(UnsupportedError):
    """The document does not say how one letter depends on another."""

    code = "unknown-dependency"


@dataclass(frozen=True, slots=True)
class Definition:
    """`name = body`, `name(parameters) = body` or `name_indices = body`."""

    name: str
    body: Term
    parameters: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    line: int = 0
    section: int = 0


@dataclass(slots=True)
class Knowledge:
    """Grows line by line. `supposed`: what lines that were left open say of defined letters."""

    catalog: Catalog
    definitions: dict[str, Definition] = field(default_factory=dict)
    givens: dict[str, Term] = field(default_factory=dict)
    stated: dict[Term, list[Term]] = field(default_factory=dict)
    facts: list[tuple[Term, Term]] = field(default_factory=list)
    function_letters: Mapping[str, str] = field(default_factory=dict)
    letters: dict[int, Mapping[str, str]] = field(default_factory=dict)
    given_sections: dict[str, int] = field(default_factory=dict)
    wrong: dict[Fraction, int] = field(default_factory=dict)
    supposed: dict[str, Definition] = field(default_factory=dict)
    points: dict[str, Term] = field(default_factory=dict)
    variable: Term | None = None
    arrays: frozenset[str] = frozenset()
    section: int = 0

    def is_of_old(self, name: str) -> bool:
        """Whether a letter has a value from an earlier section."""
        return name in self.givens and self.given_sections.get(name, self.section) < self.section

    def define(self, definition: Definition) -> None:
        """Take a definition; in a new section, what the old one was made of is forgotten."""
        old = self.definitions.get(definition.name)
        if old is not None and old.section < definition.section:
            self._forget(old, definition.section)
        self.renew(definition.name)
        self.definitions[definition.name] = definition
        self.letters.setdefault(definition.section, self.function_letters)
        self.givens.pop(definition.name, None)

    def renew(self, name: str) -> None:
        """A name is about to mean something else: numbers stated for what depends on it are no longer."""
        self.supposed.pop(name, None)
        for key in list(self.stated):
            if any(self.depends(letter, name) for letter in (*key.symbols(), *key.functions())):
                del self.stated[key]

    def _forget(self, old: Definition, section: int) -> None:
        todo = [old]
        while todo:
            for name in _mentioned(todo.pop()):
                known = self.definitions.get(name)
                if known is not None and known.section < section:
                    todo.append(self.definitions.pop(name))

    def defines(self, name: str) -> bool:
        """Whether the name stands for a formula."""
        return name in self.definitions

    def section_of(self, name: str) -> int:
        """The section in which the name got its formula, -1 if it has none."""
        return self.definitions[name].section if name in self.definitions else -1

    def depends(self, name: str, on: str) -> bool:
        """Whether a definition of `name` leads to `on`."""
        seen, todo = set(), [name]
        while todo:
            current = todo.pop()
            if current == on:
                return True
            if current not in seen and current in self.definitions:
                seen.add(current)
                todo += _mentioned(self.definitions[current])
        return False

    def leaves(self) -> frozenset[str]:
        """Letters that occur in definitions without having one."""
        found = {name for definition in self.definitions.values() for name in _mentioned(definition)}
        return frozenset(found - self.definitions.keys()) | frozenset(self.givens)

    def independent(self, name: str, variable: str) -> bool:
        """Whether one definition leads to both letters, and neither is defined; or one is a number."""
        if name in self.givens and name not in self.definitions:
            return True
        if name in self.definitions:
            return False
        return self.side_by_side(name, variable)

    def side_by_side(self, name: str, other: str) -> bool:
        """Whether one definition leads to both letters."""
        return any(name in found and other in found for found in map(self._below, self.definitions))

    def shares(self, body: Term, inner: Term, variable: str) -> bool:
        """Whether a defined variable is made of letters of a formula that does not mention it.

        Then the formula may have been written with that variable. What the variable itself is made of
        stands before it in the graph, and does not depend on it.
        """
        if variable not in self.definitions:
            return False
        before = self._below(variable)
        mentioned = {node.name for node in body.walk() if node.kind in {"symbol", "call"}}
        return bool(before & inner.free_symbols()) and not mentioned <= before

    def _below(self, name: str) -> set[str]:
        """Every letter that the definition of a name leads to."""
        seen: set[str] = set()
        todo = [name]
        while todo:
            definition = self.definitions.get(todo.pop())
            new = [] if definition is None else [n for n in _mentioned(definition) if n not in seen]
            seen.update(new)
            todo += new
        return seen

    # Expansion

    def expand(self, term: Term, stop: frozenset[str] = frozenset()) -> Term:
        """The term with every definition put in, except those of the names in `stop`."""
        return _Expansion(self, stop, self.function_letters).of(term)

    def with_values(self, term: Term, names: frozenset[str] | None = None) -> Term:
        """The term with the given values in place of their letters, once its derivatives are taken."""
        values = {name: value for name, value in self.givens.items() if names is None or name in names}
        entries = self._entries() if names is None else {}
        if not values.keys() & term.free_symbols() and not any(component(n) in entries for n in term.walk()):
            return term
        if any(node.kind == "diff" for node in term.walk()):
            term = Resolver(self.catalog.unfold).resolve(term)
        if entries and not any(node.kind == "diff" for node in term.walk()):
            term = term.rebuild(lambda node: entries.get(component(node)) if node.kind == "index" else None)
        return term.substitute(values)

    def _entries(self) -> dict[str, Term]:
        """The single entries that have a value, such as w[1]: a derivative by one keeps it as a letter."""
        known = ((name, definition.body) for name, definition in self.definitions.items() if "[" in name)
        return {name: body for name, body in known if literal(body) is not None}

    def value_names(self) -> frozenset[str]:
        """Letters with a given value."""
        return frozenset(self.givens)


def component(term: Term) -> str:
    """The name of an entry with a number for its index, such as a[1]; else ""."""
    if term.kind != "index":
        return ""
    base, *indices = term.args
    if base.kind != "symbol" or not all(index.kind == "number" for index in indices):
        return ""
    return f"{base.name}[{', '.join(index.name for index in indices)}]"


def _mentioned(definition: Definition) -> list[str]:
    found = {node.name for node in definition.body.walk() if node.kind in {"symbol", "call"}}
    found |= {component(node) for node in definition.body.walk() if node.kind == "index"} - {""}
    return sorted(found - set(definition.parameters) - set(definition.indices))


@dataclass(slots=True)
class _Expansion:
    knowledge: Knowledge
    stop: frozenset[str]
    letters: Mapping[str, str]
    depth: int = 0
    count: int = 0

    def of(self, term: Term) -> Term:
        self.count += 1
        if self.depth > _DEEPEST or self.count > _LARGEST:
            raise UnsupportedError("definitions within definitions go too deep")
        match term.kind:
            case "symbol":
                return self._symbol(term)
            case "index":
                return self._index(term)
            case "call":
                return self._call(term)
            case "diff":
                return self._derivative(term)
            case "sum":
                return self._sum(term)
        return term.with_args(*map(self.of, term.args)) if term.args else term

    def _sum(self, term: Term) -> Term:
        """A sum; over entries of which one has a value it is written out, so that the value is put in."""
        body, bound, low, high = term.args
        low, high = self.of(low), self.of(high)
        inner = self._without(bound.name).of(body)
        if not any(self._has_known_entry(node, bound) for side in (body, inner) for node in side.walk()):
            return term.with_args(inner, bound, low, high)
        first, last = literal(low), literal(high)
        if first is None or last is None or first.denominator != 1 or last.denominator != 1:
            raise UnknownDependencyError("a sum over entries of which one has a value, and how many is open")
        if not 0 <= last - first < MAX_SUM_RANGE:
            raise UnsupportedError("a sum of too many terms")
        places = range(int(first), int(last) + 1)
        terms = [self.of(body.substitute({bound.name: num(place)})) for place in places]
        return terms[0] if len(terms) == 1 else add(*terms)

    def _has_known_entry(self, node: Term, bound: Term) -> bool:
        """Whether a definition gives one entry of what the bound index runs over."""
        if node.kind != "index" or bound not in node.args[1:] or node.args[0].kind != "symbol":
            return False
        if node.args[0].name in self.stop:
            return False
        start, commas = f"{node.args[0].name}[", len(node.args) - 2
        return any(n.startswith(start) and n.count(",") == commas for n in self.knowledge.definitions)

    def _without(self, bound: str) -> _Expansion:
        return _Expansion(self.knowledge, self.stop | {bound}, self.letters, self.depth, self.count)

    def _deeper(self, term: Term) -> Term:
        self.depth += 1
        found = self.of(term)
        self.depth -= 1
        return found

    def _into(self, definition: Definition, body: Term) -> Term:
        """The body of a definition, its letters as in the section that it stands in."""
        before = self.letters
        self.letters = self.knowledge.letters.get(definition.section, before)
        found = self._deeper(body)
        self.letters = before
        return found

    def _symbol(self, term: Term) -> Term:
        if term.name in self.stop:
            return term
        primed = self._prime(term)
        if primed is not None:
            return primed
        definition = self.knowledge.definitions.get(term.name)
        if definition is not None and not definition.indices:
            return term if self._is_inverse(definition) else self._into(definition, definition.body)
        return self._bare_function(term)

    def _is_inverse(self, definition: Definition) -> bool:
        """z(p) and p(z) defined by each other: then the bare letter is the variable."""
        return any(
            definition.name in other.parameters and self.knowledge.depends(definition.name, other.name)
            for other in self.knowledge.definitions.values()
        )

    def _bare_function(self, term: Term) -> Term:
        """A function of the catalogue without its argument: sigma' = sigma (1 - sigma)."""
        target = self.letters.get(term.name)
        record = self.knowledge.catalog.find(target) if target is not None else None
        if record is None or record.takes_vector:
            return term
        return self._deeper(call(record.name, self._point(record.name, record.variable)))

    def _point(self, name: str, variable: str) -> Term:
        """Where a function without an argument is meant to stand."""
        return self.knowledge.points.get(name) or self.knowledge.variable or sym(variable)

    def _prime(self, term: Term) -> Term | None:
        """y' where y depends on one letter only."""
        base, mark, count = term.name.rpartition("_prime")
        if not mark or not base or (count and not count.isdigit()):
            return None
        order = int(count or 1)
        target = self.letters.get(base)
        record = self.knowledge.catalog.find(target) if target is not None else None
        if base not in self.knowledge.definitions and record is not None and not record.takes_vector:
            return self._deeper(call(record.name, self._point(record.name, record.variable), order=order))
        definition = self.knowledge.definitions.get(base)
        if definition is not None and definition.parameters and len(definition.parameters) == 1:
            return self._derivative(diff(definition.body, sym(definition.parameters[0]), order))
        body = self.of(sym(base))
        if body == sym(base):
            return None
        free = sorted(body.free_symbols())
        variable = self.knowledge.variable
        if variable is not None and variable.name in free:
            free = [variable.name]
        if len(free) != 1:
            raise UnknownDependencyError(f"a prime: the derivative by which of {', '.join(free)}?")
        return diff(body, sym(free[0]), order)

    def _index(self, term: Term) -> Term:
        base, *indices = term.args
        values = [self.of(value) for value in indices]
        single = self.knowledge.definitions.get(component(Term("index", (base, *values))))
        if single is not None and single.name not in self.stop and base.name not in self.stop:
            return self._into(single, single.body)
        if base.kind == "symbol" and base.name not in self.stop:
            definition = self.knowledge.definitions.get(base.name)
            if definition is not None and len(definition.indices) == len(values):
                body = definition.body.substitute(dict(zip(definition.indices, values, strict=True)))
                return self._into(definition, body)
            if definition is not None and not definition.indices:
                inner = definition.body
                record = self.knowledge.catalog.find(inner.name) if inner.kind == "call" else None
                if record is not None and record.is_vector:  # s = softmax(z), then s_i
                    return Term("index", (self._deeper(inner), *values))
        if base.kind == "call" and not base.order and base.name not in self.stop:
            found = self._entry_of_function(base, values)
            if found is not None:
                return found
        kept = base if base.kind == "symbol" else self.of(base)
        return Term("index", (kept, *values))

    def _entry_of_function(self, base: Term, values: list[Term]) -> Term | None:
        """An entry of a vector function that the document defines, s(z)_i = ..."""
        definition = self.knowledge.definitions.get(base.name)
        if definition is None or len(definition.indices) != len(values):
            return None
        if len(definition.parameters) != len(base.args) or any(arg.kind != "symbol" for arg in base.args):
            return None
        put = dict(zip((*definition.parameters, *definition.indices), (*base.args, *values), strict=True))
        return self._deeper(definition.body.substitute(put))

    def _call(self, term: Term) -> Term:
        args = tuple(self.of(arg) for arg in term.args)
        if term.name in self.stop:
            return term.with_args(*args)
        definition = self.knowledge.definitions.get(term.name)
        if definition is not None and definition.indices:
            return term.with_args(*args)
        if definition is None or len(definition.parameters) != len(args):
            if definition is not None and not definition.parameters and not term.order and len(args) == 1:
                return self._applied_symbol(definition, args[0])
            return term.with_args(*args)
        body = definition.body
        if term.order:
            if len(args) != 1:
                raise UnsupportedError(f"{term.name}' of several arguments")
            inner = self._without(definition.parameters[0]).of(body)
            body = self._resolved(diff(inner, sym(definition.parameters[0]), term.order))
            return body.substitute({definition.parameters[0]: args[0]})
        letters = self.knowledge.letters.get(definition.section, self.letters)
        stop = self.stop | frozenset(definition.parameters)
        inside = _Expansion(self.knowledge, stop, letters, self.depth + 1, self.count)
        return inside.of(body).substitute(dict(zip(definition.parameters, args, strict=True)))

    def _applied_symbol(self, definition: Definition, arg: Term) -> Term:
        """y(x) where y = ... has been written without the argument."""
        if arg.kind != "symbol":
            raise UnknownDependencyError(f"{definition.name} was defined without an argument")
        return self._into(definition, definition.body)

    def _resolved(self, term: Term) -> Term:
        return Resolver(self.knowledge.catalog.unfold).resolve(term)

    def _derivative(self, term: Term) -> Term:
        body, variable, *order = term.args
        base = variable.args[0] if variable.kind == "index" else variable
        if base.kind != "symbol":
            raise UnsupportedError("a derivative by something that is no letter")
        stop = self.stop | {base.name}
        inner = _Expansion(self.knowledge, stop, self.letters, self.depth + 1, self.count).of(body)
        if variable.kind == "index":
            variable = Term("index", (base, *(self.of(value) for value in variable.args[1:])))
        self._check(body, inner, base.name)
        found = Term("diff", (inner, variable, *order))
        if base.name in self.stop or not self._stands_for_more(base.name):
            return found
        return self.of(self._resolved(found))

    def _stands_for_more(self, name: str) -> bool:
        return name in self.knowledge.definitions

    def _check(self, body: Term, inner: Term, variable: str) -> None:
        """The derivative is 0 only if the document says so; functions without a formula may hide a letter."""
        free = inner.free_symbols()
        if not free and body.free_symbols() - self.knowledge.value_names():
            raise UnknownDependencyError(f"{body} is known as a number only")
        if variable in free or not free:
            return
        unknown = [name for name in sorted(free) if not self.knowledge.independent(name, variable)]
        if not unknown and self.knowledge.shares(body, inner, variable):
            unknown = [str(body)]
        if unknown:
            raise UnknownDependencyError(
                f"nothing says how {', '.join(unknown)} depends on {variable}"
                if len(unknown) < 4
                else f"nothing says how {body} depends on {variable}"
            )

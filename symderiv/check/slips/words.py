"""The words that a page has: the factors and summands that may have been lost from a line.

They are taken from what the page shows: the left side and what its names were defined as, the rules of
differentiation applied once to it, the links of the chain through the graph.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.check.slips.wrong import Wrong, times
from symderiv.errors import SymderivError
from symderiv.field.resolve import differentiate
from symderiv.notation.term import ONE, Term, add, diff, div, mul, neg, num, power, sym

_MOST = 48


def inner_derivatives(wrong: Wrong) -> list[Term]:
    """The derivatives of what stands inside the functions that are differentiated."""
    found: dict[Term, None] = {}
    for body, variable in wrong.differentiated():
        here: dict[Term, None] = {}
        for part in body.walk():
            inside = _inside(part)
            if inside is None or inside == variable or not _speaks_of(inside, variable):
                continue
            if _is_minus(inside, variable) and not _is_bare(part, body):
                continue
            try:
                inner = differentiate(inside, variable)
            except SymderivError:
                continue
            here[inner] = None
            if inner.kind == "neg" and inner.args[0] != ONE:
                here[inner.args[0]] = None  # the sign may have been kept
        both = list(here)
        found.update(here)
        if len(both) == 2:
            found[mul(*both)] = None
    for edge in wrong.edges():
        value = _short(wrong, edge)
        if value.kind not in {"symbol", "index"}:
            found[value] = None
    return list(found)[:_MOST]


def _speaks_of(term: Term, variable: Term) -> bool:
    """Whether the variable, or an entry of the same vector, occurs."""
    base = variable.args[0] if variable.kind == "index" else variable
    return base in term.walk()


def _inside(part: Term) -> Term | None:
    if (part.kind == "call" and len(part.args) == 1) or part.kind == "pow":
        return part.args[0]
    return part.args[1] if part.kind == "div" else None


def _short(wrong: Wrong, edge: Term) -> Term:
    """A link of the chain as a formula of the letters that it was defined with, or as it is."""
    definition = wrong.knowledge.definitions[edge.args[0].name]
    body = definition.body
    if body.kind == "call":
        return edge
    try:
        return differentiate(body, edge.args[1])
    except SymderivError:
        return edge


def _is_minus(inside: Term, variable: Term) -> bool:
    """Whether u' = -1: then a lost inner derivative looks like a lost sign."""
    return inside == neg(variable) or (
        inside.kind == "add"
        and neg(variable) in inside.args
        and sum(variable in arg.walk() for arg in inside.args) == 1
    )


def _is_bare(part: Term, body: Term) -> bool:
    """Whether the function is all that is differentiated, up to constants added."""
    return part.kind == "call" and (part == body or (body.kind == "add" and part in body.args))


def factors(wrong: Wrong) -> list[Term]:
    """What may be missing as a factor."""
    found: dict[Term, None] = {}
    sides = [wrong.left, *(body for body, _ in wrong.differentiated()), wrong.right]
    for side in sides:
        for node in side.walk():
            if node.kind == "mul":
                found.update(dict.fromkeys(node.args))
            elif node.kind == "div":
                found[node.args[1]] = None
            elif node.kind in {"symbol", "sum"}:
                found[node] = None
            elif node.kind in {"index", "call"}:
                found.update(dict.fromkeys(_entries(wrong, node)))
            elif node.kind == "pow":
                found[node] = None
                found[power(node.args[0], add(node.args[1], neg(ONE)))] = None
            if node.kind == "call" and len(node.args) == 1 and not node.order:
                found[add(ONE, neg(node))] = None
                found[add(ONE, neg(power(node, num(2))))] = None
    found.update(dict.fromkeys(wrong.edges()))
    for name in sorted(wrong.a.free_symbols()):
        found[sym(name)] = None
    return [factor for factor in found if factor.kind not in {"number", "neg"}][: 2 * _MOST]


def terms(wrong: Wrong) -> list[Term]:
    """What may be missing as a summand."""
    found: dict[Term, None] = {}
    for body, variable in wrong.differentiated():
        found.update(dict.fromkeys(_of_rules(body, variable)))
    for node in (*wrong.left.walk(), *wrong.right.walk()):
        if node.kind == "add":
            found.update(dict.fromkeys(arg.args[0] if arg.kind == "neg" else arg for arg in node.args))
        if node.kind == "pow" and node.args[0].kind == "add" and len(node.args[0].args) == 2:
            found[mul(num(2), *node.args[0].args)] = None
        if node.kind == "symbol":
            found[node] = None
    for side in (wrong.left, *(body for body, _ in wrong.differentiated()), wrong.right):
        for node in side.walk():
            if node.kind in {"index", "call"}:
                found.update(dict.fromkeys(_entries(wrong, node)))
    found.setdefault(ONE)
    return list(found)[:_MOST]


def _entries(wrong: Wrong, node: Term) -> Iterator[Term]:
    """An entry or a function of one, and the same with the index of the variable on the left side."""
    yield node
    letters = {arg.name for part in node.walk() if part.kind == "index" for arg in part.args[1:]}
    for part in wrong.left.walk():
        if part.kind == "diff" and part.args[1].kind == "index" and len(part.args[1].args) == 2:
            place = part.args[1].args[1]
            for letter in sorted(letters - {place.name}):
                if letter:
                    yield node.substitute({letter: place})


def _of_rules(body: Term, variable: Term) -> Iterator[Term]:
    """The summands that the rules for sums, products and quotients make, at any depth."""
    for node in body.walk():
        if variable not in node.walk():
            continue
        if node.kind == "add":
            for arg in node.args:
                bare = arg.args[0] if arg.kind == "neg" else arg
                yield ONE if bare == variable else diff(bare, variable)
        elif node.kind == "mul":
            for k, arg in enumerate(node.args):
                if variable in arg.walk():
                    rest = node.args[:k] + node.args[k + 1 :]
                    others = rest[0] if len(rest) == 1 else mul(*rest)
                    yield others if arg == variable else times(others, diff(arg, variable))
        elif node.kind == "div":
            f, g = node.args
            yield div(diff(f, variable), g)
            yield mul(diff(f, variable), g)
            yield mul(f, diff(g, variable))
            yield div(mul(f, diff(g, variable)), power(g, num(2)))

"""Slips of differentiation: products, quotients, the wrong kind of argument, the wrong path."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symderiv.check.knowledge import Knowledge
from symderiv.check.slips.probe import close
from symderiv.check.slips.wrong import Guess, Wrong, derivatives, negated, paths
from symderiv.field.resolve import SLOPES
from symderiv.notation.term import ONE, Term, add, call, diff, div, mul, neg, num, power, sym

_WITHOUT_LINKS = 3.0
"""A lost factor may make the derivative by one letter that by another: only what else is unexplained."""


def product_of_derivatives(wrong: Wrong) -> Iterator[Guess]:
    """(f g)' taken for f' g', (f/g)' for f'/g'."""
    for body, variable in wrong.differentiated():
        for below, above in _taken_apart(body, variable):
            values = wrong.values(below)
            right = wrong.values(wrong.right)
            if values is not None and right is not None and close(values, right):
                yield Guess(above)


def _taken_apart(body: Term, variable: Term) -> Iterator[tuple[Term, Term]]:
    """The false derivative and the right one."""
    if body.kind == "mul":
        for k in range(1, len(body.args)):
            f = body.args[0] if k == 1 else mul(*body.args[:k])
            g = body.args[k] if k == len(body.args) - 1 else mul(*body.args[k:])
            if variable in f.walk() and variable in g.walk():
                one, other = diff(f, variable), diff(g, variable)
                yield mul(one, other), add(mul(one, g), mul(f, other))
    if body.kind == "div":
        f, g = body.args
        one, other = diff(f, variable), diff(g, variable)
        if variable in g.walk():
            yield div(one, other), div(add(mul(one, g), neg(mul(f, other))), power(g, num(2)))


def quotient_swapped(wrong: Wrong) -> Iterator[Guess]:
    """(f/g)' with the numerator f g' - f' g."""
    if not any(body.kind == "div" for body, _ in wrong.differentiated()):
        return
    right = wrong.right
    if right.kind == "div" and right.args[0].kind == "add" and len(right.args[0].args) == 2:
        first, second = right.args[0].args
        if (first.kind == "neg") != (second.kind == "neg"):
            yield Guess(div(add(negated(second), negated(first)), right.args[1]))


def output_form_as_input_form(wrong: Wrong) -> Iterator[Guess]:
    """x(1 - x) where y(1 - y) is meant: the derivative in terms of the output, given the input."""
    variables = {node.args[1] for node in derivatives(wrong.left)}
    outputs: dict[Term, None] = {}
    for node in wrong.left.walk():
        if node.kind == "call" and len(node.args) == 1 and _is_named(wrong, node.name):
            plain = call(node.name, node.args[0])
            if node.order or any(plain in d.args[0].walk() for d in derivatives(wrong.left)):
                outputs[plain] = None
                variables.add(node.args[0])
        elif node.kind == "diff":
            outputs[node.args[0]] = None
    for output in outputs:
        given = [output.args[0]] if output.kind == "call" else []
        given += sorted((v for v in variables if v.kind == "symbol"), key=lambda v: v.name)
        for variable in dict.fromkeys(given):
            for path, part in paths(wrong.right):
                if _is_looked_at(wrong.right, path):
                    continue
                for deep in (True, False):
                    exchanged = _exchanged(part, variable, output, deep=deep)
                    if exchanged != part:
                        yield Guess(wrong.right.replace_at(path, exchanged), 0.1 * len(path))


def _is_looked_at(term: Term, path: tuple[int, ...]) -> bool:
    """Whether a D stands above the place."""
    return any(term.part(path[:depth]).kind == "diff" for depth in range(len(path)))


def _is_named(wrong: Wrong, name: str) -> bool:
    """A function with a record or a definition of its own, not one of calculus."""
    return name not in SLOPES or wrong.judge.catalog.find(name) is not None or wrong.knowledge.defines(name)


def _exchanged(term: Term, variable: Term, output: Term, *, deep: bool) -> Term:
    """The output in place of the input, but not inside the function itself nor where a D looks at it.

    Not `deep`: other functions keep the input.
    """

    def visit(node: Term) -> Term | None:
        if node == variable:
            return output
        kept = node == output or node.kind == "diff" or (node.kind == "call" and not deep)
        return node if kept else None

    return term.rebuild(visit)


def wrong_path(wrong: Wrong) -> Iterator[Guess]:
    """A path that does not lead from the loss to the parameter: a product, or the derivative by another."""
    if wrong.left.kind != "diff":
        return
    start, end = wrong.left.args[0], wrong.left.args[1]
    if start.kind == "symbol" and end.kind == "symbol":
        written_out = len(list(derivatives(wrong.right))) > 1
        if not written_out and not _is_by_another(wrong, start, end):
            return
        for chain in chains(wrong.knowledge, start.name, end.name):
            yield Guess(chain, 0.0 if written_out else _WITHOUT_LINKS)


def _is_by_another(wrong: Wrong, start: Term, end: Term) -> bool:
    """Whether the right side is the derivative of the same by another letter of the graph."""
    had = wrong.values(wrong.right)
    if had is None or any(value == 0 for value in had):
        return False
    known = sorted(wrong.knowledge.leaves() | wrong.knowledge.definitions.keys())
    for name in known:
        other = diff(start, sym(name))
        if name in {start.name, end.name} or not wrong.knowledge.depends(start.name, name):
            continue
        values = wrong.values(other)
        if values is not None and close(had, values):
            return wrong.judge.judge(other, wrong.right, wrong.conditions).status == "proved"
    return False


def chains(knowledge: Knowledge, start: str, end: str) -> Iterator[Term]:
    """d start / d end as the sum over the paths of the graph; one product where there is one path."""
    found = list(_routes(knowledge, start, end, ()))
    if found and start != end:
        terms = [_chain(route) for route in found]
        yield terms[0] if len(terms) == 1 else add(*terms)


def _routes(knowledge: Knowledge, start: str, end: str, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    route = (*before, start)
    if start == end:
        yield route
        return
    definition = knowledge.definitions.get(start)
    if definition is None or len(route) > 12:
        return
    for name in sorted({n.name for n in definition.body.walk() if n.kind == "symbol"}):
        if name not in route and knowledge.depends(name, end):
            yield from _routes(knowledge, name, end, route)


def _chain(route: tuple[str, ...]) -> Term:
    factors = [diff(sym(a), sym(b)) for a, b in pairwise(route)]
    return ONE if not factors else factors[0] if len(factors) == 1 else mul(*factors)

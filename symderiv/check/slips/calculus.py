"""Slips of differentiation: inner derivatives, products, quotients, the wrong kind of argument."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symderiv.catalog import Catalog
from symderiv.check.slips.wrong import Wrong, derivatives, negated, paths, summands, times
from symderiv.field.resolve import differentiate
from symderiv.notation.term import ONE, Term, add, call, diff, div, mul, neg, num, power, sym


def dropped_inner_derivative(wrong: Wrong) -> Iterator[Term]:
    """f(u)' is not f'(u): the factor u' is missing."""
    for inner in _inner(wrong.left):
        for path, term in summands(wrong.right):
            yield wrong.right.replace_at(path, times(inner, term))
            if term.kind == "div":
                yield wrong.right.replace_at(path, div(times(inner, term.args[0]), term.args[1]))


def _inner(term: Term) -> Iterator[Term]:
    """The derivatives of what stands inside the functions that are differentiated."""
    for node in derivatives(term):
        body, variable = node.args[0], node.args[1]
        found: list[Term] = []
        for part in body.walk():
            inside = None
            if (part.kind == "call" and len(part.args) == 1) or part.kind == "pow":
                inside = part.args[0]
            if inside is None or inside == variable or variable not in inside.walk():
                continue
            if _is_minus(inside, variable) and not _is_bare(part, body):
                continue
            found.append(differentiate(inside, variable))
        found = list(dict.fromkeys(found))
        yield from found
        if len(found) == 2:
            yield mul(*found)


def _is_minus(term: Term, variable: Term) -> bool:
    """Whether u' = -1: then a lost inner derivative looks like a lost sign."""
    return term == neg(variable) or (
        term.kind == "add"
        and neg(variable) in term.args
        and sum(variable in arg.walk() for arg in term.args) == 1
    )


def _is_bare(part: Term, body: Term) -> bool:
    """Whether the function is all that is differentiated, up to constants added."""
    return part.kind == "call" and (part == body or (body.kind == "add" and part in body.args))


def product_of_derivatives(wrong: Wrong) -> Iterator[Term]:
    """(f g)' taken for f' g', (f/g)' for f'/g'."""
    for node in derivatives(wrong.left):
        body, variable = node.args[0], node.args[1]
        if len(node.args) > 2:
            continue
        for below, above in _taken_apart(body, variable):
            if _is_whole(wrong, node) and _same(wrong, below):
                yield above


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


def _is_whole(wrong: Wrong, node: Term) -> bool:
    return wrong.left == node


def _same(wrong: Wrong, term: Term) -> bool:
    return wrong.judge.judge(term, wrong.right).status == "proved"


def quotient_swapped(wrong: Wrong) -> Iterator[Term]:
    """(f/g)' with the numerator f g' - f' g."""
    if not any(_is_quotient(node.args[0], wrong.judge.catalog) for node in derivatives(wrong.left)):
        return
    right = wrong.right
    if right.kind == "div" and right.args[0].kind == "add" and len(right.args[0].args) == 2:
        first, second = right.args[0].args
        if (first.kind == "neg") != (second.kind == "neg"):
            yield div(add(negated(second), negated(first)), right.args[1])


def _is_quotient(body: Term, catalog: Catalog) -> bool:
    """A quotient as written, or a function that is defined as one."""
    record = catalog.find(body.name) if body.kind == "call" else None
    return body.kind == "div" or (record is not None and record.definition.kind == "div")


def output_form_as_input_form(wrong: Wrong) -> Iterator[Term]:
    """x(1 - x) where y(1 - y) is meant: the derivative in terms of the output, given the input."""
    variables = {node.args[1] for node in derivatives(wrong.left)}
    outputs: dict[Term, None] = {}
    for node in wrong.left.walk():
        if node.kind == "call" and len(node.args) == 1:
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
                exchanged = _exchanged(part, variable, output)
                if exchanged != part:
                    yield wrong.right.replace_at(path, exchanged)


def _exchanged(term: Term, variable: Term, output: Term) -> Term:
    """The output in place of the input, but not inside the function itself nor where a D looks at it."""

    def visit(node: Term) -> Term | None:
        if node == variable:
            return output
        return node if node == output or node.kind == "diff" else None

    return term.rebuild(visit)


def wrong_path(wrong: Wrong) -> Iterator[Term]:
    """A product of derivatives that does not lead from the loss to the parameter."""
    if wrong.left.kind != "diff" or len(list(derivatives(wrong.right))) < 2:
        return
    start, end = wrong.left.args[0], wrong.left.args[1]
    if start.kind == "symbol" and end.kind == "symbol":
        found = list(_routes(wrong, start.name, end.name, ()))
        if found:
            terms = [_chain(route) for route in found]
            yield terms[0] if len(terms) == 1 else add(*terms)


def _routes(wrong: Wrong, start: str, end: str, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    route = (*before, start)
    if start == end:
        yield route
        return
    definition = wrong.knowledge.definitions.get(start)
    if definition is None or len(route) > 12:
        return
    for name in sorted({n.name for n in definition.body.walk() if n.kind == "symbol"}):
        if name not in route and wrong.knowledge.depends(name, end):
            yield from _routes(wrong, name, end, route)


def _chain(route: tuple[str, ...]) -> Term:
    factors = [diff(sym(a), sym(b)) for a, b in pairwise(route)]
    return ONE if not factors else factors[0] if len(factors) == 1 else mul(*factors)

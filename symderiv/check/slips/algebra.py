"""Slips of algebra: signs, exponents, factors, terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.check.slips.wrong import Wrong, derivatives, negated, paths, summands, times
from symderiv.notation.term import ONE, Term, add, diff, div, mul, num, power, sym


def sign(wrong: Wrong) -> Iterator[Term]:
    """A plus for a minus, anywhere on the right side."""
    right = wrong.right
    yield negated(right)
    for path, node in paths(right):
        if node.kind in {"add", "call", "pow"}:
            for k, arg in enumerate(node.args):
                if node.kind == "pow" and k == 0:
                    continue
                yield right.replace_at((*path, k), negated(arg))


def exponent(wrong: Wrong) -> Iterator[Term]:
    """A power that is one too high or too low, or lost."""
    right = wrong.right
    for path, node in paths(right):
        if node.kind == "pow":
            value = _whole(node.args[1])
            if value is not None:
                for other in (value + 1, value - 1, -value, 2 * value):
                    yield right.replace_at(path, _raised(node.args[0], other))
            else:
                yield right.replace_at((*path, 1), add(node.args[1], ONE))
                yield right.replace_at((*path, 1), add(node.args[1], Term("neg", (ONE,))))
        elif node.kind in {"symbol", "call", "add", "index"} and not _is_base(right, path):
            yield right.replace_at(path, power(node, num(2)))
        elif node.kind == "div":
            yield right.replace_at((*path, 1), power(node.args[1], num(2)))


def _is_base(term: Term, path: tuple[int, ...]) -> bool:
    return bool(path) and term.part(path[:-1]).kind == "pow"


def _whole(term: Term) -> int | None:
    if term.kind == "number" and term.name.isdigit() and len(term.name) < 4:
        return int(term.name)
    if term.kind == "neg":
        value = _whole(term.args[0])
        return None if value is None else -value
    return None


def _raised(base: Term, exponent_: int) -> Term:
    if exponent_ == 1:
        return base
    return ONE if exponent_ == 0 else power(base, num(exponent_))


def dropped_factor(wrong: Wrong) -> Iterator[Term]:
    """A factor of the left side that is not on the right, over the whole or in one summand."""
    for factor in _factors(wrong):
        for path, term in summands(wrong.right):
            yield wrong.right.replace_at(path, times(factor, term))
            if term.kind == "div":
                yield wrong.right.replace_at(path, div(times(factor, term.args[0]), term.args[1]))
            yield wrong.right.replace_at(path, div(term, factor))


def _factors(wrong: Wrong) -> Iterator[Term]:
    found: dict[Term, None] = {}
    for node in wrong.left.walk():
        if node.kind == "mul":
            found.update(dict.fromkeys(node.args))
        elif node.kind == "div":
            found[node.args[1]] = None
        elif node.kind in {"symbol", "call"}:
            found[node] = None
    if wrong.left.kind == "diff":
        found.update(dict.fromkeys(_edges(wrong)))
    for name in sorted(wrong.a.free_symbols()):
        found[sym(name)] = None
    for factor in list(found)[:24]:
        if factor.kind not in {"number"}:
            yield factor


def _edges(wrong: Wrong) -> Iterator[Term]:
    """The local derivatives of the graph between the two ends of the left side."""
    end = wrong.left.args[1]
    if end.kind != "symbol" or wrong.left.args[0].kind != "symbol":
        return
    todo, seen = [wrong.left.args[0].name], set[str]()
    while todo:
        name = todo.pop(0)
        definition = wrong.knowledge.definitions.get(name)
        if name in seen or definition is None:
            continue
        seen.add(name)
        for other in sorted({n.name for n in definition.body.walk() if n.kind == "symbol"}):
            if wrong.knowledge.depends(other, end.name):
                yield diff(sym(name), sym(other))
                todo.append(other)


def wrong_constant_factor(wrong: Wrong) -> Iterator[Term]:
    """A number that is wrong as a factor, of the whole or of one summand."""
    ratio = wrong.ratio()
    if ratio is not None and ratio != 0:
        yield scaled(ratio, wrong.right)
        return
    for path, term in summands(wrong.right):
        if path:
            for factor in (2, Fraction(1, 2), 3, Fraction(1, 3), 4, Fraction(1, 4)):
                yield wrong.right.replace_at(path, scaled(Fraction(factor), term))


def scaled(factor: Fraction, term: Term) -> Term:
    """Factor * term, with a number in front of the term taken into the factor."""
    if term.kind == "neg":
        return negated(scaled(factor, term.args[0]))
    if term.kind == "mul" and term.args[0].kind == "number":
        factor *= term.args[0].value()
        term = term.args[1] if len(term.args) == 2 else mul(*term.args[1:])
    if factor == 1:
        return term
    if factor == -1:
        return negated(term)
    return mul(num(factor), *(term.args if term.kind == "mul" else (term,)))


def dropped_term(wrong: Wrong) -> Iterator[Term]:
    """A summand that is not on the right: of a sum, or of the product rule."""
    right = wrong.right
    for missing in _terms(wrong):
        for path, node in [*paths(right, 14)]:
            if node.kind == "number" and path:
                continue
            if path and right.part(path[:-1]).kind == "pow" and path[-1] == 1:
                continue
            for signed in (missing, negated(missing)):
                extended = add(*node.args, signed) if node.kind == "add" else add(node, signed)
                yield right.replace_at(path, extended)


def _terms(wrong: Wrong) -> Iterator[Term]:
    found: dict[Term, None] = {}
    for node in derivatives(wrong.left):
        body, variable = node.args[0], node.args[1]
        if body.kind == "add":
            found.update(
                (diff(arg.args[0] if arg.kind == "neg" else arg, variable), None) for arg in body.args
            )
        if body.kind == "mul":
            for k, arg in enumerate(body.args):
                others = [*body.args[:k], diff(arg, variable), *body.args[k + 1 :]]
                found[mul(*others)] = None
    for node in wrong.left.walk():
        if node.kind == "add":
            found.update(dict.fromkeys(arg.args[0] if arg.kind == "neg" else arg for arg in node.args))
        if node.kind == "pow" and node.args[0].kind == "add" and len(node.args[0].args) == 2:
            found[mul(num(2), *node.args[0].args)] = None
    found.setdefault(ONE)
    yield from list(found)[:10]

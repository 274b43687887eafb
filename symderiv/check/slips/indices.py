"""Slips with indices: a delta that is missing, the diagonal taken for the whole, one index for another."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.check.slips.wrong import Guess, Wrong, derivatives, paths, summands, times
from symderiv.notation.term import ONE, Term, add, call, mul, neg, sym


def _pairs(wrong: Wrong) -> list[tuple[str, str]]:
    """The indices of what is differentiated and of the variable."""
    found: dict[tuple[str, str], None] = {}
    for node in derivatives(wrong.left):
        variable = node.args[1]
        if variable.kind != "index":
            continue
        below = [arg.name for arg in variable.args[1:] if arg.kind == "symbol"]
        parts = [*node.args[0].walk(), *wrong.right.walk()]
        above = [arg.name for part in parts if part.kind == "index" for arg in part.args[1:]]
        for i in above:
            for j in below:
                if i != j and i:
                    found[i, j] = None
    for node in wrong.left.walk():
        if node.name == "delta" and len(node.args) == 2 and all(arg.kind == "symbol" for arg in node.args):
            found[node.args[0].name, node.args[1].name] = None
    return list(found)


def missing_delta(wrong: Wrong) -> Iterator[Guess]:
    """1 for delta_ij, or no delta at all."""
    right = wrong.right
    for i, j in _pairs(wrong):
        delta = call("delta", sym(i), sym(j))
        for path, node in paths(right):
            if node == ONE:
                yield Guess(right.replace_at(path, delta))
        for path, node in summands(right):
            yield Guess(right.replace_at(path, times(delta, node)))
        for body in _bodies(wrong):
            yield Guess(add(mul(body, delta), right))
            yield Guess(add(delta, right))
    for _, part in summands(wrong.left):
        if part.kind != "add" and any(node.name == "delta" for node in part.walk()):
            yield Guess(add(part, right))


def _bodies(wrong: Wrong) -> Iterator[Term]:
    for node in derivatives(wrong.left):
        yield node.args[0]


def diagonal_only_softmax(wrong: Wrong) -> Iterator[Guess]:
    """s_i (1 - s_i) for all i and j: true for i = j only."""
    for i, j in _pairs(wrong):
        diagonal = wrong.left.substitute({j: sym(i)})
        other = wrong.right.substitute({j: sym(i)})
        if j in wrong.right.free_symbols() or wrong.judge.judge(diagonal, other).status != "proved":
            continue
        for body in _bodies(wrong):
            moved = body.substitute({i: sym(j)})
            yield Guess(mul(body, add(call("delta", sym(i), sym(j)), neg(moved))))


def wrong_index(wrong: Wrong) -> Iterator[Guess]:
    """One index, layer or number of a letter for another."""
    right = wrong.right
    indices = {
        a.name for side in (wrong.left, right) for n in side.walk() if n.kind == "index" for a in n.args[1:]
    }
    indices |= {
        a.name for side in (wrong.left, right) for n in side.walk() if n.name == "delta" for a in n.args
    }
    letters = sorted(name for name in indices if name and not name.isdigit())
    for name in letters:
        if name in right.free_symbols():
            for other in letters:
                if other != name:
                    yield Guess(right.substitute({name: sym(other)}))
    for path, node in paths(right):
        if node.kind == "index" and len(node.args) == 3:
            yield Guess(right.replace_at(path, node.with_args(node.args[0], node.args[2], node.args[1])))
        if (
            node.kind == "symbol"
            and path
            and right.part(path[:-1]).kind in {"index", "call"}
            and node.name in letters
        ):
            for other in letters:
                if other != node.name:
                    yield Guess(right.replace_at(path, sym(other)))
    known = sorted(
        wrong.left.symbols() | wrong.a.symbols() | set(wrong.knowledge.definitions) | wrong.knowledge.leaves()
    )
    for path, node in paths(right):
        if node.kind == "symbol" and ("_" in node.name or "__" in node.name):
            base = _base(node.name)
            for other in known:
                if other != node.name and _base(other) == base:
                    yield Guess(right.replace_at(path, sym(other)))


def _base(name: str) -> str:
    accents = ("hat", "bar", "tilde", "dot", "ddot", "vec", "check", "breve")
    parts = name.split("_")
    return "_".join(parts[:2]) if parts[0] in accents and len(parts) > 1 else parts[0]

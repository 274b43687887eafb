"""Claims with entries z[i], deltas and sums of symbolic size: the index rules prove, small sizes refute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from symderiv.errors import SymderivError
from symderiv.notation.term import Term, num
from symderiv.prove.claim import Claim
from symderiv.prove.points import points
from symderiv.prove.refuter import Survey, survey

_LARGEST = 4
_POINTS_EACH = 3


def proof_conditions(
    left: Term, right: Term, assumptions: Mapping[str, str], seconds: float
) -> tuple[str, ...] | None:
    """The ranges under which the index rules prove the equality, or None."""
    from symderiv.field.index import proof
    from symderiv.meaning import to_sympy

    try:
        found = proof(to_sympy(left), to_sympy(right), assumptions, seconds=seconds)
    except SymderivError:
        return None
    return None if found is None else found.conditions


def places(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sizes, free indices): symbols in the limits of sums, and in entries and deltas."""
    sizes: dict[str, None] = {}
    indices: dict[str, None] = {}
    bound: dict[str, None] = {}
    for term in claim.terms:
        for node in term.walk():
            if node.kind == "sum":
                bound[node.args[1].name] = None
                for limit in node.args[2:]:
                    sizes |= dict.fromkeys(sorted(limit.free_symbols()))
            elif node.kind == "index":
                for arg in node.args[1:]:
                    indices |= dict.fromkeys(sorted(arg.free_symbols()))
            elif node.kind == "call" and node.name == "delta":
                for arg in node.args:
                    indices |= dict.fromkeys(sorted(arg.free_symbols()))
    free = [name for name in indices if name not in bound and name not in sizes]
    return tuple(sorted(name for name in sizes if name not in bound)), tuple(sorted(free))


def instances(claim: Claim) -> Iterator[tuple[dict[str, int], Claim]]:
    """The claim for small sizes and all indices in range, the smallest size last but one first."""
    sizes, free = places(claim)
    for size in (3, 2, 4, 1):
        for choice in product(range(1, size + 1), repeat=len(free)):
            values = {**dict.fromkeys(sizes, size), **dict(zip(free, choice, strict=True))}
            put = {name: num(value) for name, value in values.items()}
            yield (
                values,
                Claim(
                    claim.left.substitute(put),
                    claim.right.substitute(put),
                    tuple(guard.substitute(put) for guard in claim.guards),
                ),
            )


def counterexample(
    claim: Claim, assumptions: Mapping[str, str], deadline: float, enough: int = 60
) -> tuple[dict[str, Fraction] | None, int]:
    """A size, indices and values where the equality fails, or how many points agreed."""
    agreeing = 0
    for values, concrete in instances(claim):
        names = entries(concrete)
        found: Survey = survey(concrete, points(names, assumptions), enough=_POINTS_EACH, deadline=deadline)
        if found.witness is not None:
            sizes = {name: Fraction(value) for name, value in values.items()}
            return {**sizes, **found.witness}, agreeing
        agreeing += len(found.agreeing)
        if agreeing > enough:
            break
    return None, agreeing


def entries(claim: Claim) -> tuple[str, ...]:
    """The names that need a value, entries inside sums with numeric limits included."""
    found: dict[str, None] = {}
    for term in claim.terms:
        _collect(term, {}, found)
    return tuple(sorted(found))


def _collect(term: Term, bound: Mapping[str, int], found: dict[str, None]) -> None:
    if term.kind == "symbol":
        if term.name not in bound:
            found[term.name] = None
    elif term.kind == "index":
        marks = []
        for arg in term.args[1:]:
            value = _whole(arg, bound)
            if value is None:
                return
            marks.append(str(value))
        found[f"{term.args[0].name}[{', '.join(marks)}]"] = None
    elif term.kind == "sum":
        body, index, low, high = term.args
        first, last = _whole(low, bound), _whole(high, bound)
        if first is None or last is None:
            return
        for k in range(first, min(last, first + 64) + 1):
            _collect(body, {**bound, index.name: k}, found)
    else:
        for arg in term.args:
            _collect(arg, bound, found)


def _whole(term: Term, bound: Mapping[str, int]) -> int | None:
    match term.kind:
        case "number":
            return int(term.value()) if term.value().denominator == 1 else None
        case "symbol":
            return bound.get(term.name)
        case "neg":
            inner = _whole(term.args[0], bound)
            return None if inner is None else -inner
        case "add":
            parts = [_whole(arg, bound) for arg in term.args]
            return None if None in parts else sum(p for p in parts if p is not None)
    return None

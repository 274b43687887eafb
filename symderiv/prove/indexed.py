"""Claims with entries z[i], deltas and sums of symbolic size: the index rules prove, small sizes refute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from symderiv.errors import SymderivError
from symderiv.notation.term import Term, num
from symderiv.prove.claim import Claim
from symderiv.prove.points import points
from symderiv.prove.refuter import Survey, survey

if TYPE_CHECKING:
    from sympy import Expr

    from symderiv.catalog import Catalog

_SIZES = (3, 2, 4, 1)
_POINTS_EACH = 3


@lru_cache(maxsize=256)
def _meaning(term: Term, catalog: Catalog | None) -> Expr:
    """The meaning of a side; neighbouring lines of a derivation share theirs."""
    from symderiv.meaning import to_sympy

    return to_sympy(term, catalog)


def proof_conditions(
    left: Term,
    right: Term,
    assumptions: Mapping[str, str],
    seconds: float,
    catalog: Catalog | None = None,
) -> tuple[str, ...] | None:
    """The ranges under which the index rules prove the equality, or None."""
    from symderiv.field.index import proof

    try:
        found = proof(_meaning(left, catalog), _meaning(right, catalog), assumptions, seconds=seconds)
    except SymderivError:
        return None
    return None if found is None else found.conditions


def instances(claim: Claim) -> Iterator[tuple[dict[str, int], Claim]]:
    """The claim for small sizes and all indices in range, the smallest size last."""
    from symderiv.field.index_instance import assignments

    try:
        # sums are named on their own: a meaning may have cancelled them
        sums = [node for term in claim.terms for node in term.walk() if node.kind == "sum"]
        meanings = [_meaning(term, None) for term in (*claim.terms, *sums)]
    except SymderivError:
        return
    for values in assignments(meanings, _SIZES):
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
    elif term.kind in {"sum", "prod"}:
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

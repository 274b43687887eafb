"""Small sizes put in: Σ written out, δ as 0 or 1, z[2] as a symbol of that name.

This is how an equality with indices is refuted (one size and one choice of indices where it fails) and how
a proof is cross-checked. Nothing here uses the index rules: derivatives stay inert, for the scalar engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import sympy
from sympy import Expr, Symbol

from symderiv import limits
from symderiv.field.index_range import Ranges
from symderiv.field.index_read import Reader
from symderiv.field.index_tree import OutsideError

_MAX_INSTANCES = 40


@dataclass(frozen=True, slots=True)
class Instance:
    """Both sides for one choice of sizes and indices; entries are the symbols `z[1]`, `w[1,2]`."""

    values: tuple[tuple[str, int], ...]
    left: Expr
    right: Expr


def instantiate(expr: Expr, values: Mapping[str, int]) -> Expr:
    """The expression with integers for sizes and free indices. Raises `OutsideError`."""
    if isinstance(expr, Symbol):
        return sympy.Integer(values[expr.name]) if expr.name in values else expr
    if isinstance(expr, sympy.Indexed):
        places = ",".join(str(_integer(at, values)) for at in expr.indices)
        return Symbol(f"{expr.base.label}[{places}]")
    if isinstance(expr, sympy.KroneckerDelta):
        left, right = (_integer(at, values) for at in expr.args[:2])
        return sympy.Integer(int(left == right))
    if isinstance(expr, sympy.Sum):
        return _written_out(expr, values)
    if isinstance(expr, sympy.Derivative):
        return _derivative(expr, values)
    if isinstance(expr, sympy.Subs):
        return expr.func(expr.expr, expr.variables, tuple(instantiate(p, values) for p in expr.point))
    if not expr.args:
        return expr
    found = expr.func(*(instantiate(arg, values) for arg in expr.args))
    if found in (sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        raise OutsideError
    return found


def _integer(expr: Expr, values: Mapping[str, int]) -> int:
    found = instantiate(expr, values)
    if not isinstance(found, sympy.Integer):
        raise OutsideError
    return int(found)


def _written_out(expr: sympy.Sum, values: Mapping[str, int]) -> Expr:
    *inner, (bound, first, last) = expr.limits
    low, high = _integer(first, values), _integer(last, values)
    if high - low >= limits.MAX_SUM_RANGE:
        raise OutsideError
    body = sympy.Sum(expr.function, *inner) if inner else expr.function
    return sympy.Add(*(instantiate(body, {**values, bound.name: at}) for at in range(low, high + 1)))


def _derivative(expr: sympy.Derivative, values: Mapping[str, int]) -> Expr:
    body = instantiate(expr.expr, values)
    for variable, count in expr.variable_count:
        target = instantiate(variable, values)
        if not isinstance(target, Symbol):
            raise OutsideError
        body = sympy.Derivative(body, (target, count)) if body.has(target) else sympy.Integer(0)
    return body


def names(*exprs: Expr) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sizes, free indices) of the expressions, sorted."""
    reader = Reader()
    for expr in exprs:
        reader.scan(expr)
    sizes = {high.name for _, high in reader.sums.values()} | {low.name for low, _ in reader.sums.values()}
    indices = {at.name for _, _, at in reader.entries} | {at.name for pair in reader.deltas for at in pair}
    sizes -= {*reader.sums, ""}
    return tuple(sorted(sizes)), tuple(sorted(indices - sizes - {*reader.sums, ""}))


def assignments(exprs: Iterable[Expr], sizes: Iterable[int] = (1, 2, 3)) -> Iterator[dict[str, int]]:
    """Values for the sizes and the free indices, every index in its range; nothing where that is not told.

    The sizes are taken in the order given; where there are several, first all equal, then apart.
    """
    exprs = tuple(exprs)
    reader = Reader()
    try:
        for expr in exprs:
            reader.scan(expr)
        ranges = Ranges(reader)
        named, free = names(*exprs)
    except OutsideError:
        return
    for wanted in _combinations(tuple(sizes), len(named)):
        values = dict(zip(named, wanted, strict=True))
        if any(values[size] < ranges.least(size) for size in named):
            continue
        for choice in product(*(ranges.choices(name, values) for name in free)):
            yield values | dict(zip(free, choice, strict=True))


def _combinations(sizes: tuple[int, ...], count: int) -> Iterator[tuple[int, ...]]:
    if not count:
        yield ()
        return
    yield from ((size,) * count for size in sizes)
    yield from (mixed for mixed in product(sizes[:3], repeat=count) if len(set(mixed)) > 1)


def instances(a: Expr, b: Expr, largest: int = 3) -> Iterator[Instance]:
    """Both sides for sizes from 1 on and all indices in range, smallest first, at most some dozens."""
    count = 0
    for values in assignments((a, b), range(1, largest + 1)):
        try:
            yield Instance(tuple(sorted(values.items())), instantiate(a, values), instantiate(b, values))
        except OutsideError:
            continue
        count += 1
        if count >= _MAX_INSTANCES:
            return

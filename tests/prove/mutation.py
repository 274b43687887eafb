"""Wrong formulas made from right ones, each with a point where the two sides differ.

The point is found with mpmath, which shares no code with the prover: a mutant without such a point is no
evidence and is left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import mpmath

from symderiv.field.resolve import Resolver
from symderiv.notation.term import (
    ONE,
    TRUE,
    Term,
    add,
    call,
    case,
    const,
    div,
    mul,
    neg,
    num,
    piecewise,
    relation,
    sym,
)

SWAPS = {
    "sin": "cos", "cos": "sin", "tan": "cot", "sinh": "cosh", "cosh": "sinh", "tanh": "sech",
    "sech": "tanh",
    "exp": "cosh", "log": "asinh", "asin": "acos", "acos": "asin", "atan": "tanh", "erf": "erfc",
    "erfc": "erf",
    "Max": "Min", "Min": "Max", "Abs": "sign", "sqrt": "Abs", "sigmoid": "tanh", "softplus": "relu",
    "relu": "softplus", "asinh": "atan", "sec": "csc", "csc": "sec", "coth": "tanh", "atanh": "asinh",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """left = right is false at `point`."""

    left: Term
    right: Term
    kind: str
    point: Mapping[str, Fraction]


def positions(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every node with its path, bound variables and the variable of D left out."""
    yield path, term
    for k, arg in enumerate(term.args):
        if term.kind in ("diff", "sum") and k > 0:
            continue
        yield from positions(arg, (*path, k))


def changes(node: Term, rng: random.Random, names: list[str]) -> Iterator[tuple[str, Term]]:
    """Wrong versions of one node."""
    if node.kind == "number":
        value = node.value()
        yield "constant", num(value + 1)
        yield "rounded", num(value * (1 + Fraction(1, 10 ** rng.choice((4, 8, 12)))))
    if node.kind == "constant":
        yield "rounded", num(Fraction("3.14159265") if node.name == "pi" else Fraction("2.71828183"))
    if node.kind == "add":
        k = rng.randrange(len(node.args))
        flipped = list(node.args)
        flipped[k] = flipped[k].args[0] if flipped[k].kind == "neg" else neg(flipped[k])
        yield "sign", add(*flipped)
        rest = [a for i, a in enumerate(node.args) if i != k]
        yield "dropped-term", add(*rest) if len(rest) > 1 else rest[0]
    if node.kind == "neg":
        yield "sign", node.args[0]
    if node.kind == "mul":
        k = rng.randrange(len(node.args))
        rest = [a for i, a in enumerate(node.args) if i != k]
        yield "dropped-factor", mul(*rest) if len(rest) > 1 else rest[0]
    if node.kind == "div":
        yield "turned", div(node.args[1], node.args[0])
        yield "factor", div(node.args[0], mul(num(2), node.args[1]))
    if node.kind == "pow":
        yield "exponent", node.with_args(node.args[0], add(node.args[1], ONE))
    if node.kind == "call" and node.args:
        if node.name in SWAPS:
            yield "function", Term("call", node.args, name=SWAPS[node.name], order=node.order)
        yield "argument", node.with_args(mul(num(2), node.args[0]), *node.args[1:])
        yield "argument", node.with_args(neg(node.args[0]), *node.args[1:])
        yield "argument", node.with_args(add(node.args[0], num(Fraction(1, 10**6))), *node.args[1:])
        yield "dropped-function", node.args[0]
    if node.kind == "symbol" and len(names) > 1:
        yield "symbol", sym(rng.choice([n for n in names if n != node.name] or names))
    if node.kind == "relation":
        yield (
            "relation",
            relation({"<": ">", ">": "<", "<=": ">", ">=": "<"}.get(node.name, "!="), *node.args),
        )


def whole(right: Term, rng: random.Random, names: list[str]) -> Iterator[tuple[str, Term]]:
    """Wrong versions of a whole side: tiny, far away, or at one point."""
    yield "tiny", add(right, num(Fraction(1, 10**30)))
    yield "tiny-factor", mul(right, num(1 + Fraction(1, 10**25)))
    yield "negated", neg(right)
    yield "added", add(right, ONE)
    if names:
        x = sym(rng.choice(names))
        spot = num(rng.choice((0, 1, 3, Fraction(1, 2), Fraction(7, 3))))
        yield "one-point", piecewise(case(add(right, ONE), relation("==", x, spot)), case(right, TRUE))
        far = num(rng.choice((50, 1000, 10**6)))
        yield "far", piecewise(case(add(right, ONE), relation(">", x, far)), case(right, TRUE))
        yield "far-tail", add(right, call("exp", neg(mul(num(40), call("Abs", x)))), num(0))
        yield "bump", add(right, call("Max", num(0), add(x, neg(far))))
        yield "bump-left", add(right, call("Max", num(0), add(neg(x), neg(far))))
        yield "tail", add(right, call("exp", neg(mul(const("pi"), mul(num(20), x, x)))))


def mutants(
    left: Term, right: Term, assumptions: Mapping[str, str], rng: random.Random, count: int, unfold
) -> list[Mutant]:
    """Up to `count` wrong pairs, each with its point."""
    names = sorted(left.free_symbols() | right.free_symbols())
    found: list[Mutant] = []
    pool: list[tuple[str, Term, Term]] = [(kind, left, new) for kind, new in whole(right, rng, names)]
    for side in (0, 1):
        base = (left, right)[side]
        for path, node in positions(base):
            for kind, new in changes(node, rng, names):
                wrong = base.replace_at(path, new)
                pool.append((kind, wrong, right) if side == 0 else (kind, left, wrong))
    rng.shuffle(pool)
    for kind, a, b in pool:
        if len(found) >= count:
            break
        point = witness(a, b, assumptions, rng, unfold)
        if point is not None:
            found.append(Mutant(a, b, kind, point))
    return found


def witness(
    a: Term, b: Term, assumptions: Mapping[str, str], rng: random.Random, unfold
) -> dict[str, Fraction] | None:
    """A point where mpmath, with 60 digits, finds two different real values."""
    resolver = Resolver(unfold)
    sides = [resolver.resolve(a), resolver.resolve(b), *resolver.guards]
    names = sorted({n for s in sides for n in s.free_symbols()})
    special = [Fraction(v) for v in (0, 1, 3)] + [Fraction(1, 2), Fraction(7, 3)]
    for attempt in range(24):
        point = {}
        for name in names:
            scale = rng.choice((1, 3, 20, 3000, 10**7))
            value = Fraction(rng.randint(-1000, 1000), 500) * scale if attempt % 3 else rng.choice(special)
            word = assumptions.get(name, "real")
            if word == "integer":
                value = Fraction(rng.randint(-4, 4))
            if word in ("positive", "nonnegative") or (word == "nonzero" and not value):
                value = abs(value) or Fraction(1, 3)
            if word == "negative":
                value = -abs(value) or Fraction(-1, 3)
            point[name] = value
        rough = gap(sides, point, 60)
        exact = gap(sides, point, 3000) if rough else None
        if rough and exact and abs(rough - exact) < abs(exact) / 10**6:
            return point  # the difference is there with 60 digits and with 3000: no cancellation
    return None


def gap(sides: list[Term], point: Mapping[str, Fraction], digits: int) -> mpmath.mpf | None:
    """left - right with that many digits, or None where something has no real value."""
    with mpmath.workdps(digits):
        try:
            values = [evaluate(side, point) for side in sides]
        except (ZeroDivisionError, ValueError, OverflowError, NoReal):
            return None
        return values[0] - values[1]


class NoReal(Exception):
    """No real value at the point."""


def evaluate(term: Term, point: Mapping[str, Fraction]) -> mpmath.mpf:
    """A floating-point value by mpmath, real or refused."""
    kind, args = term.kind, term.args
    if kind == "number":
        v = term.value()
        return mpmath.mpf(v.numerator) / v.denominator
    if kind == "symbol":
        if term.name not in point:
            raise NoReal
        v = point[term.name]
        return mpmath.mpf(v.numerator) / v.denominator
    if kind == "constant":
        return mpmath.pi if term.name == "pi" else mpmath.e
    if kind == "piecewise":
        for part in args:
            if holds(part.args[1], point):
                return evaluate(part.args[0], point)
        raise NoReal
    if kind == "sum":
        body, bound, low, high = args
        first, last = evaluate(low, point), evaluate(high, point)
        return mpmath.fsum(
            evaluate(body, {**point, bound.name: Fraction(k)}) for k in range(int(first), int(last) + 1)
        )
    values = (
        [evaluate(arg, point) for arg in args] if kind in ("add", "neg", "mul", "div", "pow", "call") else []
    )
    if kind == "add":
        return real(sum(values, mpmath.mpf(0)))
    if kind == "neg":
        return -values[0]
    if kind == "mul":
        return real(mpmath.fprod(values))
    if kind == "div":
        return real(values[0] / values[1])
    if kind == "pow":
        base, exponent = values
        if base < 0 and exponent != int(exponent):
            raise NoReal
        if abs(exponent) > 10**5:
            raise NoReal
        return real(base**exponent if base or exponent > 0 else 1 / base if exponent else mpmath.mpf(1))
    if kind == "call" and not term.order:
        return real(apply(term.name, values))
    raise NoReal


def apply(name: str, values: list[mpmath.mpf]) -> mpmath.mpf:
    """A named function."""
    if name == "Max":
        return max(values)
    if name == "Min":
        return min(values)
    if name == "Abs":
        return abs(values[0])
    if name in ("log", "acosh") and values[0] <= 0:
        raise NoReal
    if abs(values[0]) > 2000 and name in ("exp", "sinh", "cosh", "tanh", "sech", "csch", "coth"):
        raise NoReal
    function = getattr(mpmath, name, None)
    if function is None:
        raise NoReal
    return function(*values)


def real(value: mpmath.mpf) -> mpmath.mpf:
    """The value, if it is a finite real number."""
    if isinstance(value, mpmath.mpc):
        if abs(value.imag) > mpmath.mpf(10) ** -50 * (1 + abs(value)):
            raise NoReal
        value = value.real
    if not mpmath.isfinite(value):
        raise NoReal
    return value


def holds(condition: Term, point: Mapping[str, Fraction]) -> bool:
    """A condition at the point."""
    if condition.kind == "true":
        return True
    if condition.kind in ("and", "or"):
        return (all if condition.kind == "and" else any)(holds(c, point) for c in condition.args)
    a, b = (evaluate(arg, point) for arg in condition.args)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[condition.name]

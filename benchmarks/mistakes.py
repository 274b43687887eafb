"""Mistakes made on purpose: derivatives written as a person writes them, with one slip put in.

`Hand` differentiates by the rules of the textbook and writes down what a person would; at one place, told
beforehand, it makes one kind of slip. `edited` makes slips of copying in any line: signs, exponents,
factors, terms. What was changed is known, so a diagnosis can be called right or wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from symderiv.notation.term import ONE, ZERO, Term, add, call, div, mul, neg, num, power

SITES = (
    "sign", "dropped-inner-derivative", "dropped-factor", "dropped-term", "wrong-constant-factor",
    "exponent", "quotient-swapped", "product-of-derivatives", "output-form-as-input-form",
)  # fmt: skip
"""Slips that `Hand` can make while it differentiates."""
EDITS = ("sign", "exponent", "dropped-factor", "dropped-term", "wrong-constant-factor")
"""Slips of copying."""


@dataclass(slots=True)
class Hand:
    """Differentiates by `variable`; the `site`-th opportunity for `slip` is taken."""

    variable: Term
    slip: str = ""
    site: int = 0
    seen: int = 0
    made: bool = field(default=False)

    def _slips(self, name: str) -> bool:
        if name != self.slip:
            return False
        self.seen += 1
        self.made = self.made or self.seen == self.site + 1
        return self.seen == self.site + 1

    def of(self, term: Term) -> Term:
        """The derivative, as written."""
        if self.variable not in term.walk():
            return ZERO
        if term == self.variable:
            return ONE
        rule: Callable[[Term], Term] = getattr(self, f"_{term.kind}")
        return rule(term)

    def _add(self, term: Term) -> Term:
        parts = [part for part in map(self.of, term.args) if part != ZERO]
        if len(parts) > 1 and self._slips("dropped-term"):
            parts.pop()
        return parts[0] if len(parts) == 1 else add(*parts)

    def _neg(self, term: Term) -> Term:
        inner = self.of(term.args[0])
        return inner if self._slips("sign") else minus(inner)

    def _mul(self, term: Term) -> Term:
        fixed = [arg for arg in term.args if self.variable not in arg.walk()]
        moving = [arg for arg in term.args if self.variable in arg.walk()]
        if fixed and any(arg.kind != "number" for arg in fixed) and self._slips("dropped-factor"):
            fixed = [arg for arg in fixed if arg.kind == "number"]
        return product(*fixed, self._moving(moving))

    def _moving(self, args: list[Term]) -> Term:
        if len(args) == 1:
            return self.of(args[0])
        f, g = args[0], product(*args[1:])
        df, dg = self.of(f), self._moving(args[1:])
        if self._slips("product-of-derivatives"):
            return product(df, dg)
        if self._slips("dropped-term"):
            return product(df, g)
        return add(product(df, g), product(f, dg))

    def _div(self, term: Term) -> Term:
        f, g = term.args
        if self.variable not in g.walk():
            return div(self.of(f), g)
        df, dg = self.of(f), self.of(g)
        if df == ZERO:
            below = g if self._slips("exponent") else power(g, num(2))
            above = product(f, dg)
            return div(above if self._slips("sign") else minus(above), below)
        if self._slips("product-of-derivatives"):
            return div(df, dg)
        first, second = product(df, g), product(f, dg)
        if self._slips("quotient-swapped"):
            first, second = second, first
        joined = add(first, second) if self._slips("sign") else add(first, minus(second))
        return div(joined, g if self._slips("exponent") else power(g, num(2)))

    def _pow(self, term: Term) -> Term:
        base, exponent = term.args
        if self.variable in exponent.walk():
            return self._chained(product(term, call("log", base)), exponent)
        n = int(exponent.name) if exponent.kind == "number" else None
        if exponent.kind == "neg":
            n = -int(exponent.args[0].name)
        if n is None:
            return self._chained(product(exponent, power(base, add(exponent, neg(ONE)))), base)
        lower = n if self._slips("exponent") else n - 1
        factor = ONE if self._slips("wrong-constant-factor") else num(n)
        if n < 0 and self._slips("sign"):
            factor = num(-n)
        return self._chained(product(factor, raised(base, lower)), base)

    def _call(self, term: Term) -> Term:
        u = term.args[0]
        return self._chained(self._outer(term, u), u)

    def _outer(self, term: Term, u: Term) -> Term:
        name = term.name
        if name in {"sigmoid", "tanh"}:
            y = u if self._slips("output-form-as-input-form") else term
            second = y if name == "sigmoid" else power(y, num(2))
            lone = y if name == "tanh" and self._slips("exponent") else second
            bracket = add(ONE, lone if self._slips("sign") else neg(lone))
            return bracket if name == "tanh" else product(y, bracket)
        if name == "log":
            return div(ONE, u)
        if name == "sqrt":
            return div(ONE, product(ONE if self._slips("wrong-constant-factor") else num(2), term))
        if name == "cos":
            sine = call("sin", u)
            return sine if self._slips("sign") else minus(sine)
        return {"exp": term, "sin": call("cos", u), "softplus": call("sigmoid", u)}[name]

    def _chained(self, outer: Term, inner: Term) -> Term:
        if inner == self.variable:
            return outer
        factor = self.of(inner)
        if factor in {ONE, neg(ONE)}:  # a lost minus is a slip of sign
            lost = factor != ONE and self._slips("sign")
            return outer if lost or factor == ONE else minus(outer)
        return outer if self._slips("dropped-inner-derivative") else product(outer, factor)


def minus(term: Term) -> Term:
    """-term, as written."""
    return term.args[0] if term.kind == "neg" else neg(term)


def raised(base: Term, n: int) -> Term:
    """base^n, as written."""
    return ONE if n == 0 else base if n == 1 else power(base, num(n))


def product(*args: Term) -> Term:
    """A product as written: the sign and the numbers in front, fractions joined, no factor 1."""
    flat: list[Term] = []
    negative = False
    for arg in args:
        bare = arg.args[0] if arg.kind == "neg" else arg
        negative ^= arg.kind == "neg"
        flat += bare.args if bare.kind == "mul" else (bare,)
    above = [part.args[0] if part.kind == "div" else part for part in flat]
    below = [part.args[1] for part in flat if part.kind == "div"]
    top, bottom = _joined(above), _joined(below)
    if ZERO in above:
        return ZERO
    found = top if bottom == ONE else div(top, bottom)
    return neg(found) if negative else found


def _joined(factors: list[Term]) -> Term:
    number = 1
    rest: list[Term] = []
    for factor in factors:
        if factor.kind == "number" and factor.name.isdigit():
            number *= int(factor.name)
        else:
            rest += factor.args if factor.kind == "mul" else (factor,)
    parts = [num(number), *rest] if number != 1 else rest
    return ONE if not parts else parts[0] if len(parts) == 1 else mul(*parts)


# Copying


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every node with its path; what a derivative is taken by is left out."""
    yield path, term
    for k, arg in enumerate(term.args):
        if term.kind in {"diff", "sum"} and k:
            continue
        if term.kind in {"index", "piecewise"}:
            continue
        yield from places(arg, (*path, k))


def edited(term: Term, slip: str, rng: random.Random) -> Term | None:
    """The line with one slip of copying, or None where there is no place for it."""
    found = list(dict.fromkeys(_edits(term, slip, rng)))
    return rng.choice(found) if found else None


def _edits(term: Term, slip: str, rng: random.Random) -> Iterator[Term]:
    for path, node in places(term):
        if slip == "sign" and node.kind == "add":
            for k, arg in enumerate(node.args):
                yield term.replace_at((*path, k), minus(arg))
        elif slip == "sign" and node.kind == "neg" and node.args[0].kind != "number":
            yield term.replace_at(path, node.args[0])
        elif slip == "exponent" and node.kind == "pow" and node.args[1].kind == "number":
            n = int(node.args[1].name)
            yield term.replace_at(path, raised(node.args[0], n + rng.choice((1, -1))))
        elif slip == "dropped-factor" and node.kind == "mul":
            for k, arg in enumerate(node.args):
                if arg.kind not in {"number", "neg", "diff"}:
                    yield term.replace_at(path, product(*node.args[:k], *node.args[k + 1 :]))
        elif slip == "dropped-term" and node.kind == "add":
            for k in range(len(node.args)):
                rest = (*node.args[:k], *node.args[k + 1 :])
                yield term.replace_at(path, rest[0] if len(rest) == 1 else add(*rest))
        elif slip == "wrong-constant-factor":
            yield from _scaled(term, path, node, rng)


def _scaled(term: Term, path: tuple[int, ...], node: Term, rng: random.Random) -> Iterator[Term]:
    if node.kind == "mul" and node.args[0].kind == "number" and node.args[0].name.isdigit():
        other = int(node.args[0].name) + rng.choice((1, -1, 2))
        if other > 0:
            yield term.replace_at(path, product(num(other), *node.args[1:]))
    elif (not path or term.part(path[:-1]).kind == "add") and node.kind != "number":
        yield term.replace_at(path, product(num(rng.choice((2, 3))), node))


# Rewriting without harm


def rewritten(term: Term, rng: random.Random) -> Term:
    """The same value in other words: summands and factors in another order, doubled signs, halves."""
    args = tuple(
        arg if term.kind in {"diff", "sum"} and k else rewritten(arg, rng) for k, arg in enumerate(term.args)
    )
    if term.kind in {"index", "piecewise", "case", "relation"}:
        return term
    node = term.with_args(*args) if args else term
    turn = rng.random()
    if node.kind in {"add", "mul"} and turn < 0.5:
        shuffled = list(node.args)
        rng.shuffle(shuffled)
        return node.with_args(*shuffled)
    if node.kind == "add" and turn < 0.7:
        return neg(add(*map(minus, node.args)))
    if node.kind == "div" and turn < 0.4:
        return mul(node.args[0], power(node.args[1], neg(ONE)))
    if node.kind == "div" and turn < 0.6:
        return div(minus(node.args[0]), minus(node.args[1]))
    if node.kind in {"call", "pow"} and turn < 0.15:
        return div(add(node, node), num(2))
    return node

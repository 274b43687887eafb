"""`Term`: what is written, as an immutable tree that keeps the author's order and form.

A Term never simplifies, reorders or evaluates: `1 - x`, `-x + 1` and `1 + (-x)` are three different
Terms. Two Terms are equal exactly when they are written the same way, wherever they stood (spans are
not compared).

Kinds, with their arguments:

=============  ==========================================================================
`number`       a literal as written: `name` is its text (`2`, `0.044715`), never negative
`symbol`       `name` (`x`, `x_1`, `hat_y`, `z__2`)
`constant`     `pi` or `e`
`add`          two or more summands; a subtraction is a summand of kind `neg`
`neg`          minus one argument
`mul`          two or more factors
`div`          numerator, denominator
`pow`          base, exponent
`call`         function `name` applied to one or more arguments; `order` primes
`index`        a base and one or more indices: `z[i]`
`diff`         inert derivative `D(body, variable)` or `D(body, variable, n)`
`sum`          `Sum(body, k, low, high)`
`prod`         `Prod(body, k, low, high)`
`at`           `At(body, x, a)`: the value of the body at x = a, once its derivatives are taken
`limit`        `limit(body, x, a)`; a may be the symbol `oo` or minus it
`piecewise`    arguments of kind `case`
`case`         value, condition
`relation`     `name` in `< <= > >= == !=`, two arguments
`and`, `or`    two or more conditions
`true`         the last condition of a piecewise
`equation`     left = right (a claim, never a value)
=============  ==========================================================================

Vectors are written with the reserved calls `diag(s)`, `transpose(s)`, `hadamard(a, b)`, `inner(a, b)`,
`norm(x)`, `matrix(row(a, b), row(c, d))`, `det(A)` and `delta(i, j)`; `given(y, x)` is y under the
condition x. The second argument of `sum`, `prod`, `at` and `limit` is bound in the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from symderiv.errors import Span

Kind = Literal[
    "number",
    "symbol",
    "constant",
    "add",
    "neg",
    "mul",
    "div",
    "pow",
    "call",
    "index",
    "diff",
    "sum",
    "prod",
    "at",
    "limit",
    "piecewise",
    "case",
    "relation",
    "and",
    "or",
    "true",
    "equation",
]

BINDERS = frozenset({"sum", "prod", "at", "limit"})
"""Kinds whose second argument is a symbol bound in the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One node of a written formula: `kind`, `args`, `name`, `order`, and where it stood."""

    kind: Kind
    args: tuple[Term, ...] = ()
    name: str = ""
    order: int = 0
    span: Span | None = field(default=None, compare=False, repr=False)
    _hash: int = field(default=0, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.kind, self.args, self.name, self.order)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Written the same way. A list for a stack: no depth of Term is too deep to compare."""
        if not isinstance(other, Term):
            return NotImplemented
        pairs = [(self, other)]
        while pairs:
            a, b = pairs.pop()
            if a is b:
                continue
            if a._hash != b._hash or a._label() != b._label():
                return False
            pairs.extend(zip(a.args, b.args, strict=True))
        return True

    def _label(self) -> tuple[object, ...]:
        return self.kind, self.name, self.order, len(self.args)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled without its hash, which differs from one process to the next."""
        return Term, (self.kind, self.args, self.name, self.order, self.span)

    def walk(self) -> Iterator[Term]:
        """This node and everything below it, outermost first, left to right."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.args))

    def symbols(self) -> frozenset[str]:
        """The names of the symbols that occur, bound ones included."""
        return frozenset(node.name for node in self.walk() if node.kind == "symbol")

    def free_symbols(self) -> frozenset[str]:
        """The names of the symbols that occur free (the index of a `sum` is bound)."""
        if self.kind == "symbol":
            return frozenset({self.name})
        if self.kind in BINDERS:
            body, bound, *outside = self.args
            free = (body.free_symbols() - {bound.name}).union(*(arg.free_symbols() for arg in outside))
            return free - {"oo"} if self.kind == "limit" else free
        return frozenset().union(*(arg.free_symbols() for arg in self.args))

    def functions(self) -> frozenset[str]:
        """The names of the functions that are called."""
        return frozenset(node.name for node in self.walk() if node.kind == "call")

    def with_args(self, *args: Term) -> Term:
        """The same node over other arguments."""
        return replace(self, args=args)

    def at(self, span: Span | None) -> Term:
        """The same Term, said to stand at `span`."""
        return replace(self, span=span)

    def rebuild(self, visit: Callable[[Term], Term | None]) -> Term:
        """Replace top down: where `visit` answers a Term, that stands there and is not entered."""
        found = visit(self)
        if found is not None:
            return found
        if not self.args:
            return self
        args = tuple(arg.rebuild(visit) for arg in self.args)
        return self if args == self.args else replace(self, args=args)

    def substitute(self, values: dict[str, Term]) -> Term:
        """Put Terms in place of free symbols, without evaluating anything.

        What a `sum` and its kin bind is left alone inside; a value that would be captured renames it.
        """
        if not values:
            return self
        if self.kind == "symbol":
            return values.get(self.name, self)
        if self.kind in BINDERS:
            return self._substitute_bound(values)
        if not self.args:
            return self
        args = tuple(arg.substitute(values) for arg in self.args)
        return self if args == self.args else replace(self, args=args)

    def _substitute_bound(self, values: dict[str, Term]) -> Term:
        body, index, *outside = self.args
        inner = {k: v for k, v in values.items() if k != index.name and k in body.free_symbols()}
        captured = frozenset().union(*(v.free_symbols() for v in inner.values()))
        if index.name in captured:
            fresh = _fresh(index.name, captured | body.symbols())
            body = body.substitute({index.name: sym(fresh)})
            index = sym(fresh)
        return replace(
            self,
            args=(body.substitute(inner), index, *(arg.substitute(values) for arg in outside)),
        )

    def replace_at(self, path: tuple[int, ...], new: Term) -> Term:
        """The tree with `new` at `path` (argument positions from the root)."""
        if not path:
            return new
        args = list(self.args)
        args[path[0]] = args[path[0]].replace_at(path[1:], new)
        return replace(self, args=tuple(args))

    def part(self, path: tuple[int, ...]) -> Term:
        """The subtree at `path`."""
        node = self
        for position in path:
            node = node.args[position]
        return node

    def value(self) -> Fraction:
        """The exact value of a `number` literal (decimals are exact rationals)."""
        if self.kind != "number":
            raise ValueError(f"a {self.kind} has no literal value")
        return Fraction(self.name)

    def __str__(self) -> str:
        from symderiv.notation.write.plain import write_plain

        return write_plain(self)


def _fresh(name: str, taken: frozenset[str]) -> str:
    for candidate in "klmpqrstuv":
        if candidate not in taken:
            return candidate
    count = 1
    while f"{name}_{count}" in taken:
        count += 1
    return f"{name}_{count}"


def num(value: int | str | Fraction) -> Term:
    """A number: a literal for text and non-negative integers, else `neg` and `div` of literals."""
    if isinstance(value, str):
        return Term("number", name=value)
    value = Fraction(value)
    if value < 0:
        return neg(num(-value))
    if value.denominator == 1:
        return Term("number", name=str(value.numerator))
    return div(num(value.numerator), num(value.denominator))


def sym(name: str) -> Term:
    """A symbol."""
    return Term("symbol", name=name)


def const(name: Literal["pi", "e"]) -> Term:
    """pi or Euler's e."""
    return Term("constant", name=name)


def add(*args: Term) -> Term:
    """a + b + ..."""
    return Term("add", args)


def neg(arg: Term) -> Term:
    """-a."""
    return Term("neg", (arg,))


def mul(*args: Term) -> Term:
    """a * b * ..."""
    return Term("mul", args)


def div(numerator: Term, denominator: Term) -> Term:
    """a / b."""
    return Term("div", (numerator, denominator))


def power(base: Term, exponent: Term) -> Term:
    """a ** b."""
    return Term("pow", (base, exponent))


def call(name: str, *args: Term, order: int = 0) -> Term:
    """f(a, ...), with `order` primes."""
    return Term("call", args, name=name, order=order)


def index(base: Term, *indices: Term) -> Term:
    """z[i, ...]."""
    return Term("index", (base, *indices))


def diff(body: Term, variable: Term, order: int = 1) -> Term:
    """D(body, variable) or D(body, variable, n), inert."""
    if order == 1:
        return Term("diff", (body, variable))
    return Term("diff", (body, variable, num(order)))


def total(body: Term, bound: Term, low: Term, high: Term) -> Term:
    """Sum(body, k, low, high)."""
    return Term("sum", (body, bound, low, high))


def repeated(body: Term, bound: Term, low: Term, high: Term) -> Term:
    """Prod(body, k, low, high)."""
    return Term("prod", (body, bound, low, high))


def at_point(body: Term, variable: Term, point: Term) -> Term:
    """At(body, x, a)."""
    return Term("at", (body, variable, point))


def case(value: Term, condition: Term) -> Term:
    """One line of a piecewise definition."""
    return Term("case", (value, condition))


def piecewise(*cases: Term) -> Term:
    """Piecewise((a, cond), ..., (b, True)); the first condition that holds decides."""
    return Term("piecewise", cases)


def relation(name: str, left: Term, right: Term) -> Term:
    """left < right and its kin."""
    return Term("relation", (left, right), name=name)


def equation(left: Term, right: Term) -> Term:
    """left = right, as a claim."""
    return Term("equation", (left, right))


TRUE = Term("true")
ZERO = num(0)
ONE = num(1)

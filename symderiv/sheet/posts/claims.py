"""The claims of `posts.toml`, decided: formulas are proved or refuted, numbers compared with enclosures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from typing import Any, Literal

from flint import arb

from symderiv.catalog import Catalog
from symderiv.derive.algebra import is_number, join_product, join_sum, literal
from symderiv.derive.collect import collect
from symderiv.derive.engine import expand
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.properties_constants import digits
from symderiv.derive.scalar import Request, derive_scalar
from symderiv.derive.target import record_of
from symderiv.errors import SymderivError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import ONE, ZERO, Term, call, diff, num, sym
from symderiv.prove import Prover
from symderiv.prove.balls import value

Mark = Literal["proved", "refuted", "undecided", "right", "double", "rounded", "wrong", "undefined"]
_LONG = 15
"""A number with so many digits was printed by a program that computes in doubles."""
_DOUBLE = Fraction(1, 10**12)


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim of a post: where it stands, what it says, what follows from the definitions, the verdict.

    `theirs` is a formula left = right as a pair, or a quantity and the printed number.
    """

    line: int
    picture: bool
    theirs: tuple[Term, Term]
    ours: Term | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Post:
    """A post by its title, with its definitions, the numbers it puts in, and what was found."""

    title: str
    define: tuple[tuple[str, Term], ...]
    given: tuple[tuple[str, Term], ...]
    findings: tuple[Finding, ...]


def posts(catalog: Catalog) -> tuple[Post, ...]:
    """Every post, every claim decided."""
    text = (files("symderiv.sheet.posts") / "posts.toml").read_text(encoding="utf-8")
    lemmas = Lemmas(catalog)
    return tuple(_post(table, catalog, lemmas) for table in tomllib.loads(text)["post"])


def _post(table: Mapping[str, Any], catalog: Catalog, lemmas: Lemmas) -> Post:
    names = [*table.get("define", {}), *table.get("given", {})]
    define = {name: catalog.read(text, symbols=names) for name, text in table.get("define", {}).items()}
    given = {name: catalog.read(text) for name, text in table.get("given", {}).items()}
    desk = _Desk(catalog, lemmas, define, given)
    found = tuple(desk.finding(line) for line in table["lines"])
    return Post(table["title"], tuple(define.items()), tuple(given.items()), found)


@dataclass(frozen=True, slots=True)
class _Desk:
    catalog: Catalog
    lemmas: Lemmas
    define: dict[str, Term]
    given: dict[str, Term]

    def read(self, text: str, line: Mapping[str, Any]) -> Term:
        """A formula of the post; its definitions may be named."""
        return self.catalog.read(
            text, functions=line.get("functions", ()), symbols=[*self.define, *self.given]
        )

    def whole(self, term: Term) -> Term:
        """With the definitions put in, the last one first."""
        for name, meaning in reversed(self.define.items()):
            term = term.substitute({name: meaning})
        return term

    def finding(self, line: Mapping[str, Any]) -> Finding:
        """One claim, decided."""
        if line.get("undefined"):
            told = self.catalog.read(line["value"], functions=["f"]), _decimal(line["printed"])
            return Finding(line["line"], False, told, None, "undefined")
        return self.number(line) if "value" in line else self.equality(line)

    def equality(self, line: Mapping[str, Any]) -> Finding:
        """left = right, proved or refuted; where it is refuted, what holds instead."""
        left, right = self.read(line["left"], line), self.read(line["right"], line)
        prover = Prover(self.catalog, read_assumptions(line.get("assume", {})))
        verdict = prover.prove(self.whole(left), self.whole(right))
        ours = self.chained(left) or self.derived(left)
        ours = ours or (right if verdict.is_proved else self.define.get(left.name, left))
        return Finding(line["line"], bool(line.get("picture")), (left, right), ours, verdict.status)

    def derived(self, left: Term) -> Term | None:
        """The derivative as the rules give it, for a function of one variable."""
        if left.kind != "diff" or any(n.kind in ("index", "sum") for n in left.walk()) or self.define:
            return None
        body, variable = left.args[0], left.args[1].name
        named = body.kind == "call" and self.catalog.find(body.name) is not None
        target = body.name if named and body.args[0].kind == "symbol" else str(body)
        try:
            record = record_of(target, self.catalog, wrt=None if named else variable)
            found = derive_scalar(Request(record, self.catalog, record.variable), self.lemmas)
        except SymderivError:
            return None
        own = call(record.name, sym(record.variable))
        result = found.result if named else found.result.rebuild({own: body}.get)
        return result.substitute({record.variable: left.args[1]})

    def chained(self, left: Term) -> Term | None:
        """∂L/∂w along the definitions: local derivatives in the order of the chain, summed over the paths."""
        if left.kind != "diff" or left.args[0].name not in self.define or left.args[1].kind != "symbol":
            return None
        return self._slope(left.args[0].name, left.args[1])

    def _slope(self, name: str, by: Term) -> Term:
        body = self.define[name]
        names = {meaning: sym(letter) for letter, meaning in self.define.items()}
        paths = []
        for child in sorted(body.free_symbols()):
            if child != by.name and child not in self.define:
                continue
            moves = expand(diff(body, sym(child)), self.lemmas)
            local = collect(moves[-1].after).rebuild(names.get) if moves else ONE
            inner = ONE if child == by.name else self._slope(child, by)
            if not is_number(inner, 0) and not is_number(local, 0):
                paths.append(join_product(local, inner))
        return join_sum(*paths) if paths else ZERO

    def number(self, line: Mapping[str, Any]) -> Finding:
        """A printed number against the enclosure of its quantity."""
        quantity, printed = self.read(line["value"], line), str(line["printed"])
        given = self.given | {k: self.catalog.read(v) for k, v in line.get("given", {}).items()}
        point = {name: literal(term) or Fraction(0) for name, term in given.items()}
        ball = value(self.catalog.unfold(self.whole(quantity)), point, digits=30)
        assert ball is not None, f"no value for {quantity}"
        shown = max(6, sum(letter.isdigit() for letter in printed.lstrip("-0.")))
        ours = _decimal(digits(ball, shown))
        mark = _compared(ball, printed, line.get("from"), self.catalog)
        return Finding(line["line"], False, (quantity, _decimal(printed)), ours, mark)


def _compared(ball: arb, printed: str, arithmetic: str | None, catalog: Catalog) -> Mark:
    """Right to every printed digit, right in doubles, right from rounded numbers only, or wrong."""
    number = Fraction(printed)
    places = len(printed.partition(".")[2])
    half = Fraction(1, 2 * 10**places) if places else Fraction(0)
    if _within(ball, number, half):
        return "right"
    if places >= _LONG and _within(ball, number, abs(number) * _DOUBLE):
        return "double"
    if arithmetic is not None:
        told = literal(catalog.read(arithmetic))
        exact = told if told is not None else _exactly(catalog.read(arithmetic))
        if exact is not None and abs(exact - number) <= half:
            return "rounded"
    return "wrong"


def _exactly(term: Term) -> Fraction | None:
    """The value of arithmetic on decimals."""
    from symderiv.meaning import to_sympy

    meaning = to_sympy(term)
    return Fraction(int(meaning.p), int(meaning.q)) if meaning.is_Rational else None


def _within(ball: arb, number: Fraction, room: Fraction) -> bool:
    gap = abs(ball - arb(number.numerator) / arb(number.denominator))
    return bool(gap <= arb(room.numerator) / arb(room.denominator))


def _decimal(text: str) -> Term:
    """A decimal as it is printed."""
    return Term("neg", (num(text[1:]),)) if text.startswith("-") else num(text)

"""The domain of a formula: what its parts need to have a value, as short relations.

`requirements` reads them off the Term; `conditions` leaves out what always holds, solves what is linear
in one symbol, and drops what follows from another condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mpoly

from symderiv.errors import SymderivError
from symderiv.field.build import build
from symderiv.field.engine import Engine
from symderiv.field.region import Region
from symderiv.field.terms import poly_term
from symderiv.field.tower import Element, SplitError, UndefinedError, as_fraction, coefficients_in
from symderiv.notation.term import ONE, Term, add, call, neg, num, relation
from symderiv.notation.write.plain import write_plain
from symderiv.prove.coverage import uncovered

_SHORT = 64
_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Requirement:
    """`term` != 0, > 0 or >= 0, needed only where the conditions `when` hold."""

    sign: str
    term: Term
    when: tuple[Term, ...] = ()


def requirements(
    term: Term, when: tuple[Term, ...] = (), whole: frozenset[str] = frozenset()
) -> Iterator[Requirement]:
    """Everything that the parts of a Term (without D) need to have a value; `whole` symbols are integers."""
    if term.kind == "piecewise":
        yield from _of_cases(term, when, whole)
        return
    if term.kind == "sum":
        yield from _of_sum(term, when, whole)
        return
    for arg in term.args:
        yield from requirements(arg, when, whole)
    for sign, inner in _own(term, whole):
        if inner.kind != "number":
            yield Requirement(sign, inner, when)


def _of_cases(term: Term, when: tuple[Term, ...], whole: frozenset[str]) -> Iterator[Requirement]:
    before: tuple[Term, ...] = ()
    for part in term.args:
        value, condition = part.args
        yield from requirements(condition, when, whole)
        here: tuple[Term, ...] = (condition,) if condition.kind == "relation" else ()
        if condition.kind == "and":
            here = condition.args
        yield from requirements(value, (*when, *before, *here), whole)
        if condition.kind == "relation":
            before = (*before, relation(_NEGATED[condition.name], *condition.args))
    yield from (Requirement(sign, gap, when) for sign, gap in uncovered(term))


def _of_sum(term: Term, when: tuple[Term, ...], whole: frozenset[str]) -> Iterator[Requirement]:
    """Each term of a short sum; a long one is left with its index, as a symbol."""
    body, bound, low, high = term.args
    first, last = rational(low), rational(high)
    bodies = [body]
    if bound.name in body.free_symbols() and first is not None and last is not None and last - first < _SHORT:
        bodies = [body.substitute({bound.name: num(k)}) for k in range(int(first), int(last) + 1)]
    for part in (*bodies, low, high):
        yield from requirements(part, when, whole | {bound.name})


def _own(term: Term, whole: frozenset[str]) -> list[tuple[str, Term]]:
    match term.kind:
        case "div":
            return [("!=", part) for part in _parts(term.args[1])]
        case "pow":
            return _of_power(term.args[0], term.args[1], whole)
        case "call" if not term.order and term.name in _CALLS:
            return _CALLS[term.name](term.args[0])
    return []


def _parts(term: Term) -> list[Term]:
    """What must not be 0, so that a product, a power or a minus is not 0."""
    match term.kind:
        case "mul":
            return [part for arg in term.args for part in _parts(arg)]
        case "neg" | "pow":
            return _parts(term.args[0])
    return [term]


def _of_power(base: Term, exponent: Term, whole: frozenset[str]) -> list[tuple[str, Term]]:
    number = rational(exponent)
    if number is None:
        if rational(base) == 0:
            return [(">=", exponent)]
        if base.kind == "constant" or rational(base) is not None:
            return []
        return [("!=" if exponent.free_symbols() <= whole else ">", base)]
    if number.denominator == 1:
        return [("!=", base)] if number < 0 else []
    return [(">" if number < 0 else ">=", base)]


def rational(term: Term) -> Fraction | None:
    """The value of a Term made of numbers by + - * /."""
    match term.kind:
        case "number":
            return term.value()
        case "neg":
            inner = rational(term.args[0])
            return None if inner is None else -inner
        case "div" | "mul" | "add":
            values = [rational(arg) for arg in term.args]
            total = values[0]
            for value in values[1:]:
                if total is None or value is None:
                    return None
                if term.kind == "div":
                    if value == 0:
                        return None
                    total = total / value
                else:
                    total = total * value if term.kind == "mul" else total + value
            return total
    return None


def _within(u: Term, sign: str) -> list[tuple[str, Term]]:
    return [(sign, add(ONE, neg(u))), (sign, add(ONE, u))]


_CALLS = {
    "log": lambda u: [(">", u)],
    "sqrt": lambda u: [(">=", u)],
    "tan": lambda u: [("!=", call("cos", u))],
    "sec": lambda u: [("!=", call("cos", u))],
    "cot": lambda u: [("!=", call("sin", u))],
    "csc": lambda u: [("!=", call("sin", u))],
    "coth": lambda u: [("!=", u)],
    "csch": lambda u: [("!=", u)],
    "asin": lambda u: _within(u, ">="),
    "acos": lambda u: _within(u, ">="),
    "atanh": lambda u: _within(u, ">"),
    "acosh": lambda u: [(">=", add(u, neg(ONE)))],
}


def conditions(engine: Engine, terms: list[Term]) -> tuple[str, ...]:
    """The domain that the Terms share, as short texts, e.g. `x > 0`, `x != 1`."""
    found: dict[tuple[str, str], None] = {}
    seen: set[Requirement] = set()
    whole = frozenset(name for name, word in engine.assumptions.items() if word == "integer")
    base = engine.region
    engine.region = base.copy()
    try:
        for term in terms:
            for need in requirements(term, (), whole):
                if need not in seen:
                    seen.add(need)
                    found |= dict.fromkeys(_simplified(engine, need))
    finally:
        engine.region = base
    return _merged([_Line.read(left, text) for left, text in found])


def _simplified(engine: Engine, need: Requirement) -> list[tuple[str, str]]:
    plain = [("", f"{write_plain(need.term)} {need.sign} 0")]
    base = engine.region
    try:
        engine.region = _branch(engine, need.when)
        if engine.region.is_empty():
            return []
        value = build(engine, need.term)
        lines = _of_element(engine, value, need, plain)
        if need.sign != "!=" and not need.when and not value.num.is_zero():
            sign, odd = engine.odd_factors(value)
            known, rest = engine.parity(odd)
            base.add_parity(rest, sign * known, strict=need.sign == ">")
        return lines
    except (SymderivError, UndefinedError, SplitError):
        return plain
    finally:
        engine.region = base


def _branch(engine: Engine, when: tuple[Term, ...]) -> Region:
    region = engine.region
    for claim in when:
        if claim.kind == "relation" and claim.name in ("<", ">", "<=", ">="):
            gap = build(engine, claim.args[0]) - build(engine, claim.args[1])
            if gap.num.is_zero():
                continue
            sign, odd = engine.odd_factors(gap)
            value, rest = engine.parity(odd)
            wanted = 1 if claim.name in (">", ">=") else -1
            region = region.with_claim(rest, sign * value * wanted, strict=claim.name in "<>")
    return region


def _of_element(
    engine: Engine, value: Element, need: Requirement, plain: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    if value.num.is_zero():
        return plain
    open_factors: list[fmpq_mpoly] = []
    sign, odd = engine.odd_factors(value)
    touching = False
    for factor, _ in engine.factored(value.num)[1]:
        for part in engine.zeros_of(factor):
            known = engine.region.definite(part)
            if known is None:
                open_factors.append(part)
            elif not known[1]:
                touching = True
                if need.sign != ">=":
                    open_factors.append(part)
    if need.sign == "!=":
        return [
            _line(engine, factor, "!=", 1) or ("", f"{_text(engine, factor)} != 0") for factor in open_factors
        ]
    known_sign, rest = engine.parity(odd)
    if not rest and sign * known_sign > 0:
        if need.sign == ">=" or not touching:
            return []
        return [_line(engine, f, "!=", 1) or ("", f"{_text(engine, f)} != 0") for f in open_factors]
    if len(rest) == 1 and len(open_factors) == 1:
        line = _line(engine, rest[0], need.sign, sign * known_sign)
        return [line] if line else plain
    between = (
        _between(engine, rest, need.sign, sign * known_sign) if len(open_factors) == len(rest) == 2 else None
    )
    return between or plain


def _between(
    engine: Engine, factors: tuple[fmpq_mpoly, ...], sign: str, direction: int
) -> list[tuple[str, str]] | None:
    """`x > a` and `x < b` for a product of two lines that is positive in between."""
    if direction > 0 or any(f.leading_coefficient() < 0 for f in factors):
        return None
    lines = [_Line.read(*line) for f in factors if (line := _line(engine, f, sign, 1)) is not None]
    if len(lines) != 2 or lines[0].symbol != lines[1].symbol:
        return None
    lines.sort(key=lambda line: line.border)
    below = {">": "<", ">=": "<="}[sign]
    symbol = lines[0].symbol
    return [(symbol, lines[0].text), (symbol, f"{symbol} {below} {write_plain(num(lines[1].border))}")]


def _text(engine: Engine, factor: fmpq_mpoly) -> str:
    return write_plain(poly_term(engine, factor))


def _line(engine: Engine, factor: fmpq_mpoly, sign: str, direction: int) -> tuple[str, str] | None:
    """`x > c` for a factor that is linear in one symbol."""
    tower = engine.tower
    used = tower.used(factor)
    if len(used) != 1 or used[0].kind != "symbol" or factor.total_degree() != 1:
        return None
    b, a = coefficients_in(tower, factor, tower.column(used[0].position), 1)
    slope = as_fraction(a.leading_coefficient())
    border = Fraction(0) if b.is_zero() else -as_fraction(b.leading_coefficient()) / slope
    if direction * slope < 0:
        sign = {">": "<", ">=": "<=", "!=": "!="}[sign]
    return used[0].label, f"{used[0].label} {sign} {write_plain(num(border))}"


@dataclass(frozen=True, slots=True)
class _Line:
    symbol: str
    text: str
    sign: str = ""
    border: Fraction = Fraction(0)

    @staticmethod
    def read(symbol: str, text: str) -> _Line:
        if not symbol:
            return _Line("", text)
        _, sign, border = text.rsplit(" ", 2)
        return _Line(symbol, text, sign, Fraction(border))

    def follows_from(self, other: _Line) -> bool:
        """Does `other` make this line superfluous?"""
        if not self.symbol or self.symbol != other.symbol or self == other:
            return False
        gap = self.border - other.border
        match other.sign, self.sign:
            case (">", ">") | (">", ">=") | (">=", ">=") | (">=", ">"):
                return gap < 0 or (gap == 0 and (other.sign == ">" and self.sign == ">="))
            case ("<", "<") | ("<", "<=") | ("<=", "<=") | ("<=", "<"):
                return gap > 0 or (gap == 0 and (other.sign == "<" and self.sign == "<="))
            case (">", "!="):
                return gap <= 0
            case (">=", "!="):
                return gap < 0
            case ("<", "!="):
                return gap >= 0
            case ("<=", "!="):
                return gap > 0
        return False


def _opened(line: _Line, lines: list[_Line]) -> _Line:
    """`x >= c` next to `x != c` is `x > c`."""
    without = _Line(line.symbol, f"{line.symbol} != {write_plain(num(line.border))}", "!=", line.border)
    if line.sign in (">=", "<=") and without in lines:
        return _Line(line.symbol, line.text.replace(line.sign, line.sign[0]), line.sign[0], line.border)
    return line


def _merged(lines: list[_Line]) -> tuple[str, ...]:
    lines = [_opened(line, lines) for line in lines]
    lines = list(dict.fromkeys(lines))
    return tuple(line.text for line in lines if not any(line.follows_from(other) for other in lines))

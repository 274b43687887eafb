"""`Builder`: one method per rule of the plain grammar, from its parts and its span to a Term."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, cast

from symderiv import limits
from symderiv.errors import LimitError, ReadError, Span, UnknownNameError, UnsupportedError
from symderiv.notation import names
from symderiv.notation.term import (
    TRUE,
    Term,
    add,
    at_point,
    call,
    case,
    const,
    div,
    equation,
    mul,
    neg,
    piecewise,
    power,
    relation,
    repeated,
    sym,
    total,
)

_RELATIONS = {"≤": "<=", "≥": ">=", "≠": "!="}
_LARGEST_TENS = 300


class Pair:
    """A bracket with a comma in it, as `Piecewise` takes them."""

    def __init__(self, members: list[Term], span: Span | None) -> None:
        self.members = members
        self.span = span


def _value(part: Any) -> Term:
    if isinstance(part, Pair):
        raise ReadError(
            "a comma stands in a bracket that holds one value",
            hint="pairs occur only in Piecewise((a, cond), (b, True))",
            span=part.span,
        )
    return cast(Term, part)


class Builder:
    """The Terms of one text. `functions` may be called, `symbols` are never constants."""

    def __init__(self, functions: Collection[str] | None, symbols: frozenset[str]) -> None:
        self._functions = functions
        self._declared = symbols

    def start(self, parts: list[Any], span: Span | None) -> Term:
        """The whole text."""
        return _value(parts[0])

    def equation(self, parts: list[Any], span: Span | None) -> Term:
        """A = b."""
        return equation(_value(parts[0]), _value(parts[1])).at(span)

    def disjunction(self, parts: list[Any], span: Span | None) -> Term:
        """A or b."""
        return Term("or", tuple(map(_value, parts)), span=span)

    def conjunction(self, parts: list[Any], span: Span | None) -> Term:
        """A and b."""
        return Term("and", tuple(map(_value, parts)), span=span)

    def comparison(self, parts: list[Any], span: Span | None) -> Term:
        """A < b, or a chain a < b < c, which is a conjunction."""
        links = []
        for k in range(1, len(parts), 2):
            left, right, sign = _value(parts[k - 1]), _value(parts[k + 1]), str(parts[k])
            links.append(relation(_RELATIONS.get(sign, sign), left, right).at(span))
        return links[0] if len(links) == 1 else Term("and", tuple(links), span=span)

    def total(self, parts: list[Any], span: Span | None) -> Term:
        """A + b - c."""
        return add(*map(_value, parts)).at(span)

    def addend(self, parts: list[Any], span: Span | None) -> Term:
        """`+ a` or `- a` inside a sum."""
        value = _value(parts[1])
        return neg(value).at(span) if parts[0] == "-" else value

    sign = addend

    def chain(self, parts: list[Any], span: Span | None) -> Term:
        """A * b / c, from the left."""
        result = _value(parts[0])
        run = [result]
        for operator, right in parts[1:]:
            if operator == "*":
                run.append(right)
                result = mul(*run)
            else:
                result = div(result, right)
                run = [result]
        return result.at(span)

    def factor(self, parts: list[Any], span: Span | None) -> tuple[str, Term]:
        """`* a` or `/ a`."""
        return str(parts[0]), _value(parts[1])

    def power(self, parts: list[Any], span: Span | None) -> Term:
        """A ** b."""
        return power(_value(parts[0]), _value(parts[1])).at(span)

    def index(self, parts: list[Any], span: Span | None) -> Term:
        """A[i]."""
        return Term("index", (_value(parts[0]), *map(_value, parts[1])), span=span)

    def number(self, parts: list[Any], span: Span | None) -> Term:
        """A literal, as written."""
        text = str(parts[0])
        exponent = text.lower().partition("e")[2]
        if exponent and abs(int(exponent)) > _LARGEST_TENS:
            raise LimitError(
                f"the power of ten in {text} is too large", hint=f"the limit is {_LARGEST_TENS}", span=span
            )
        return Term("number", name=text, span=span)

    def name(self, parts: list[Any], span: Span | None) -> Term:
        """A symbol or a constant."""
        text = str(parts[0])
        _check_length(text, span)
        if text in self._declared:
            return sym(text).at(span)
        if text == "True":
            return TRUE.at(span)
        if text in names.CONSTANTS:
            return const(cast(Literal["pi", "e"], names.CONSTANTS[text])).at(span)
        if text == names.COMPLEX_UNIT:
            raise UnsupportedError(
                f"the complex unit {text} is outside the class",
                hint="everything here is real; a constant may have any other letter",
                span=span,
            )
        if (text in names.FUNCTIONS or text in names.STRUCTURES) and text not in names.LETTERS:
            raise ReadError(
                f"the function {text!r} needs an argument",
                hint=f"write {text}(x), and a power of it as {text}(x)**2",
                span=span,
            )
        return sym(text).at(span)

    def arguments(self, parts: list[Any], span: Span | None) -> list[Any]:
        """A, b, ..."""
        return parts

    claims = arguments

    def group(self, parts: list[Any], span: Span | None) -> Any:
        """(a), or the pair (a, b)."""
        members = parts[0]
        return _value(members[0]) if len(members) == 1 else Pair([_value(part) for part in members], span)

    def call(self, parts: list[Any], span: Span | None) -> Term:
        """F(a, ...), with or without primes, and the structures D, Sum, Piecewise."""
        text, arguments = str(parts[0]), parts[-1]
        order = len(parts[1]) if len(parts) == 3 else 0
        where = None if span is None else (span[0], span[0] + len(text))
        _check_length(text, where)
        if self._functions is None or text not in self._functions:
            text = names.SPELLINGS.get(text, text)
        if text in names.STRUCTURES:
            if order:
                raise ReadError(f"{text} takes no prime", span=where)
            return _STRUCTURES[text](arguments, span)
        values = tuple(_value(argument) for argument in arguments)
        self._check_call(text, len(values), where)
        if order > limits.MAX_EXPONENT:
            raise LimitError(f"{order} primes; the limit is {limits.MAX_EXPONENT}", span=span)
        return call(text, *values, order=order).at(span)

    def _check_call(self, text: str, count: int, span: Span | None) -> None:
        if text in names.FUNCTIONS:
            low, high = names.FUNCTIONS[text]
            if count < low or (high is not None and count > high):
                raise ReadError(
                    f"{text} takes {low} argument{'s' * (low > 1)}, not {count}", hint=None, span=span
                )
        elif self._functions is not None and text not in self._functions:
            known = [*names.FUNCTIONS, *names.STRUCTURES, *self._functions]
            hint = names.suggest(text, known) if len(text) > 1 else None
            raise UnknownNameError(
                f"unknown function {text!r}",
                hint=hint or f"for a product write {text}*(...); `symderiv list` names the functions",
                span=span,
            )


def _check_length(text: str, span: Span | None) -> None:
    if len(text) > limits.MAX_NAME:
        raise LimitError(f"a name of {len(text):,} letters; the limit is {limits.MAX_NAME}", span=span)


def _piecewise(arguments: list[Any], span: Span | None) -> Term:
    cases = []
    for argument in arguments:
        if not isinstance(argument, Pair) or len(argument.members) != 2:
            raise ReadError(
                "Piecewise takes pairs (value, condition)",
                hint="write Piecewise((x, x > 0), (0, True))",
                span=argument.span or span,
            )
        value, condition = argument.members
        cases.append(case(value, condition).at(argument.span))
    return piecewise(*cases).at(span)


def _diff(arguments: list[Any], span: Span | None) -> Term:
    values = [_value(argument) for argument in arguments]
    if len(values) not in (2, 3):
        raise ReadError("D takes an expression and a variable", hint="write D(f, x) or D(f, x, 2)", span=span)
    if values[1].kind not in ("symbol", "index"):
        raise ReadError(
            "D differentiates by a variable, not by an expression",
            hint="write D(f, x), with x or z[i]",
            span=values[1].span,
        )
    if len(values) == 3 and not _is_order(values[2]):
        raise ReadError(
            f"the order of D is a whole number from 1 to {limits.MAX_EXPONENT}", span=values[2].span
        )
    return Term("diff", tuple(values), span=span)


def _is_order(term: Term) -> bool:
    return term.kind == "number" and term.name.isdigit() and 1 <= int(term.name) <= limits.MAX_EXPONENT


def _over_index(name: str, arguments: list[Any], span: Span | None) -> list[Term]:
    values = [_value(argument) for argument in arguments]
    if len(values) != 4:
        raise ReadError(
            f"{name} takes a body, an index, a first and a last value, not {len(values)} arguments",
            hint=f"write {name}(exp(z[k]), k, 1, n)",
            span=span,
        )
    if values[1].kind != "symbol":
        hint = f"write {name}(a[k], k, 1, n)"
        raise ReadError(f"the index of {name} is a symbol", hint=hint, span=values[1].span)
    return values


def _sum(arguments: list[Any], span: Span | None) -> Term:
    return total(*_over_index("Sum", arguments, span)).at(span)


def _prod(arguments: list[Any], span: Span | None) -> Term:
    return repeated(*_over_index("Prod", arguments, span)).at(span)


def _towards(name: str, arguments: list[Any], span: Span | None) -> list[Term]:
    values = [_value(argument) for argument in arguments]
    if len(values) != 3:
        raise ReadError(
            f"{name} takes an expression, a symbol and its value", hint=f"write {name}(f(x), x, 0)", span=span
        )
    if values[1].kind != "symbol":
        raise ReadError(f"the variable of {name} is a symbol", span=values[1].span)
    return values


def _at(arguments: list[Any], span: Span | None) -> Term:
    return at_point(*_towards("At", arguments, span)).at(span)


def _limit(arguments: list[Any], span: Span | None) -> Term:
    return Term("limit", tuple(_towards("limit", arguments, span)), span=span)


_STRUCTURES = {
    "Piecewise": _piecewise,
    "D": _diff,
    "Sum": _sum,
    "Prod": _prod,
    "At": _at,
    "limit": _limit,
}

"""`read_plain`: plain notation to a Term, with spans; a text that is not read is refused with a caret."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken, VisitError
from lark.tree import Meta

from symderiv import limits
from symderiv.errors import LimitError, ReadError, Span, SymderivError, UnknownNameError
from symderiv.notation import names
from symderiv.notation.read.guard import guard
from symderiv.notation.term import (
    TRUE,
    Term,
    add,
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
    sym,
    total,
)


def read_plain(
    text: str,
    *,
    functions: Collection[str] | None = None,
    symbols: Collection[str] = (),
) -> Term:
    """Read one formula: an expression, a condition, or an equation `a = b`.

    `functions` are the names that may be called besides the built-in ones; None lets any name be
    called. `symbols` are names that stand for symbols even where they would be a constant (`e`, `E`).
    Raises `ReadError`, `UnknownNameError` or `LimitError`, with the span of the offence.
    """
    guard(text)
    try:
        tree = _parser().parse(text)
        return cast(Term, _Build(functions, frozenset(symbols)).transform(tree))
    except VisitError as error:
        if isinstance(error.orig_exc, SymderivError):
            raise error.orig_exc.located(text) from None
        raise
    except UnexpectedInput as error:
        raise _explain(error, text) from None


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("plain.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _explain(error: UnexpectedInput, text: str) -> ReadError:
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        end = len(text.rstrip())
        return ReadError("the formula ends too early", span=(end, end + 1), source=text)
    position = error.pos_in_stream or 0
    if isinstance(error, UnexpectedToken):
        token: Token = error.token
        span = (position, position + len(token))
        hint = None
        if token.type in {"NAME", "NUMBER", "LPAR"}:
            hint = "products are written with *, as in 2*x"
        return ReadError(f"{str(token)!r} is not expected here", hint=hint, span=span, source=text)
    assert isinstance(error, UnexpectedCharacters)
    return ReadError(
        f"the character {text[position]!r} is not part of plain notation",
        span=(position, position + 1),
        source=text,
    )


def _span(meta: Meta) -> Span | None:
    return None if meta.empty else (meta.start_pos, meta.end_pos)


class _Group:
    """A bracket around one value, or a pair inside Piecewise."""

    def __init__(self, members: list[Term]) -> None:
        self.members = members


def _value(node: Any) -> Term:
    if isinstance(node, _Group):
        if len(node.members) != 1:
            last = node.members[-1]
            raise ReadError("a pair stands here where one value is due", span=last.span)
        return node.members[0]
    return cast(Term, node)


@v_args(meta=True)
class _Build(Transformer[Token, Term]):
    def __init__(self, functions: Collection[str] | None, symbols: frozenset[str]) -> None:
        super().__init__()
        self.functions = functions
        self.declared = symbols

    def start(self, meta: Meta, parts: list[Any]) -> Term:
        return _value(parts[0])

    def equation(self, meta: Meta, parts: list[Any]) -> Term:
        return equation(_value(parts[0]), _value(parts[1])).at(_span(meta))

    def disjunction(self, meta: Meta, parts: list[Any]) -> Term:
        return Term("or", tuple(map(_value, parts))).at(_span(meta))

    def conjunction(self, meta: Meta, parts: list[Any]) -> Term:
        return Term("and", tuple(map(_value, parts))).at(_span(meta))

    def comparison(self, meta: Meta, parts: list[Any]) -> Term:
        links = [
            relation(str(parts[k]), _value(parts[k - 1]), _value(parts[k + 1])).at(_span(meta))
            for k in range(1, len(parts), 2)
        ]
        return links[0] if len(links) == 1 else Term("and", tuple(links)).at(_span(meta))

    def total(self, meta: Meta, parts: list[Any]) -> Term:
        return add(*map(_value, parts)).at(_span(meta))

    def addend(self, meta: Meta, parts: list[Any]) -> Term:
        value = _value(parts[1])
        return neg(value).at(_span(meta)) if parts[0] == "-" else value

    def sign(self, meta: Meta, parts: list[Any]) -> Term:
        value = _value(parts[1])
        return neg(value).at(_span(meta)) if parts[0] == "-" else value

    def chain(self, meta: Meta, parts: list[Any]) -> Term:
        result = _value(parts[0])
        run = [result]
        for operator, right in parts[1:]:
            if operator == "*":
                run.append(right)
                result = mul(*run)
            else:
                result = div(result, right)
                run = [result]
        return result.at(_span(meta))

    def factor(self, meta: Meta, parts: list[Any]) -> tuple[str, Term]:
        return str(parts[0]), _value(parts[1])

    def power(self, meta: Meta, parts: list[Any]) -> Term:
        return power(_value(parts[0]), _value(parts[1])).at(_span(meta))

    def index(self, meta: Meta, parts: list[Any]) -> Term:
        return Term("index", (_value(parts[0]), *map(_value, parts[1]))).at(_span(meta))

    def number(self, meta: Meta, parts: list[Any]) -> Term:
        text = str(parts[0])
        mantissa, _, exponent = text.lower().partition("e")
        if exponent and abs(int(exponent)) > limits.MAX_DIGITS:
            raise LimitError("a power of ten that is too large", span=_span(meta))
        return Term("number", name=text).at(_span(meta))

    def name(self, meta: Meta, parts: list[Any]) -> Term:
        text = str(parts[0])
        span = _span(meta)
        if len(text) > limits.MAX_NAME:
            raise LimitError(f"a name of {len(text)} letters", span=span)
        if text in self.declared:
            return sym(text).at(span)
        if text == "True":
            return TRUE.at(span)
        if text in names.CONSTANTS:
            return const(cast(Literal["pi", "e"], names.CONSTANTS[text])).at(span)
        if text in names.FUNCTIONS or text in names.STRUCTURES:
            raise ReadError(f"the function {text!r} needs an argument", hint=f"write {text}(x)", span=span)
        return sym(text).at(span)

    def arguments(self, meta: Meta, parts: list[Any]) -> list[Any]:
        return parts

    def claims(self, meta: Meta, parts: list[Any]) -> _Group:
        return _Group([_value(part) for part in parts])

    def group(self, meta: Meta, parts: list[Any]) -> Any:
        group: _Group = parts[0]
        if len(group.members) == 1:
            return group.members[0]
        return group

    def call(self, meta: Meta, parts: list[Any]) -> Term:
        text, arguments = str(parts[0]), parts[-1]
        order = len(parts[1]) if len(parts) == 3 else 0
        span = _span(meta)
        name_span = (meta.start_pos, meta.start_pos + len(text))
        text = names.SPELLINGS.get(text, text) if self.functions is None or text not in self.functions else text
        if text == "Piecewise":
            return self._piecewise(arguments, span)
        values = [_value(argument) for argument in arguments]
        if text == "D":
            return self._diff(values, span)
        if text == "Sum":
            return self._sum(values, span)
        self._check_call(text, len(values), name_span)
        return call(text, *values, order=order).at(span)

    def _check_call(self, text: str, count: int, span: Span) -> None:
        if text in names.FUNCTIONS:
            low, high = names.FUNCTIONS[text]
            if count < low or (high is not None and count > high):
                raise ReadError(f"{text} takes {low} argument{'s' * (low > 1)}, not {count}", span=span)
        elif self.functions is not None and text not in self.functions:
            known = [*names.FUNCTIONS, *names.STRUCTURES, *self.functions]
            hint = names.suggest(text, known)
            if hint is None and len(text) == 1:
                hint = f"products are written with *, as in {text}*(...)"
            raise UnknownNameError(
                f"unknown function {text!r}", hint=hint or "see `symderiv list`", span=span
            )

    def _piecewise(self, arguments: list[Any], span: Span | None) -> Term:
        cases = []
        for argument in arguments:
            if not isinstance(argument, _Group) or len(argument.members) != 2:
                raise ReadError("Piecewise takes pairs (value, condition)", span=span)
            cases.append(case(*argument.members))
        return piecewise(*cases).at(span)

    def _diff(self, values: list[Term], span: Span | None) -> Term:
        if len(values) not in (2, 3) or values[1].kind not in ("symbol", "index"):
            raise ReadError("D takes an expression, a variable and maybe an order", span=span)
        if len(values) == 3:
            order = values[2]
            if order.kind != "number" or not order.name.isdigit() or not 1 <= int(order.name) <= limits.MAX_EXPONENT:
                raise ReadError("the order of D is a whole number from 1", span=order.span)
        return Term("diff", tuple(values)).at(span)

    def _sum(self, values: list[Term], span: Span | None) -> Term:
        if len(values) != 4 or values[1].kind != "symbol":
            raise ReadError("Sum takes a body, an index, a first and a last value", span=span)
        return total(*values).at(span)

"""`read_plain`: plain notation to a Term, with spans; a text that is not read is refused with a caret."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from symderiv.errors import SymderivError
from symderiv.notation.read.build import Builder
from symderiv.notation.read.depth import check_depth
from symderiv.notation.read.explain import explain
from symderiv.notation.read.guard import guard
from symderiv.notation.term import Term


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
    cleaned = guard(text)
    try:
        tree = _parser().parse(cleaned)
        return check_depth(_build(tree, Builder(functions, frozenset(symbols))), text)
    except UnexpectedInput as error:
        raise explain(error, text) from None
    except SymderivError as error:
        raise error.located(text) from None


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("plain.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _build(tree: Tree[Token], builder: Builder) -> Term:
    """Innermost first, with a list for a stack: the depth of the text is never the depth of a call."""
    nodes: list[Tree[Token]] = []
    stack: list[Tree[Token]] = [tree]
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack.extend(child for child in node.children if isinstance(child, Tree))
    built: dict[int, Any] = {}
    for node in reversed(nodes):
        parts = [built[id(child)] if isinstance(child, Tree) else child for child in node.children]
        meta = node.meta
        span = None if meta.empty else (meta.start_pos, meta.end_pos)
        built[id(node)] = getattr(builder, node.data)(parts, span)
    answer: Term = built[id(tree)]
    return answer

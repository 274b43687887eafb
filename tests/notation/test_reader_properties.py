"""What the LaTeX reader promises of every text: no token is skipped, nothing crashes, nothing takes long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.notation.read.batch import answer
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.read.plain import read_plain
from symderiv.notation.read.tokens import Token, tokenize
from symderiv.notation.term import Term
from symderiv.notation.write.latex import write_latex
from symderiv.notation.write.mathml import write_mathml
from symderiv.notation.write.plain import write_plain
from tests.notation.authors import Written, lines

READABLE = [line for line in lines() if line.caret is None]
_SILENT = frozenset({"&", ",", ".", ":", ";", "\\\\", "\\cdot", "\\times", "\\ast", "*", "if", "for"})
"""Tokens that say nothing by themselves: a product reads the same with and without its dot."""


def _mutants(line: Written) -> list[tuple[Token, str]]:
    found = []
    for token in tokenize(line.latex):
        start, end = token.span
        found.append((token, f"{line.latex[:start]} {line.latex[end:]}"))
        found.append((token, f"{line.latex[:end]} {line.latex[start:end]}{line.latex[end:]}"))
    return found


def _same(line: Written, text: str, context: Context) -> bool:
    before = read_latex(line.latex, context)
    try:
        after = read_latex(text, context)
    except SymderivError:
        return False
    return (before.sides, before.relations) == (after.sides, after.relations)


@pytest.mark.parametrize("first", range(10))
def test_a_token_more_or_less_changes_the_reading(first: int) -> None:
    for line in READABLE[first::50]:
        context = Context.of(line.functions, line.symbols)
        for token, text in _mutants(line)[::3]:
            if token.text not in _SILENT and text.split() != ["[x>0]"]:
                assert not _same(line, text, context), text


@pytest.mark.parametrize("first", range(10))
def test_what_is_read_is_written_and_read_again(first: int) -> None:
    for line in READABLE[first::20]:
        _round_trip(line)


def _round_trip(line: Written) -> None:
    reading = read_latex(line.latex, Context.of(line.functions, line.symbols))
    for side in reading.sides:
        assert read_plain(write_plain(side), symbols=side.symbols()) == side
        assert write_mathml(side)
        again = read_latex(write_latex(side), _context(side))
        assert write_plain(_joined(again.sides[0])) == write_plain(_joined(side))


def _context(side: Term) -> Context:
    bases = {node.args[0].name for node in side.walk() if node.kind == "index"}
    functions = {name: name for name in side.functions()}
    families = frozenset(node.args[0].name for node in side.walk() if node.kind == "index")
    symbols = frozenset(name for name in side.symbols() - bases if name not in functions)
    return Context(
        functions=functions, symbols=symbols, indexed=frozenset(bases), families=families, vectors=True
    )


def _joined(term: Term) -> Term:
    """Sums in sums and products in products in one level, as they look on paper."""

    def visit(node: Term) -> Term | None:
        if node.kind == "index":
            return Term("symbol", name=str(node).replace("[", "_").replace(", ", "").replace("]", ""))
        if node.kind not in {"add", "mul"}:
            return None
        parts: list[Term] = []
        for arg in node.args:
            inner = _joined(arg)
            parts += inner.args if inner.kind == node.kind else [inner]
        return Term(node.kind, tuple(parts))

    return term.rebuild(visit)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_answered(data: bytes) -> None:
    found = answer({"id": 0, "latex": data.decode("utf-8", "surrogateescape")})
    assert (found["plain"] is None) == (found["error"] is not None)


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="\\{}^_$&()[]|=+-*/.,'x1dif∂σ²{{}}\\\\ \n%", max_size=40))
def test_any_text_of_signs_is_answered(text: str) -> None:
    found = answer({"id": 0, "latex": text, "functions": ["f"]})
    assert (found["plain"] is None) == (found["error"] is not None)
    if found["error"] is not None and found["error"]["span"] is not None:
        start, end = found["error"]["span"]
        assert 0 <= start <= len(text) + 1
        assert start <= end

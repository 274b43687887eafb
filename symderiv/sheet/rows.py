r"""Long formulas in rows: broken where a typographer would, before a plus, a minus or a factor.

`break_rows(term, write, width)` answers the LaTeX of each row; a formula that fits stays in one. A sum
breaks between its summands; a product, a quotient, a power or a call whose inside is too wide opens its
bracket on one row and closes it on another. What has no place to break is set smaller by `\fit`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.notation.term import Term
from symderiv.sheet.width import estimate

Write = Callable[[Term], str]

INDENT = 2.0
"""How far a row that continues a formula stands in, in em."""
_OPEN, _CLOSE = r"\Bigl(", r"\Bigr)"
_BRACKET = 0.7
_NARROW = 3.0
"""A denominator of this width stands before the bracket of a numerator that needs rows."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """LaTeX between two places to break; `join` is written where it follows another piece."""

    latex: str
    join: str = ""


def break_rows(term: Term, write: Write, width: float) -> tuple[str, ...]:
    """The rows of a formula, each at most `width` em wide by estimate, or set to fit."""
    whole = write(term)
    if estimate(whole) <= width:
        return (whole,)
    pieces = _pieces(term, write, width)
    rows: list[str] = []
    for piece in pieces:
        joined = f"{rows[-1]}{piece.join}{piece.latex}" if rows else piece.latex
        room = width - (INDENT if len(rows) > 1 else 0.0)
        if rows and estimate(joined) > room:
            rows.append(f"{{}}{piece.join}{piece.latex}")
        elif rows:
            rows[-1] = joined
        else:
            rows.append(joined)
    return tuple(_fitted(row, width - (INDENT if position else 0.0)) for position, row in enumerate(rows))


def _fitted(row: str, room: float) -> str:
    return row if estimate(row) <= room else rf"\fit{{{max(room, 4.0):.1f}}}{{{row}}}"


def _pieces(term: Term, write: Write, width: float) -> list[_Piece]:
    whole = write(term)
    room = width - INDENT
    if estimate(whole) <= room:
        return [_Piece(whole)]
    match term.kind:
        case "add":
            return _sum(term, write, width)
        case "neg":
            return _before("-", _grouped(term.args[0], write, width))
        case "mul":
            return _product(term, write, width)
        case "div":
            below = write(term.args[1])
            if estimate(below) <= _NARROW:
                return _before(rf"\frac{{1}}{{{below}}} ", _bracketed(term.args[0], write, width - _NARROW))
            top, bottom = (_factor(arg, write, width) for arg in term.args)
            return [*top, *_joined(r" \Big/ ", bottom)]
        case "pow" if term.args[0].kind in {"add", "neg", "mul", "div"}:
            return _after(_bracketed(term.args[0], write, width), f"^{{{write(term.args[1])}}}")
        case "diff":
            return _before(_operator(term, write), _bracketed(term.args[0], write, width))
        case "equation":
            left, right = (_pieces(arg, write, width) for arg in term.args)
            return [*left, *_joined(" = ", right)]
    return [_Piece(whole)]


def _sum(term: Term, write: Write, width: float) -> list[_Piece]:
    found: list[_Piece] = []
    for position, arg in enumerate(term.args):
        minus = arg.kind == "neg" and position > 0
        inner = (
            _grouped(arg.args[0], write, width) if minus else _grouped(arg, write, width, first=position == 0)
        )
        found += _joined(" - " if minus else " + ", inner) if position else inner
    return found


def _product(term: Term, write: Write, width: float) -> list[_Piece]:
    found: list[_Piece] = []
    for position, arg in enumerate(term.args):
        inner = _factor(arg, write, width)
        found += _joined(r" \cdot ", inner) if position else inner
    return found


def _grouped(term: Term, write: Write, width: float, *, first: bool = False) -> list[_Piece]:
    """A summand: bracketed where it is a sum of its own, or a sign that would meet a sign."""
    if term.kind == "add" or (term.kind == "neg" and not first):
        return _bracketed(term, write, width)
    return _pieces(term, write, width)


def _factor(term: Term, write: Write, width: float) -> list[_Piece]:
    """A factor: bracketed where it is a sum, a sign or a quotient that needs rows."""
    if term.kind in {"add", "neg"}:
        return _bracketed(term, write, width)
    if term.kind in {"div", "mul"} and estimate(write(term)) > width - INDENT:
        return _bracketed(term, write, width)
    return _pieces(term, write, width)


def _bracketed(term: Term, write: Write, width: float) -> list[_Piece]:
    return _after(_before(_OPEN, _pieces(term, write, width - 2 * _BRACKET)), _CLOSE)


def _before(latex: str, pieces: list[_Piece]) -> list[_Piece]:
    first, *rest = pieces
    return [_Piece(latex + first.latex, first.join), *rest]


def _after(pieces: list[_Piece], latex: str) -> list[_Piece]:
    *rest, last = pieces
    return [*rest, _Piece(last.latex + latex, last.join)]


def _joined(sign: str, pieces: list[_Piece]) -> list[_Piece]:
    first, *rest = pieces
    return [_Piece(first.latex, sign), *rest]


def _operator(term: Term, write: Write) -> str:
    """d/dx, as the writer writes it: what stands before the brackets of a body that needs them."""
    from symderiv.notation.term import add, sym

    shell = term.with_args(add(sym("a"), sym("b")), *term.args[1:])
    written = write(shell)
    for opening in (r"\left(", r"\bigl(", r"\Bigl(", "("):
        if opening in written:
            return written[: written.index(opening)]
    return written[: written.index("a + b")]

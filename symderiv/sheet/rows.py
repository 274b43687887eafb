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
    pieces = _Breaker(write).pieces(term, width)
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


def break_places(term: Term, write: Write, width: float, quotient: float) -> tuple[str, ...]:
    """The same formula cut at every such place, where it is wider than `width`: a page whose width is not
    known beforehand sets the parts side by side and lets its reader's window break between them.

    A quotient stays one up to a width of `quotient`.
    """
    whole = write(term)
    if estimate(whole) <= width:
        return (whole,)
    pieces = _Breaker(write, quotient).pieces(term, width + INDENT)
    return tuple(piece.join + piece.latex for piece in pieces)


def _fitted(row: str, room: float) -> str:
    return row if estimate(row) <= room else rf"\fit{{{max(room, 4.0):.1f}}}{{{row}}}"


@dataclass(frozen=True, slots=True)
class _Breaker:
    """Finds the places to break. A quotient that is no wider than `quotient` is not one."""

    write: Write
    quotient: float = 0.0

    def is_one(self, term: Term) -> bool:
        """Is this a quotient that stays one?"""
        return term.kind == "div" and estimate(self.write(term)) <= self.quotient

    def pieces(self, term: Term, width: float) -> list[_Piece]:
        """The formula between its places to break; whole where it fits."""
        whole = self.write(term)
        room = width - INDENT
        if estimate(whole) <= room or self.is_one(term):
            return [_Piece(whole)]
        match term.kind:
            case "add":
                return self.sum(term, width)
            case "neg":
                return _before("-", self.grouped(term.args[0], width))
            case "mul":
                return self.product(term, width)
            case "div":
                top, below = term.args
                written = self.write(below)
                if estimate(written) <= _NARROW:
                    return _before(rf"\frac{{1}}{{{written}}} ", self.bracketed(top, width - _NARROW))
                # What stands after the slash is one thing: a / b c would be read in two ways.
                loose = below.kind in {"mul", "div"}
                bottom = self.bracketed(below, width) if loose else self.factor(below, width)
                return [*self.factor(top, width, last=False), *_joined(r" \Big/ ", bottom)]
            case "pow" if term.args[0].kind in {"add", "neg", "mul", "div"}:
                return _after(self.bracketed(term.args[0], width), f"^{{{self.write(term.args[1])}}}")
            case "diff":
                return _before(_operator(term, self.write), self.bracketed(term.args[0], width))
            case "equation":
                left, right = (self.pieces(arg, width) for arg in term.args)
                return [*left, *_joined(" = ", right)]
        return [_Piece(whole)]

    def sum(self, term: Term, width: float) -> list[_Piece]:
        found: list[_Piece] = []
        for position, arg in enumerate(term.args):
            minus = arg.kind == "neg" and position > 0
            inner = (
                self.grouped(arg.args[0], width) if minus else self.grouped(arg, width, first=position == 0)
            )
            found += _joined(" - " if minus else " + ", inner) if position else inner
        return found

    def product(self, term: Term, width: float) -> list[_Piece]:
        found: list[_Piece] = []
        for position, arg in enumerate(term.args):
            inner = self.factor(arg, width, last=position == len(term.args) - 1)
            found += _joined(r" \cdot ", inner) if position else inner
        return found

    def grouped(self, term: Term, width: float, *, first: bool = False) -> list[_Piece]:
        """A summand: bracketed where it is a sum of its own, or a sign that would meet a sign."""
        if term.kind == "add" or (term.kind == "neg" and not first):
            return self.bracketed(term, width)
        return self.pieces(term, width)

    def factor(self, term: Term, width: float, *, last: bool = True) -> list[_Piece]:
        """A factor: bracketed where it is a sum, a sign or a quotient that needs rows; before another one
        also where it ends in a derivative or a sum, which would go on into that one.
        """
        if term.kind in {"add", "neg"} or (not last and _is_open(term)):
            return self.bracketed(term, width)
        if (
            term.kind in {"div", "mul"}
            and not self.is_one(term)
            and estimate(self.write(term)) > width - INDENT
        ):
            return self.bracketed(term, width)
        return self.pieces(term, width)

    def bracketed(self, term: Term, width: float) -> list[_Piece]:
        return _after(_before(_OPEN, self.pieces(term, width - 2 * _BRACKET)), _CLOSE)


def _is_open(term: Term) -> bool:
    """Would what follows be taken into the body of an operator?"""
    return term.kind in {"diff", "sum"} or (term.kind == "mul" and _is_open(term.args[-1]))


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

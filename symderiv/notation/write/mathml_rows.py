r"""`Composer`: reads the LaTeX of the writer once, left to right, and answers rows of MathML.

A row is a list of `Piece`s, each one element of markup with its part in the row; brackets that match
become one piece, so that an exponent stands at the whole bracket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from symderiv.notation.write.mathml_signs import (
    ACCENTS,
    APPLY,
    BINARY,
    FENCES,
    LETTERS,
    NAMED,
    RELATIONS,
    SIZES,
    SPACES,
    STYLES,
    TIMES,
    UPRIGHT,
    styled,
)

Part = Literal["operand", "function", "operator", "big", "sign", "open", "close", "space"]
"""`operator` is d/dx, `big` a sum; a `sign` stands between operands."""

_TOKEN = re.compile(r"\s+|\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|\.\d+|.", re.DOTALL)
_THIN = ".17em"
_OPERANDS = frozenset({"operand", "close"})
_STARTS = frozenset({"operand", "function", "operator", "big", "open"})
_RELATION_MARKUP = frozenset(f"<mo>{escape(sign)}</mo>" for sign in RELATIONS.values())
_DERIVATIONS = re.compile(r"(<msup>)?<mi( mathvariant=\"normal\")?>[d∂]</mi>(<mn>\d+</mn></msup>)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of a row. `letter` is its LaTeX where that decides what a bracket after it means."""

    markup: str
    part: Part = "operand"
    letter: str = ""
    fence: bool = False
    tall: bool = False


class Composer:
    """One formula."""

    def __init__(self, latex: str, functions: frozenset[str]) -> None:
        self.tokens: list[str] = _TOKEN.findall(latex.strip())
        self.place = 0
        self.functions = functions

    def whole(self, *, continued: bool = False) -> str:
        """The markup of everything. A first sign is between operands if the formula is `continued`."""
        pieces: list[Piece] = []
        while True:
            pieces += self.pieces(continued=continued and not pieces)
            if self.place >= len(self.tokens):
                return _row(_flush(pieces, continued=continued), self.functions)
            pieces.append(Piece(_text(self.tokens[self.place])))
            self.place += 1

    # Tokens.

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def skip(self) -> None:
        while self.peek().isspace():
            self.place += 1

    def raw(self) -> str:
        """The text of a group, as it stands."""
        self.skip()
        if self.peek() != "{":
            return self.next()
        depth, found = 0, ""
        while self.place < len(self.tokens):
            token = self.next()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                break
            found += token
        return found[1:]

    # Rows.

    def pieces(self, *, continued: bool = False) -> list[Piece]:
        r"""Up to what closes the row: a brace, `\right`, `&`, the end of a line or of an environment."""
        row: list[Piece] = []
        while self.place < len(self.tokens):
            token = self.peek()
            if token in {"}", "&", r"\\", r"\end", r"\right"}:
                break
            self.place += 1
            if token.isspace() or token in {r"\!", r"\displaystyle", r"\nolimits", r"\limits"}:
                continue
            piece = self.piece(token, row, continued=continued)
            if piece is None:
                continue
            if piece.part == "close":
                piece = _closed(row, piece, self.functions)
            row.append(self.scripts(piece))
        return row

    def argument(self) -> str:
        """The next group or piece, as one element."""
        return _one(self.group(), self.functions)

    def group(self) -> list[Piece]:
        self.skip()
        if not self.peek():
            return []
        if self.peek() != "{":
            piece = self.piece(self.next(), [], continued=False)
            return [] if piece is None else [piece]
        self.place += 1
        row = self.pieces()
        self.place += 1
        return row

    def piece(self, token: str, row: list[Piece], *, continued: bool) -> Piece | None:
        """What a token begins; None where it prints nothing."""
        name = token.removeprefix("\\").removesuffix("*")
        key = token if token.startswith("\\") and not name.isalpha() else name
        if token == "{":
            self.place -= 1
            inner = self.group()
            if len(inner) == 1 and inner[0].part == "sign":
                return Piece(_unspaced(inner[0].markup, "lspace", "rspace"), "sign")
            letter = inner[0].letter if len(inner) == 1 else ""
            return Piece(_one(inner, self.functions), letter=letter) if inner else None
        if key in BINARY:
            return _sign(BINARY[key], row, continued=continued)
        if key in RELATIONS:
            return Piece(_relation(key), "sign")
        if key in FENCES:
            return _fence(*FENCES[key])
        if key in SPACES:
            return Piece(f'<mspace width="{SPACES[key]}"></mspace>', "space")
        if token == "'":
            self.place -= 1
            return Piece("<mrow></mrow>")
        if not token.startswith("\\"):
            return _character(token)
        return self.command(name)

    def command(self, name: str) -> Piece | None:
        if name in LETTERS:
            return _letter(LETTERS[name], rf"\{name}")
        if name in NAMED:
            return Piece(f"<mi>{NAMED[name]}</mi>", "function")
        if name in ACCENTS:
            accent = f"<mo>{escape(ACCENTS[name])}</mo>"
            return Piece(f'<mover accent="true">{self.argument()}{accent}</mover>')
        if name in STYLES or name in {"mathrm", "mathit", "operatorname"}:
            return self.word(name)
        if name in {"text", "textit"}:
            return Piece(_text(self.raw()), "space")
        if name == "left":
            return self.stretched()
        for size in SIZES:
            if name in {f"{size}l", f"{size}r", size}:
                return self.sized(SIZES[size])
        match name:
            case "frac" | "dfrac" | "tfrac":
                return self.fraction()
            case "sqrt":
                return Piece(f"<msqrt>{self.argument()}</msqrt>")
            case "sum":
                return Piece("<mo>∑</mo>", "big")
            case "underbrace":
                return self.underbrace()
            case "begin":
                return self.environment()
            case "fit":
                self.raw()
                return Piece(self.argument())
        return Piece(_text(f"\\{name}"))

    # Structures.

    def word(self, name: str) -> Piece:
        text = self.raw()
        latex = rf"\{name}{{{text}}}"
        inner = [
            LETTERS.get(token[1:], token.lstrip("\\"))
            for token in _TOKEN.findall(text)
            if not token.startswith("\\") or token[1:] in LETTERS or len(token) == 2
        ]
        if name in STYLES:
            inner = [styled(letter, name) for token in inner for letter in token]
        shown = escape("".join(inner))
        normal = ' mathvariant="normal"' if len(shown) == 1 and name not in STYLES | {"mathit"} else ""
        part: Part = "function" if name == "operatorname" else "operand"
        return Piece(f"<mi{normal}>{shown}</mi>", part, latex)

    def fraction(self) -> Piece:
        above, below = self.argument(), self.argument()
        part: Part = "operator" if _DERIVATIONS.fullmatch(above) else "operand"
        return Piece(f"<mfrac>{above}{below}</mfrac>", part, tall=True)

    def stretched(self) -> Piece:
        r"""`\left( ... \right)`, as large as what stands within."""
        opening = self.delimiter()
        inside = self.pieces()
        self.place += 1
        closing = self.delimiter()
        markup = _stretchy(opening, "prefix") + _row(inside, self.functions) + _stretchy(closing, "postfix")
        return Piece(f"<mrow>{markup}</mrow>", fence=True, tall=True)

    def delimiter(self) -> str:
        self.skip()
        token = self.next()
        key = token if token in FENCES else token.removeprefix("\\")
        return FENCES[key][0] if key in FENCES else token.strip(".")

    def sized(self, size: str) -> Piece:
        self.skip()
        token = self.next()
        key = token if token in FENCES else token.removeprefix("\\")
        exact = f'minsize="{size}" maxsize="{size}"'
        if key in FENCES:
            sign, part = FENCES[key]
            form = "prefix" if part == "open" else "postfix"
            markup = f'<mo form="{form}" stretchy="true" {exact}>{sign}</mo>'
            return Piece(markup, "open" if part == "open" else "close")
        return Piece(f'<mo stretchy="true" symmetric="true" {exact}>{escape(key)}</mo>', "sign")

    def underbrace(self) -> Piece:
        body = self.argument()
        brace = f'<munder>{body}<mo stretchy="true">⏟</mo></munder>'
        self.skip()
        if self.peek() != "_":
            return Piece(brace)
        self.place += 1
        return Piece(f"<munder>{brace}{self.argument()}</munder>")

    def environment(self) -> Piece:
        """`cases`: a brace over rows of a value and its condition."""
        self.raw()
        rows: list[list[str]] = [[]]
        while self.place < len(self.tokens):
            rows[-1].append(f"<mtd>{_row(self.pieces(), self.functions)}</mtd>")
            token = self.next()
            if token == r"\\":
                rows.append([])
            elif token != "&":
                break
        self.raw()
        inside = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows)
        table = f'<mtable class="cases" displaystyle="true">{inside}</mtable>'
        return Piece(f"<mrow>{_stretchy('{', 'prefix')}{table}</mrow>", tall=True)

    def scripts(self, piece: Piece) -> Piece:
        """The piece with what stands below, above and as primes after it."""
        below, above, primes = "", "", 0
        while True:
            mark = self.peek()
            if mark == "_" and not below:
                self.place += 1
                below = self.argument()
            elif mark == "^" and not above:
                self.place += 1
                above = self.argument()
            elif mark == "'":
                self.place += 1
                primes += 1
            else:
                break
        markup = piece.markup
        if primes:
            # In the line, not raised: fonts have this sign small and high already.
            below, markup = "", f"<msub>{markup}{below}</msub>" if below else markup
            markup = f'<mrow>{markup}<mo lspace="0" rspace="0">{_primes(primes)}</mo></mrow>'
        if below or above:
            tag = {(True, True): "subsup", (True, False): "sub", (False, True): "sup"}[
                bool(below), bool(above)
            ]
            if piece.part == "big":
                tag = {"subsup": "underover", "sub": "under", "sup": "over"}[tag]
            markup = f"<m{tag}>{markup}{below}{above}</m{tag}>"
        elif not primes:
            return piece
        part: Part = "operand" if piece.part in {"close", "open"} else piece.part
        return replace(piece, markup=markup, part=part, fence=False)


def _unspaced(markup: str, *sides: str) -> str:
    return markup.replace("<mo", "<mo" + "".join(f' {side}="0"' for side in sides), 1)


def _flush(pieces: list[Piece], *, continued: bool) -> list[Piece]:
    """No space before a relation that opens a formula, as in `≈ 0.25`."""
    if continued or len(pieces) < 2 or pieces[0].markup not in _RELATION_MARKUP:
        return pieces
    return [replace(pieces[0], markup=_unspaced(pieces[0].markup, "lspace")), *pieces[1:]]


def _primes(count: int) -> str:
    return {1: "′", 2: "″", 3: "‴"}.get(count, "′" * count)


def _text(text: str) -> str:
    edge = re.sub(r"^ +| +$", "\u00a0", text.replace("\\ ", " "))
    return f"<mtext>{escape(edge)}</mtext>"


def _character(token: str) -> Piece:
    if token[-1].isdigit():
        return Piece(f"<mn>{token}</mn>")
    if token in {",", ";"}:
        return Piece(f"<mo>{token}</mo>", "sign")
    if token.isalpha():
        return _letter(token, token)
    return Piece(f"<mo>{escape(token)}</mo>", "sign")


def _letter(letter: str, latex: str) -> Piece:
    normal = ' mathvariant="normal"' if letter in UPRIGHT else ""
    return Piece(f"<mi{normal}>{letter}</mi>", letter=latex)


def _sign(sign: str, row: list[Piece], *, continued: bool) -> Piece:
    """Plus, minus, dot: between operands, or before one where no operand stands on the left."""
    last = next((piece for piece in reversed(row) if piece.part != "space"), None)
    form = ""
    if last is None:
        form = ' form="infix"' if continued else ""
    elif last.part not in _OPERANDS:
        form = ' form="prefix"'
    tight = ' lspace="0" rspace="0"' if sign == "/" else ""
    return Piece(f"<mo{form}{tight}>{escape(sign)}</mo>", "sign")


def _relation(key: str) -> str:
    if key == "colon":
        return '<mo lspace="0" rspace=".28em">:</mo>'
    return f"<mo>{escape(RELATIONS[key])}</mo>"


def _fence(sign: str, part: str) -> Piece:
    # Brackets that match are the first and the last in a row of their own: their form is known.
    form = ' form="prefix"' if part == "open" else ' form="postfix"'
    shown = form if sign == "|" else ""
    markup = f'<mo{shown} stretchy="false">{sign}</mo>'
    return Piece(markup, "open" if part == "open" else "close")


def _stretchy(sign: str, form: str) -> str:
    return f'<mo form="{form}" fence="true">{escape(sign)}</mo>' if sign else ""


def _closed(row: list[Piece], closing: Piece, functions: frozenset[str]) -> Piece:
    """The bracket that ends here, taken out of the row as one piece; the sign alone if none is open."""
    for place in reversed(range(len(row))):
        if row[place].part == "open":
            inner = _row(row[place + 1 :], functions)
            markup = f"<mrow>{row[place].markup}{inner}{closing.markup}</mrow>"
            del row[place:]
            return Piece(markup, fence=True)
    return closing


def _one(pieces: list[Piece], functions: frozenset[str]) -> str:
    return pieces[0].markup if len(pieces) == 1 else f"<mrow>{_row(pieces, functions)}</mrow>"


def _row(pieces: list[Piece], functions: frozenset[str]) -> str:
    """The pieces side by side, with the invisible signs between them."""
    found = ""
    for place, piece in enumerate(pieces):
        if place:
            found += _between(pieces[place - 1], piece, functions)
        found += piece.markup
    return found


def _between(left: Piece, right: Piece, functions: frozenset[str]) -> str:
    if right.part not in _STARTS or left.letter in {"d", r"\partial"}:
        return ""
    if left.part == "function" or (left.letter in functions and (right.fence or right.part == "open")):
        apart = "" if right.fence or right.part == "open" else f' rspace="{_THIN}"'
        return f"<mo{apart}>{APPLY}</mo>"
    if left.part == "operator":
        return f'<mspace width="{_THIN}"></mspace>'
    if left.part in _OPERANDS:
        loose = left.tall or right.tall or right.part in {"function", "operator", "big"}
        apart = f' rspace="{_THIN}"' if loose and not (left.fence and right.fence) else ""
        return f"<mo{apart}>{TIMES}</mo>"
    return ""

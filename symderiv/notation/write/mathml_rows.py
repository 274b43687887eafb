r"""`Composer`: reads the LaTeX of the writer once, left to right, and answers rows of MathML.

Brackets that match become one piece, so that an exponent stands at the whole bracket.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from symderiv.notation.write.mathml_pieces import (
    Part,
    Piece,
    character,
    close_set,
    closed,
    fence_piece,
    flush,
    joined,
    letter_piece,
    one,
    prime_sign,
    relation_element,
    sign_piece,
    stretchy,
    text_element,
    unspaced,
)
from symderiv.notation.write.mathml_signs import (
    ACCENTS,
    BIG,
    BINARY,
    BRACKETS,
    FENCES,
    LETTERS,
    NAMED,
    RELATIONS,
    SIZES,
    SPACES,
    STYLES,
    styled,
)

_TOKEN = re.compile(r"\s+|\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|\.\d+|.", re.DOTALL)
_DERIVATIONS = re.compile(r"(<msup>)?<mi( mathvariant=\"normal\")?>[d∂]</mi>(<mn>\d+</mn></msup>)?")


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
                return joined(flush(pieces, continued=continued), self.functions)
            pieces.append(Piece(text_element(self.tokens[self.place])))
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
                piece = closed(row, piece, self.functions)
            row.append(self.scripts(piece))
        return row

    def argument(self) -> str:
        """The next group or piece, as one element."""
        return one(self.group(), self.functions)

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
                return Piece(unspaced(inner[0].markup, "lspace", "rspace"), "sign")
            letter = inner[0].letter if len(inner) == 1 else ""
            return Piece(one(inner, self.functions), letter=letter) if inner else None
        if key in BINARY:
            return sign_piece(BINARY[key], row, continued=continued)
        if key in RELATIONS:
            return Piece(relation_element(key), "sign")
        if key in FENCES:
            return fence_piece(*FENCES[key])
        if key in SPACES:
            return Piece(f'<mspace width="{SPACES[key]}"></mspace>', "space")
        if token == "'":
            self.place -= 1
            return Piece("<mrow></mrow>")
        if not token.startswith("\\"):
            return character(token)
        return self.command(name)

    def command(self, name: str) -> Piece | None:
        if name in LETTERS:
            return letter_piece(LETTERS[name], rf"\{name}")
        if name in BIG:
            spaced = ' lspace="0" rspace=".17em"' if BIG[name].isalpha() else ""
            return Piece(f"<mo{spaced}>{BIG[name]}</mo>", "big")
        if name in NAMED:
            return Piece(f"<mi>{NAMED[name]}</mi>", "function")
        if name in ACCENTS:
            accent = f"<mo>{escape(ACCENTS[name])}</mo>"
            return Piece(f'<mover accent="true">{self.argument()}{accent}</mover>')
        if name in STYLES or name in {"mathrm", "mathit", "operatorname"}:
            return self.word(name)
        if name in {"text", "textit"}:
            return Piece(text_element(self.raw()), "space")
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
            case "underbrace":
                return self.underbrace()
            case "begin":
                return self.environment()
            case "fit":
                self.raw()
                return Piece(self.argument())
        return Piece(text_element(f"\\{name}"))

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
        markup = stretchy(opening, "prefix") + joined(inside, self.functions) + stretchy(closing, "postfix")
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
        """Rows in brackets: `cases`, where each is a value and its condition, or a matrix."""
        name = self.raw()
        rows: list[list[str]] = [[]]
        while self.place < len(self.tokens):
            rows[-1].append(f"<mtd>{joined(self.pieces(), self.functions)}</mtd>")
            token = self.next()
            if token == r"\\":
                rows.append([])
            elif token != "&":
                break
        self.raw()
        left, right = BRACKETS.get(name, ("", ""))
        kind = ' class="cases"' if left == "{" else ""
        inside = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows)
        table = f'<mtable{kind} displaystyle="true">{inside}</mtable>'
        around = stretchy(left, "prefix") + table + stretchy(right, "postfix")
        return Piece(f"<mrow>{around}</mrow>", fence=bool(right), tall=True)

    def scripts(self, piece: Piece) -> Piece:
        """The piece with what stands below, above and as primes after it."""
        below, above, primes = "", "", 0
        while True:
            mark = self.peek()
            if mark == "_" and not below:
                self.place += 1
                below = close_set(self.argument())
            elif mark == "^" and not above:
                self.place += 1
                above = close_set(self.argument())
            elif mark == "'":
                self.place += 1
                primes += 1
            else:
                break
        markup = piece.markup
        if primes:
            # In the line, not raised: fonts have this sign small and high already.
            below, markup = "", f"<msub>{markup}{below}</msub>" if below else markup
            markup = f'<mrow>{markup}<mo lspace="0" rspace="0">{prime_sign(primes)}</mo></mrow>'
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
        return replace(piece, markup=markup, part=part)

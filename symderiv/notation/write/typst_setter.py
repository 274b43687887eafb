"""`TypstSetter`: reads LaTeX mathematics box by box and sets each box in Typst."""

from __future__ import annotations

import re

from symderiv.errors import ReadError
from symderiv.notation.write.typst_letters import (
    ACCENTS,
    ALPHABETS,
    FENCES,
    LIMITS,
    NAMED_OPERATORS,
    SIGNS,
    SIZES,
    SPACES,
    WORDS,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_SIZE = re.compile(r"\\(big|Big|bigg|Bigg)([lrm]?)\Z")
_WIDTH = re.compile(r"[\d.]+\Z")
_NOTHING = "#box[]"
"""A box of no width: a script hangs on it, and a sign after it stands between two things."""
_STYLES = {"\\displaystyle": "display({})", "\\textstyle": "inline({})"}
_SILENT = frozenset({"\\limits", "\\nolimits"})
_IN_WORDS = {"\\_": "_", "\\,": "\u2009", "\\-": "", "\\;": " ", "\\ ": " ", "~": " ", "\\%": "%", "\\&": "&"}
_PLAIN_IN_WORDS = re.compile(r"[\w\s.,:;!?()\[\]'*+/=-]\Z")
_ROWS = {"cases": "{", "dcases": "{", "pmatrix": "(", "bmatrix": "[", "vmatrix": "|", "matrix": ""}


def string(text: str) -> str:
    """A text as a string of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def joined(pieces: list[str]) -> str:
    """Pieces side by side; a blank between two never shows, but beside a word it would."""
    text = ""
    for piece in filter(None, pieces):
        quoted = text.endswith('"') or piece.startswith('"')
        text += piece if quoted or not text else f" {piece}"
    return text


class TypstSetter:
    """The boxes of one formula, from left to right."""

    def __init__(self, latex: str, *, display: bool = False) -> None:
        self.source = latex
        self.display = display
        self.tokens: list[str] = []
        self.places: list[int] = []
        for match in _TOKEN.finditer(latex):
            self.tokens.append(match[0])
            self.places.append(match.start())
        self.place = 0

    def whole(self) -> str:
        """The whole formula."""
        text = self.row(frozenset())
        if self.place < len(self.tokens):
            raise self.stuck(f"{self.tokens[self.place]} has no beginning")
        return text

    def stuck(self, message: str) -> ReadError:
        """What cannot be set, and where it stands."""
        place = self.places[self.place] if self.place < len(self.places) else len(self.source)
        length = len(self.tokens[self.place]) if self.place < len(self.tokens) else 1
        return ReadError(f"{message} in this formula", span=(place, place + length), source=self.source)

    def peek(self) -> str:
        """The next token, or nothing at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def blanks(self) -> None:
        """Pass over white space."""
        while self.peek().isspace():
            self.place += 1

    def row(self, ends: frozenset[str]) -> str:
        """Everything up to one of `ends` or a closing brace, which is left standing."""
        pieces: list[str] = []
        while True:
            self.blanks()
            token = self.peek()
            if not token or token == "}" or token in ends or token == "\\right":
                return joined(pieces)
            if token in _STYLES:
                self.place += 1
                pieces.append(_STYLES[token].format(self.row(ends) or _NOTHING))
            elif token in _SILENT:
                self.place += 1
            else:
                pieces.append(self.scripted())

    def scripted(self) -> str:
        """One box with its primes and scripts."""
        base = _NOTHING if self.peek() in {"_", "^", "'"} else self.box(number=True)
        below = above = ""
        primes = 0
        while True:
            self.blanks()
            token = self.peek()
            if token not in {"_", "^", "'"} and token not in _SILENT:
                break
            self.place += 1
            if token == "'":
                primes += 1
            elif token == "_":
                below = self.argument()
            elif token == "^":
                above = self.argument()
        text = base + "'" * primes
        if primes and base == _NOTHING:
            text = base + "^(" + "′" * primes + ")"
        if below:
            text += f"_({below})"
        return text + (f"^({above})" if above else "")

    def argument(self) -> str:
        """The argument of a command or script: a group, or the next box."""
        self.blanks()
        if self.peek() == "{":
            return self.group()
        if not self.peek() or self.peek() == "}":
            raise self.stuck("an argument is missing")
        return self.box()

    def group(self) -> str:
        """What stands between braces."""
        self.place += 1
        text = self.row(frozenset())
        self.close("}")
        return text

    def close(self, token: str) -> None:
        """Take the token that must come here."""
        self.blanks()
        if self.peek() != token:
            raise self.stuck(f"{token} is missing")
        self.place += 1

    def box(self, *, number: bool = False) -> str:
        """The next box; `number` takes all digits of a number, not only the first."""
        token = self.peek()
        if token == "{":
            text = self.group()
            return f'class("normal", {text})' if text else _NOTHING
        if token.startswith("\\") and token not in FENCES and token not in SPACES:
            return self.command(token)
        self.place += 1
        if token in SPACES:
            following = self.peek()
            return "" if token == "\\!" and following == "\\left" else SPACES[token]
        if token.isdigit() and number:
            while self.peek().isdigit() or (self.peek() == "." and self.after().isdigit()):
                token += self.peek()
                self.place += 1
            return token
        if token in FENCES and token != ".":
            return FENCES[token]
        if token.isalnum():
            return token
        return {"-": "−", "*": "∗", "+": "+", "=": "=", "<": "<", ">": ">"}.get(token, f"\\{token}")

    def after(self) -> str:
        """The token after the next one."""
        return self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else ""

    def command(self, token: str) -> str:
        """A command and its arguments."""
        name = token[1:].removesuffix("*")
        size = _SIZE.match(token)
        if name == "left":
            return self.fenced()
        if size:
            self.place += 1
            return f"lr(size: #{SIZES[size[1]]}, {self.fence()})"
        if name == "begin":
            return self.environment()
        if name in _SETTERS_OF_TWO or name in {"sqrt", "underbrace", "fit"}:
            self.place += 1
            return self.structure(name)
        if name == "operatorname" or name in NAMED_OPERATORS:
            return self.operator(name)
        if name in ALPHABETS:
            self.place += 1
            return self.styled(name)
        if name in ACCENTS:
            self.place += 1
            return ACCENTS[name].format(self.argument() or _NOTHING)
        if name in SIGNS:
            self.place += 1
            return SIGNS[name]
        raise self.stuck(f"{token} cannot be set")

    def structure(self, name: str) -> str:
        """Fractions, roots, braces, and what is set smaller where it is too wide."""
        if name in _SETTERS_OF_TWO:
            first, second = self.argument() or _NOTHING, self.argument() or _NOTHING
            return _SETTERS_OF_TWO[name].format(first, second)
        if name == "sqrt":
            return f"sqrt({self.argument() or _NOTHING})"
        if name == "fit":
            width = self.raw()
            if not _WIDTH.match(width):
                raise self.stuck(f"{width} is no width")
            return f"#fit({width}em, $display({self.argument()})$)"
        above = self.argument()
        self.blanks()
        if self.peek() != "_":
            return f"underbrace({above})"
        self.place += 1
        return f"underbrace({above}, {self.argument()})"

    def fenced(self) -> str:
        """Brackets that grow with what they hold."""
        self.place += 1
        left = self.fence()
        inside = self.row(frozenset())
        self.close("\\right")
        right = self.fence()
        return f"lr({joined([left, inside, right])})"

    def fence(self) -> str:
        r"""One bracket after `\left`, `\right` or a size."""
        self.blanks()
        token = self.peek()
        if token not in FENCES:
            raise self.stuck(f"{token or 'nothing'} is no bracket")
        self.place += 1
        return FENCES[token]

    def raw(self) -> str:
        """The text of the next group, as it stands."""
        self.close("{")
        start, depth = self.place, 1
        while depth:
            token = self.peek()
            if not token:
                raise self.stuck("} is missing")
            depth += {"{": 1, "}": -1}.get(token, 0)
            self.place += 1
        return "".join(self.tokens[start : self.place - 1])

    def word(self) -> str | None:
        """The next group as a word, if it holds nothing but letters, digits and blanks."""
        self.blanks()
        if self.peek() != "{":
            return None
        start = self.place
        inside = _TOKEN.findall(self.raw())
        letters = [_IN_WORDS.get(token, token) for token in inside]
        if inside and all(token in _IN_WORDS or _PLAIN_IN_WORDS.match(token) for token in inside):
            return "".join(letters)
        self.place = start
        return None

    def operator(self, name: str) -> str:
        r"""`\sin`, `\operatorname{GELU}`: a word with the spaces of an operator."""
        self.place += 1
        if name in NAMED_OPERATORS:
            limits = ", limits: #true" if name in LIMITS else ""
            return f'op("{NAMED_OPERATORS[name]}"{limits})'
        word = self.word()
        return f"op(upright({self.argument() or _NOTHING}))" if word is None else f"op({string(word)})"

    def styled(self, name: str) -> str:
        r"""Letters of an alphabet; upright words are words; `\text{ and }` keeps the blanks at its ends."""
        word = self.word() if name in WORDS else None
        if word is None:
            return ALPHABETS[name].format(self.argument() or _NOTHING)
        if name == "mathrm":
            return string(word.replace(" ", ""))
        blank = "#h(0.333em)"
        before, after = word[:1].isspace(), word[-1:].isspace()
        shown = string(word.strip()) if word.strip() else ""
        return joined([blank if before else "", shown, blank if after else ""])

    def environment(self) -> str:
        """Cases and matrices: rows of cells."""
        self.place += 1
        name = self.raw()
        if name not in _ROWS:
            raise self.stuck(f"{name} cannot be set")
        shape = "display({})" if self.display and name.endswith("cases") else "inline({})"
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(shape.format(self.row(_CELL_ENDS) or _NOTHING))
            token = self.peek()
            self.place += 1
            if token == "\\\\":
                rows.append([])
            elif token == "\\end":
                break
            elif token != "&":
                raise self.stuck(f"\\end{{{name}}} is missing")
        if self.raw() != name:
            raise self.stuck(f"\\end{{{name}}} is missing")
        return _table(name, [row for row in rows if row != [shape.format(_NOTHING)]])


_CELL_ENDS = frozenset({"&", "\\\\", "\\end"})
_SETTERS_OF_TWO = {
    "frac": "frac({}, {})",
    "dfrac": "display(frac({}, {}))",
    "tfrac": "inline(frac({}, {}))",
    "binom": "binom({}, {})",
}


def _table(name: str, rows: list[list[str]]) -> str:
    body = "; ".join(", ".join(row) for row in rows)
    if name.endswith("cases"):
        return f'mat(delim: #("{{", none), align: #left, column-gap: #1em, row-gap: #0.5em, {body})'
    delim = f'"{_ROWS[name]}"' if _ROWS[name] else "none"
    return f"mat(delim: #{delim}, {body})"

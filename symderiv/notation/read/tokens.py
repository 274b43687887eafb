r"""LaTeX mathematics to tokens, each with its span; what is not known is refused, never skipped.

Spacing and sizes (`\,`, `\bigl`, `\displaystyle`) carry no meaning and are dropped. Letters, Greek
letters and words in a font all become `name` tokens that remember their font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from symderiv import limits
from symderiv.errors import ReadError, Span
from symderiv.notation.alphabet import GREEK
from symderiv.notation.read.characters import refuse
from symderiv.notation.read.commands import (
    DOTS,
    FONTS,
    FRACTIONS,
    IGNORED,
    KNOWN,
    SIZES,
    SKIPPED_WITH_ARGUMENT,
    TEXTS,
    UNICODE,
    UNREADABLE,
)
from symderiv.notation.read.decorations import undecorated
from symderiv.notation.read.guard import check_digits, check_size, check_tokens

Kind = Literal[
    "name", "number", "command", "sign", "open", "close", "left", "right", "text", "begin", "end", "newline"
]

_NUMBER = re.compile(r"\d{1,3}(?:\\,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\{,\}\d+)+|\d+(?:\.\d+)?|\.\d+")
_FLOATING = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)[eE][+-]?\d")
_SWITCH = re.compile(r"\{\s*(\\(?:rm|bf|it|cal|sf|tt))(?![A-Za-z])\s*([A-Za-z]+|\\[A-Za-z]+)\s*\}")
_SWITCHES = {"\\rm": "rm", "\\bf": "bf", "\\it": "", "\\cal": "cal", "\\sf": "sf", "\\tt": "tt"}
_NOT = re.compile(r"\s*=")
_COLUMNS = re.compile(r"\s*(?:\[[tbc]\])?\s*\{[^{}]*\}")
_WITH_COLUMNS = frozenset({"array", "alignedat"})
_ENVIRONMENTS = frozenset(
    "cases dcases rcases matrix pmatrix bmatrix Bmatrix vmatrix smallmatrix array aligned alignedat".split()
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
_GROUP = re.compile(r"\s*\{([^{}]*)\}")
_SINGLE = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:(?:[ -]|\\_)[A-Za-z0-9]*)*\Z")
_DELIMITER = re.compile(r"\s*(\\[A-Za-z]+|\\[{}|]|[()\[\]|./<>])")
_KEYWORD = re.compile(r"(if|for|when|where|otherwise|else|elsewhere|and|or|true)\b[ ,:]*", re.IGNORECASE)
_SIGNS = frozenset("+-*/=<>()[]|,.;:^_&'!")
_MACRO_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Token:
    r"""A piece of the source. `text` is a name's plain spelling, a command with its backslash, or a sign.

    `font` is the font of a name: "" italic, "rm" upright, "op" an operator name, "bf" bold, "cal", "bb".
    """

    kind: Kind
    text: str
    span: Span
    font: str = ""


def tokenize(text: str, macros: Mapping[str, str] | None = None) -> list[Token]:
    """The tokens of one formula. `macros` are abbreviations without arguments."""
    check_size(text)
    check_digits(text)
    scanned = _Scanner(undecorated(text), macros or {}, 0).tokens()
    tokens = _unwrapped(_split_digits(list(scanned)))
    check_tokens(text, len(tokens))
    return tokens


def _unwrapped(tokens: list[Token]) -> list[Token]:
    r"""`\sigma{(x)}`, `x{}`: braces around a bracket hold nothing more together, empty ones nothing."""
    dropped: set[int] = set()
    for place in range(1, len(tokens) - 1):
        if tokens[place].kind != "open" or tokens[place - 1].kind not in {"name", "number", "close"}:
            continue
        if place > 1 and tokens[place - 2].kind == "command" and tokens[place - 2].text not in DOTS:
            continue  # perhaps the second argument of a command
        if tokens[place + 1].kind == "close" and tokens[place - 1].kind != "close":
            dropped |= {place, place + 1}
        elif tokens[place - 1].kind == "name" and (end := _wrapped(tokens, place)) is not None:
            dropped |= {place, end}
    return [token for place, token in enumerate(tokens) if place not in dropped] if dropped else tokens


def _wrapped(tokens: list[Token], place: int) -> int | None:
    """The brace that closes the one at `place`, if exactly one bracket stands between them."""
    if tokens[place + 1].text not in {"(", "["}:
        return None
    level = 0
    for end in range(place + 1, len(tokens)):
        token = tokens[end]
        level += token.kind in {"open", "left"} or (token.kind == "sign" and token.text in "([")
        level -= token.kind in {"close", "right"} or (token.kind == "sign" and token.text in ")]")
        if level == 0:
            after = tokens[end + 1] if end + 1 < len(tokens) else None
            return end + 1 if after is not None and after.kind == "close" else None
    return None


def _split_digits(tokens: list[Token]) -> list[Token]:
    r"""`\frac12` takes one digit above and one below, as TeX does."""
    result: list[Token] = []
    due: list[int] = []  # arguments still due at each open brace level
    for token in tokens:
        pending = [token]
        while pending:
            piece = pending.pop()
            if due and due[-1] > 0 and piece.kind == "number" and len(piece.text) > 1:
                start, end = piece.span
                pending.append(replace(piece, text=piece.text[1:], span=(start + 1, end)))
                piece = replace(piece, text=piece.text[0], span=(start, start + 1))
            result.append(piece)
            _count_arguments(piece, due)
    return result


def _count_arguments(token: Token, due: list[int]) -> None:
    if token.kind == "open":
        due.append(0)
    elif token.kind == "close":
        if due:
            due.pop()
        _one_less(due)
    elif token.kind == "command" and token.text in FRACTIONS:
        due.append(2)
    else:
        _one_less(due)


def _one_less(due: list[int]) -> None:
    if due and due[-1] > 0:
        due[-1] -= 1
        if due[-1] == 0:
            due.pop()


class _Scanner:
    def __init__(self, text: str, macros: Mapping[str, str], depth: int) -> None:
        self.text = text
        self.macros = macros
        self.depth = depth
        self.position = 0

    def tokens(self) -> Iterator[Token]:
        count = 0
        while self.position < len(self.text):
            for token in self._next():
                count += 1
                if count > limits.MAX_TOKENS:
                    check_tokens(self.text, count)
                yield token

    def _error(self, message: str, start: int, end: int, hint: str | None = None) -> ReadError:
        return ReadError(message, hint=hint, span=(start, end), source=self.text)

    def _next(self) -> list[Token]:
        start, character = self.position, self.text[self.position]
        if character in " \t\r\n~":
            self.position += 1
            return []
        if character == "%":
            end = self.text.find("\n", start)
            self.position = len(self.text) if end < 0 else end + 1
            return []
        if character == "$":
            return self._dollar(start)
        if character == "\\":
            return self._command(start)
        number = _NUMBER.match(self.text, start)
        if number:
            return [self._number(number)]
        if character.isascii() and character.isalpha():
            return [self._take("name", character, start + 1)]
        switch = _SWITCH.match(self.text, start) if character == "{" else None
        if switch is not None:
            return [
                self._take("name", switch.group(2).lstrip("\\"), switch.end(), _SWITCHES[switch.group(1)])
            ]
        if character in "{}":
            return [self._take("open" if character == "{" else "close", character, start + 1)]
        if character in _SIGNS:
            return [self._take("sign", character, start + 1)]
        return self._foreign(start, character)

    def _number(self, match: re.Match[str]) -> Token:
        r"""A number as it is printed: `0{,}5` is 0.5, `10\,000` is ten thousand; `1e-3` may be two things."""
        text = match.group()
        floating = _FLOATING.match(self.text, match.start())
        if floating is not None:
            end = floating.end()
            while end < len(self.text) and self.text[end].isdigit():
                end += 1
            raise self._error("a power of ten, or Euler's e", match.start(), end, "write 10^{-3}")
        pieces = text.split("{,}")
        if len(pieces) == 2 and len(pieces[1]) == 3 and pieces[0].strip("0") and len(pieces[0]) <= 3:
            raise self._error(
                "a decimal comma, or a mark of thousands", match.start(), match.end(), "write a point"
            )
        if len(pieces) > 2 and any(len(piece) != 3 for piece in pieces[1:]):
            raise self._error("several commas in one number", match.start(), match.end())
        text = ".".join(pieces) if len(pieces) == 2 else "".join(pieces)
        return self._take("number", text.replace("\\,", ""), match.end())

    def _take(self, kind: Kind, text: str, end: int, font: str = "") -> Token:
        token = Token(kind, text, (self.position, end), font)
        self.position = end
        return token

    def _dollar(self, start: int) -> list[Token]:
        rest = self.text[start:].strip("$ \t\r\n.,;")
        if rest and self.text[:start].strip("$ \t\r\n"):
            raise self._error("a '$' inside the formula", start, start + 1, "one formula at a time")
        self.position += 1
        return []

    def _foreign(self, start: int, character: str) -> list[Token]:
        meaning = UNICODE.get(character)
        if meaning is None:
            raise refuse(self.text, start)
        if meaning in GREEK or meaning == "pi":
            return [self._take("name", meaning, start + 1)]
        if meaning.startswith("\\"):
            return [self._take("command", meaning, start + 1)]
        return [self._take("sign", meaning, start + 1)] if meaning else self._skip(start + 1)

    def _skip(self, end: int) -> list[Token]:
        self.position = end
        return []

    def _command(self, start: int) -> list[Token]:
        match = _COMMAND.match(self.text, start)
        if match is None:
            raise self._error("a backslash at the end", start, start + 1)
        word, end = match.group(), match.end()
        if word.endswith("*") and word not in KNOWN:
            word, end = word[:-1], end - 1
        if word in self.macros:
            return self._expanded(word, start, end)
        if word in IGNORED or word in SIZES:
            return self._skip(end)
        if word in SKIPPED_WITH_ARGUMENT:
            group = _GROUP.match(self.text, end)
            return self._skip(group.end() if group else end)
        if word in ("\\left", "\\right", "\\middle"):
            return self._delimiter(word, end)
        if word in FONTS:
            return self._font(word, end)
        if word in TEXTS:
            return self._text(word, end)
        if word == "\\not":
            return [self._negated(end)]
        if word in ("\\begin", "\\end"):
            return self._environment(word, end)
        return [self._plain_command(word, start, end)]

    def _negated(self, end: int) -> Token:
        equals = _NOT.match(self.text, end)
        if equals is None:
            raise self._error("only = is read with a stroke through it", self.position, end)
        return self._take("command", "\\ne", equals.end())

    def _plain_command(self, word: str, start: int, end: int) -> Token:
        if word[1:] in GREEK or word == "\\pi":
            return self._take("name", word[1:], end)
        if word == "\\\\":
            return self._take("newline", word, end)
        if word in KNOWN:
            return self._take("command", word, end)
        close = get_close_matches(word, sorted(KNOWN - frozenset(UNREADABLE)), n=1, cutoff=0.75)
        hint = f"did you mean {close[0]}?" if close else None
        raise self._error(
            f"unknown command {word}", start, end, hint or "only mathematics is read, no macros"
        )

    def _expanded(self, word: str, start: int, end: int) -> list[Token]:
        if self.depth >= _MACRO_DEPTH:
            raise self._error(f"the macro {word} expands without end", start, end)
        inner = _Scanner(self.macros[word], self.macros, self.depth + 1)
        self.position = end
        return [replace(token, span=(start, end)) for token in inner.tokens()]

    def _delimiter(self, word: str, end: int) -> list[Token]:
        match = _DELIMITER.match(self.text, end)
        if match is None or word == "\\middle":
            raise self._error(f"{word} needs a bracket after it", self.position, end)
        kind: Kind = "left" if word == "\\left" else "right"
        return [self._take(kind, match.group(1), match.end())]

    def _font(self, word: str, end: int) -> list[Token]:
        start, font = self.position, FONTS[word]
        match = _GROUP.match(self.text, end) or _SINGLE.match(self.text, end)
        if match is None:
            raise self._error(f"{word} needs a letter or a word in braces", start, end)
        content = match.group(1).strip()
        if content.startswith("\\") and (content[1:] in GREEK or content == "\\pi"):
            content = content[1:]
        elif content.isdigit():
            if font in {"bf", "bb"}:
                return [self._take("command", "\\indicator", match.end())]
            return [self._take("number", content, match.end())]
        elif font == "bb" and content == "I":
            return [self._take("command", "\\indicator", match.end())]
        elif not _WORD.match(content):
            return self._font_of_many(word, content, match)
        if font == "bb":
            raise self._error(f"{word}{{{content}}} is not read", start, match.end())
        name = re.sub(r" +|-|\\_", "_", content)
        return [self._take("name", name, match.end(), font)]

    def _font_of_many(self, word: str, content: str, match: re.Match[str]) -> list[Token]:
        if FONTS[word] == "op" or "\\" in content:
            raise self._error(f"{word}{{{content[:20]}}} is not a name", self.position, match.end())
        raise self._error(
            f"{word} around more than a name", self.position, match.end(), "put single letters in the font"
        )

    def _text(self, word: str, end: int) -> list[Token]:
        start = self.position
        match = _GROUP.match(self.text, end)
        if match is None:
            raise self._error(f"{word} needs words in braces", start, end)
        content, offset = match.group(1), match.start(1)
        stripped = content.strip(" ~,.;:")
        if not stripped:
            return self._skip(match.end())
        keyword = _KEYWORD.match(content.lstrip())
        if keyword is None:
            if not _WORD.match(stripped):
                raise self._error("words that are not mathematics", start, match.end())
            return [self._take("name", re.sub(r" +|-|\\_", "_", stripped), match.end(), "rm")]
        found = [self._take("text", keyword.group(1).lower(), match.end())]
        begin = offset + len(content) - len(content.lstrip()) + keyword.end()
        rest = self.text[begin : match.end(1)].replace("$", " ")
        if not rest.strip(" ~,."):
            return found
        if not re.search(r"[<>=]|\\[lgn]e|\$", self.text[begin : match.end(1)]):
            raise self._error("words that are not mathematics", start, match.end())
        inner = _Scanner(" " * begin + rest, self.macros, self.depth)
        return found + list(inner.tokens())

    def _environment(self, word: str, end: int) -> list[Token]:
        match = _GROUP.match(self.text, end)
        if match is None:
            raise self._error(f"{word} needs a name in braces", self.position, end)
        kind: Kind = "begin" if word == "\\begin" else "end"
        name = match.group(1).strip()
        if name not in _ENVIRONMENTS:
            raise self._error(
                f"the environment {name!r} is not a formula",
                self.position,
                match.end(),
                "one formula at a time",
            )
        columns = _COLUMNS.match(self.text, match.end()) if name in _WITH_COLUMNS else None
        if columns is not None and kind == "begin":
            return [self._take(kind, name, columns.end())]
        return [self._take(kind, name, match.end())]

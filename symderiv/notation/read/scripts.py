r"""What stands above and below: exponents, marks, labels, indices, primes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation.alphabet import GREEK
from symderiv.notation.read.commands import FRACTIONS
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Kind, Term, call, index, power

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

Slice = tuple[int, int]

_STAR_MARKS = {"*": "star", "\\ast": "star", "\\star": "star", "\\dagger": "dagger"}
TRANSPOSES = frozenset({"\\top", "\\intercal"})
_LIMIT_WORDS = frozenset({"\\max", "\\min"})
_LAYERS = frozenset({"l", "L", "ell"})
_MARK_WORDS = frozenset({"new", "old", "next", "prev", "true", "pred", "train", "test", "in", "out"})
_STARS = frozenset({"*", "+", "-", "\\ast", "\\star", "\\dagger"})


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of one letter, as they stand."""

    below: Slice | None
    above: Slice | None
    primes: int


def read_scripts(parser: Parser) -> Scripts:
    """Sub- and superscript and primes, in any order, each at most once."""
    below: Slice | None = None
    above: Slice | None = None
    primes = 0
    while True:
        token = parser.peek()
        if parser.take("'"):
            primes += 1
        elif parser.take("^"):
            found = argument(parser, script=True)
            count = _prime_count(parser, found)
            if count:
                primes += count
            elif above is not None:
                raise ReadError("two superscripts on one letter", hint="use brackets", span=_span(token))
            else:
                above = found
        elif parser.take("_"):
            if below is not None:
                raise ReadError("two subscripts on one letter", hint="use brackets", span=_span(token))
            below = argument(parser, script=True)
        else:
            return Scripts(below, above, primes)


def _span(token: Token | None) -> tuple[int, int] | None:
    return token.span if token else None


def argument(parser: Parser, *, script: bool = False) -> Slice:
    """A {group}, or the single token that TeX takes."""
    token = parser.peek()
    if token is None:
        raise parser.ends_early()
    if token.kind == "open":
        found = parser.group()
        if found[0] == found[1]:
            raise ReadError("nothing stands in these braces", span=(token.span[0], token.span[1] + 1))
        return found
    if script and token.text in FRACTIONS:
        start = parser.position
        parser.next()
        argument(parser), argument(parser)
        return start, parser.position
    if token.kind == "number" and script and len(token.text) > 1:
        raise ReadError(
            "only the first digit stands in the script",
            hint=f"write {{{token.text}}} in braces",
            span=token.span,
        )
    if token.kind in {"name", "number"} or token.text in {"\\prime", *TRANSPOSES, *_STARS}:
        if script and token.text in {"+", "-"}:
            raise ReadError("a script without braces", hint="put it in braces, as in e^{-x}", span=token.span)
        parser.next()
        return parser.position - 1, parser.position
    raise ReadError("braces are missing here", hint="put it in braces, as in e^{-x}", span=token.span)


def _prime_count(parser: Parser, where: Slice) -> int:
    tokens = parser.tokens[where[0] : where[1]]
    return len(tokens) if all(token.text in {"\\prime", "'"} for token in tokens) else 0


def raised(parser: Parser, value: Term, start: int) -> Term:
    """A value that is not a letter, with its power and its index."""
    scripts = read_scripts(parser)
    if scripts.primes:
        raise ReadError(
            "a prime on something that is not a function",
            hint="write \\frac{d}{dx}(...)",
            span=parser.span(start),
        )
    if scripts.below is not None:
        if parser.tokens[start].kind == "number":
            raise ReadError("a subscript on a number", span=parser.span(start))
        if value.kind == "call" and value.name == "Abs":
            raise ReadError(
                "a subscript on an absolute value",
                hint="a norm is \\lVert x \\rVert",
                span=parser.span(start),
            )
        value = index(value, *indices(parser, scripts.below)).at(parser.span(start))
    return lifted(parser, value, scripts.above, start)


def lifted(parser: Parser, value: Term, above: Slice | None, start: int) -> Term:
    """A value with its exponent, or its transpose."""
    if above is None:
        return value
    tokens = parser.tokens[above[0] : above[1]]
    only = tokens[0] if len(tokens) == 1 else None
    if only is not None and only.text in TRANSPOSES:
        return call("transpose", value).at(parser.span(start))
    if only is not None and _is_transpose_letter(parser, only, value):
        certain = parser.context.vectors or parser.tokens[start].font == "bf"
        note = f"scope: T above {parser.source(start, above[0])[:24]} is a transpose, or an exponent"
        if certain or not parser.choose(note.replace("^", "")):
            return call("transpose", value).at(parser.span(start))
    if only is not None and only.text in _STARS:
        raise ReadError(
            f"a mark {only.text} that is not read", hint="give the letter another name", span=only.span
        )
    return power(value, parser.nested(lambda: parser.within(*above, parser.sum))).at(parser.span(start))


def _is_transpose_letter(parser: Parser, token: Token, value: Term) -> bool:
    if token.text != "T" or token.kind != "name" or "T" in parser.symbols:
        return False
    return value.kind not in {"number", "constant"}


def indices(parser: Parser, where: Slice) -> list[Term]:
    """`_{ij}` and `_{i,j+1}` as index values: letters that stand together are one index each."""
    tokens = parser.tokens[where[0] : where[1]]
    if all(token.kind == "name" and len(token.text) == 1 and not token.font for token in tokens):
        return [Term("symbol", name=token.text, span=token.span) for token in tokens]
    if len(tokens) > 1 and tokens[0].kind == "name" and all(map(_is_single, tokens)):
        kinds: dict[str, Kind] = {"name": "symbol", "number": "number"}
        return [Term(kinds[token.kind], name=token.text, span=token.span) for token in tokens]
    found: list[Term] = []

    def read() -> None:
        found.append(parser.sum())
        while parser.take(","):
            found.append(parser.sum())

    parser.within(*where, read)
    return found


def _is_single(token: Token) -> bool:
    """A letter or a digit: `w_{i1}` has the indices i and 1."""
    return token.kind in {"name", "number"} and len(token.text) == 1 and not token.font


def mark_of(parser: Parser, where: Slice | None) -> tuple[str, bool] | None:
    """The layer mark in a superscript, and whether it might be an exponent as well.

    `(2)`, `[l]`, `(l-1)` and upright words are marks; `(n-1)` might be meant as an exponent.
    """
    if where is None:
        return None
    tokens = parser.tokens[where[0] : where[1]]
    if tokens[0].text in _LAYERS and tokens[0].text not in parser.symbols and _is_layer(tokens):
        return label(tokens) or "", True
    if len(tokens) == 1:
        only = tokens[0]
        if only.text in _STAR_MARKS and only.kind in {"sign", "command"}:
            return _STAR_MARKS[only.text], False
        word = only.kind == "name" and only.font == "rm" and len(only.text) > 1
        return (only.text, False) if word else None
    if all(token.kind == "name" and not token.font for token in tokens):
        word_text = "".join(token.text for token in tokens)
        return (word_text, False) if word_text in _MARK_WORDS else None
    if (tokens[0].text, tokens[-1].text) not in {
        ("(", ")"),
        ("[", "]"),
        ("\\langle", "\\rangle"),
        ("<", ">"),
    }:
        return None
    text = label(tokens[1:-1])
    if text is None or len(tokens) > 5:
        return None
    return text, len(tokens) > 3 and tokens[0].text == "("


def _is_layer(tokens: list[Token]) -> bool:
    """`l`, `l-1`, `L`: as an exponent it would be a letter that usually counts layers."""
    if len(tokens) == 1:
        return True
    return len(tokens) == 3 and tokens[1].text in {"+", "-"} and tokens[2].kind == "number"


def label(tokens: list[Token]) -> str | None:
    r"""A script that names: `ij` is ij, `i,j` is i_j, `\text{new}` is new, `l-1` is l_minus_1."""
    pieces: list[str] = []
    fresh, after_comma = True, False
    for token in tokens:
        if token.kind in {"name", "number"} and token.text.replace("_", "").isalnum():
            single = len(token.text) == 1 or token.kind == "number"
            if fresh or not single or (pieces and pieces[-1] in GREEK):
                pieces.append(token.text)
            else:
                pieces[-1] += token.text
            fresh = not single
        elif token.kind == "command" and token.text in _LIMIT_WORDS:
            pieces.append(token.text[1:])
            fresh = True
        elif token.text == "," and pieces and not after_comma:
            fresh = True
        elif token.text == "-" or (token.text == "+" and pieces):
            pieces.append("plus" if token.text == "+" else "minus")
            fresh = True
        else:
            return None
        after_comma = token.text == ","
    return "_".join(pieces) if pieces and not after_comma and pieces[-1] not in {"plus", "minus"} else None

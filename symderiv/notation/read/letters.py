r"""Letters and words: `\hat{y}`, `w_{ij}^{(k)}`, `\delta_{ij}`, `e^{x}`, `\sigma'(x)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symderiv import limits
from symderiv.errors import LimitError, ReadError
from symderiv.notation import names
from symderiv.notation.read import applications, conditions, leibniz
from symderiv.notation.read.commands import ACCENTS, WORDS
from symderiv.notation.read.scripts import (
    TRANSPOSES,
    Scripts,
    Slice,
    indices,
    label,
    lifted,
    mark_of,
    read_scripts,
)
from symderiv.notation.read.tokens import Token
from symderiv.notation.read.words import LONGEST_PRODUCT, SPOKEN
from symderiv.notation.term import Term, call, const, index, sym

if TYPE_CHECKING:
    from symderiv.notation.read.parser import Parser

_WORD_FONTS = frozenset({"rm", "op", "sf", "tt"})
_CALCULUS = frozenset("fgh")
_WORDS = SPOKEN | frozenset(name for name in WORDS if len(name) > 1)
"""Words that are never meant as a product of their letters."""
_INDICES = frozenset("ijklmnpq")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with everything on it: `base` is its accents and itself, `name` the full plain name."""

    base: str
    name: str
    scripts: Scripts
    exponent: Slice | None
    start: int
    font: str

    @property
    def is_word(self) -> bool:
        """An upright word of several letters."""
        return self.font in _WORD_FONTS and len(self.base) > 1


def letter(parser: Parser) -> Term:
    """The letter or word at hand: a symbol, a constant, a component, or a function applied."""
    token = parser.tokens[parser.position]
    _refuse_word(parser)
    if conditions.is_indicator(parser):
        return conditions.indicator(parser)
    if leibniz.is_differential(parser, parser.position):
        found = leibniz.try_inline(parser)
        if found is not None:
            return found
    start = parser.position
    if token.kind == "name" and len(token.text) > 1 and token.font in _WORD_FONTS:
        target = applications.word(parser, token.text)
        if target is not None:
            parser.next()
            return applications.operator(parser, target, start)
    increment = _increment(parser)
    base, inner = _base(parser)
    base = f"{increment}{base}"
    scripts = read_scripts(parser)
    if inner is not None:
        if scripts.below is not None:
            raise ReadError("two subscripts on one letter", span=parser.span(start))
        scripts = Scripts(inner, scripts.above, scripts.primes)
    special = _constant(parser, base, scripts, start) or _kronecker(parser, base, scripts, start)
    if special is not None:
        return special
    return _named(parser, base, scripts, start, token.font)


def _increment(parser: Parser) -> str:
    r"""`\Delta` of a difference, `\Delta w`: one name with its letter."""
    token, after = parser.tokens[parser.position], parser.peek(1)
    if (
        token.text != "Delta"
        or after is None
        or {"Delta"} & (parser.symbols | parser.context.functions.keys())
    ):
        return ""
    if after.text in ACCENTS:
        raise ReadError(
            "\\Delta before a letter is a difference, not a factor",
            hint="give the difference a name of its own, or declare Delta as a symbol",
            span=token.span,
        )
    if after.kind != "name":
        return ""
    parser.next()
    parser.note(f"name: \\Delta {parser.source(parser.position, parser.position + 1)} is read as one name")
    return "Delta"


def is_plain(tokens: list[Token]) -> bool:
    """A letter alone, with nothing but accents."""
    inside = [token for token in tokens if token.text not in ACCENTS and token.kind not in {"open", "close"}]
    return len(inside) == 1 and inside[0].kind == "name" and not inside[0].font


def _refuse_word(parser: Parser) -> None:
    """Letters without a space between them that spell a word are not a product of letters."""
    start = parser.position
    place = start
    while place < parser.stop and parser.tokens[place].kind == "name" and len(parser.tokens[place].text) == 1:
        token = parser.tokens[place]
        if token.font or (place > start and token.span[0] != parser.tokens[place - 1].span[1]):
            break
        place += 1
    if (
        start
        and parser.tokens[start - 1].kind == "name"
        and parser.tokens[start - 1].span[1] == parser.tokens[start].span[0]
    ):
        return  # inside a run that has been looked at
    run = parser.source(start, place)
    word = next(
        (run[:n] for n in range(len(run), 1, -1) if run[:n] in _WORDS or run[:n] in parser.context.functions),
        "",
    )
    if len(run) > LONGEST_PRODUCT or word:
        known = word in names.FUNCTIONS
        raise ReadError(
            f"{word or run!r} is a word or a product of letters".replace("''", "'"),
            hint=f"write \\{word}"
            if known
            else f"write \\mathrm{{{word or run}}}, or put spaces between the letters",
            span=(parser.tokens[start].span[0], parser.tokens[start].span[0] + len(word or run)),
        )


def _base(parser: Parser) -> tuple[str, Slice | None]:
    r"""The accents and the letter, and a subscript under the accent (`\hat{y_i}`)."""
    token = parser.next()
    if token.kind == "open":
        parser.position -= 1
        return parser.nested(lambda: parser.within(*parser.group(), lambda: _base(parser)))
    if token.kind == "name":
        own = parser.context.fonts.get((token.text, token.font))
        if own is not None:
            return own, None
        _remember_font(parser, token.text, token.font)
        return token.text, None
    accent = ACCENTS.get(token.text)
    if accent is None:
        raise parser.unexpected(token)
    opening = parser.peek()
    if opening is None:
        raise parser.ends_early()
    if opening.kind != "open":
        base, below = parser.nested(lambda: _base(parser))
        return f"{accent}_{base}", below
    first, last = parser.group()

    def inside() -> tuple[str, Slice | None]:
        base, below = _base(parser)
        scripts = read_scripts(parser)
        if scripts.above is not None or scripts.primes or (below and scripts.below):
            raise ReadError("an accent over more than a letter", span=token.span)
        return base, scripts.below or below

    base, below = parser.nested(lambda: parser.within(first, last, inside))
    return f"{accent}_{base}", below


def _remember_font(parser: Parser, text: str, font: str) -> None:
    """The same letter in two fonts is two things, and plain notation has one name for them."""
    if font == "op" or text in {"d", "e", "T"}:
        return
    if font == "bf" and text not in parser.context.arrays:
        parser.note("vectors: bold letters are read as letters; products of them commute")
    entry = "_" if parser.at("_") else ""  # x_i is an entry of a bold x
    known = parser.fonts.setdefault(f"{text}{entry}", font)
    if known != font:
        raise ReadError(
            f"the letter {text} stands in two fonts",
            hint="give one of them another name",
            span=parser.tokens[parser.position - 1].span,
        )


def _constant(parser: Parser, base: str, scripts: Scripts, start: int) -> Term | None:
    if base not in {"e", "pi"} or base in parser.symbols or scripts.below is not None or scripts.primes:
        return None
    if base == "pi":
        return lifted(parser, const("pi").at(parser.span(start)), scripts.above, start)
    if scripts.above is None:
        return const("e").at(parser.span(start))
    value = lifted(parser, const("e"), scripts.above, start)
    return call("exp", value.args[1]).at(parser.span(start)) if value.kind == "pow" else value


def _kronecker(parser: Parser, base: str, scripts: Scripts, start: int) -> Term | None:
    if base != "delta" or scripts.below is None or scripts.primes or mark_of(parser, scripts.above):
        return None
    tokens = parser.tokens[slice(*scripts.below)]
    letters = len(tokens) == 2 and all(t.kind == "name" and len(t.text) == 1 and not t.font for t in tokens)
    if not letters and not any(t.text == "," for t in tokens):
        return None
    pair = indices(parser, scripts.below)
    if len(pair) != 2:
        return None
    return lifted(parser, call("delta", *pair).at(parser.span(start)), scripts.above, start)


def _named(parser: Parser, base: str, scripts: Scripts, start: int, font: str) -> Term:
    transposed = _transposed(parser, scripts.above)
    if transposed is not None:
        scripts = Scripts(scripts.below, transposed, scripts.primes)
        value = _named(parser, base, scripts, start, font)
        return call("transpose", value).at(parser.span(start))
    higher = _higher(parser, base, scripts, start)
    if higher is not None:
        scripts = higher
    mark = mark_of(parser, scripts.above)
    exponent = scripts.above
    if mark is not None:
        shown = parser.source(start, parser.position)
        if not mark[1] or not parser.choose(
            f"scope: the superscript of {shown} is a layer mark, or an exponent"
        ):
            exponent = None
        else:
            mark = None
    name = _spelled(parser, base, scripts.below, mark[0] if mark else "", start)
    found = Letter(base, name, scripts, exponent, start, font)
    applied = applications.applied(parser, found)
    if applied is not None:
        return applied
    if exponent is not None and parser.tokens[exponent[0]].text == "-" and base in parser.context.functions:
        raise ReadError("the inverse function or the reciprocal", hint="write 1/...", span=parser.span(start))
    return lifted(parser, _symbol(parser, found), exponent, start)


def _transposed(parser: Parser, above: Slice | None) -> Slice | None:
    r"""The mark before a transpose, `W^{(2)\top}`, or None."""
    if above is None or above[1] - above[0] < 2:
        return None
    last = parser.tokens[above[1] - 1]
    if last.text not in TRANSPOSES and not (last.text == "T" and "T" not in parser.symbols):
        return None
    shorter = above[0], above[1] - 1
    mark = mark_of(parser, shorter)
    return shorter if mark is not None else None


def _higher(parser: Parser, base: str, scripts: Scripts, start: int) -> Scripts | None:
    """`f^{(3)}(x)` as the third derivative of a function, which might be its layer mark."""
    if scripts.above is None or scripts.primes:
        return None
    inside = parser.tokens[slice(*scripts.above)]
    following = parser.peek()
    if [t.text for t in inside[::2]] != ["(", ")"] or len(inside) != 3 or not inside[1].text.isdigit():
        return None
    if following is None or following.text != "(" or not 1 <= int(inside[1].text) <= limits.MAX_EXPONENT:
        return None
    below = label(parser.tokens[slice(*scripts.below)]) if scripts.below is not None else None
    name = f"{base}_{below}" if below else base
    declared = parser.context.functions
    if f"{name}__{inside[1].text}" in declared or not (name in declared or name in _CALCULUS):
        return None
    shown = parser.source(start, parser.position)
    if parser.choose(f"scope: the superscript of {shown} counts derivatives, or it is a layer mark"):
        return None
    return Scripts(scripts.below, None, int(inside[1].text))


def _spelled(parser: Parser, base: str, below: Slice | None, mark: str, start: int) -> str:
    name = base
    if below is not None:
        text = label(parser.tokens[slice(*below)])
        if text is None and base not in parser.indexed:
            raise ReadError(
                "a subscript that is neither a name nor an index",
                hint="a subscript is made of letters, digits and commas",
                span=parser.tokens[below[0]].span,
            )
        name = f"{base}_{text}"
    name = f"{name}__{mark}" if mark else name
    if len(name) > limits.MAX_NAME:
        raise LimitError(f"a name of {len(name):,} letters", span=parser.span(start))
    return name


def _symbol(parser: Parser, found: Letter) -> Term:
    """The letter as a value: a component of an indexed letter, or a symbol."""
    span = parser.span(found.start)
    primes = found.scripts.primes
    below = found.scripts.below
    if below is not None and not primes and found.base in parser.indexed and not _is_word(parser, below):
        mark = found.name.partition("__")[2]
        base = f"{found.base}__{mark}" if mark else found.base
        return index(sym(_renamed(parser, base)), *indices(parser, below)).at(span)
    name = found.name
    if found.base in parser.marked and found.name.partition("__")[2]:
        return _numbered(parser, found)
    check_bound(parser, found)
    if primes:
        name = f"{name}_prime{primes if primes > 1 else ''}"
        if name not in parser.context.names:
            parser.note(f"prime: {parser.source(found.start, parser.position)} is read as the name {name}")
    if found.is_word and name in WORDS:
        raise ReadError(f"the function {name} needs an argument", span=span)
    return sym(_renamed(parser, name)).at(span)


def _is_word(parser: Parser, below: Slice) -> bool:
    """Whether a subscript is a word, such as `new`, and no row of indices."""
    tokens = parser.tokens[slice(*below)]
    text = label(tokens)
    if text is None or not text.isalpha() or len(text) < 3 or set(text) <= _INDICES:
        return False
    return not any(token.text in parser.bound for token in tokens)


def _numbered(parser: Parser, found: Letter) -> Term:
    """`y^{(i)}` under a sum over i: the i-th sample."""
    above, below = found.scripts.above, found.scripts.below
    if above is None or found.scripts.primes:
        raise ReadError("a prime on a numbered letter", span=parser.span(found.start))
    numbers = indices(parser, (above[0] + 1, above[1] - 1))
    if below is not None:
        numbers += indices(parser, below)
    return index(sym(_renamed(parser, found.base)), *numbers).at(parser.span(found.start))


def check_bound(parser: Parser, found: Letter) -> None:
    """A name must not hide the index of a sum: it would not change with it."""
    for where in (found.scripts.below, None if found.exponent else found.scripts.above):
        tokens = parser.tokens[where[0] : where[1]] if where else []
        hidden = next(
            (token for token in tokens if token.kind == "name" and token.text in parser.bound), None
        )
        if hidden is not None:
            raise ReadError(
                f"a name that holds the index {hidden.text} of a sum",
                hint="write the index as a subscript of its own",
                span=parser.span(found.start),
            )


def _renamed(parser: Parser, name: str) -> str:
    return parser.context.names.get(name, name)

r"""Functions applied: `\tanh^2 x`, `\log(1+e^x)`, `\sigma'(x)`, and when x(1-x) is a product."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from symderiv.errors import ReadError
from symderiv.notation import names
from symderiv.notation.read import atoms
from symderiv.notation.read.commands import ACCENTS, DOTS, OPERATORS, WORDS
from symderiv.notation.read.scripts import Scripts, Slice, indices, lifted, read_scripts
from symderiv.notation.read.tokens import Token, tokenize
from symderiv.notation.term import Term, call, div, index, power

if TYPE_CHECKING:
    from symderiv.notation.read.letters import Letter
    from symderiv.notation.read.parser import Parser

_CONVENTIONAL = frozenset({*"fghFGH", "sigma", "phi", "varphi", "psi", "Phi", "Psi"})
_VARIABLES = frozenset({*"abcdeiklmnqrstuvwxyz", "alpha", "beta", "gamma", "lambda", "mu", "eta", "theta"})
"""Letters that are a factor where a bracket follows, as in x(1 - y)."""
_SIMPLE = frozenset({"number", "symbol", "constant", "index", "pow"})
_ALWAYS_BRACKETED = frozenset({"erf", "erfc", "sign", "Max", "Min"})
_MATCHING = {"(": ")", "[": "]"}


def word(parser: Parser, text: str) -> str | None:
    """The function that an upright word is: declared by the document, or known to plain notation."""
    if text in parser.symbols:
        return None
    declared = parser.context.functions
    for known in (text, text.lower()):
        if known in declared:
            return declared[known]
    return WORDS.get(text)


def operator(parser: Parser, name: str, start: int) -> Term:
    """A named operator with its power, its primes and its argument."""
    shown = parser.source(start, parser.position)
    scripts = read_scripts(parser)
    if scripts.above is not None:
        _check_power(parser, scripts.above, shown)
    if name == "log" and shown.startswith("\\log") and scripts.below is None:
        parser.note("convention: \\log is the natural logarithm")
    closed = _opens(parser) or _at_brace(parser)
    args = _arguments(parser, name, shown, start)
    _check_count(parser, name, len(args), start)
    value = call(name, *args, order=scripts.primes).at(parser.span(start))
    value = _based(parser, name, value, scripts, start)
    value = lifted(parser, value, scripts.above, start)
    return _after(parser, value, name, shown, start) if closed else value


def _check_power(parser: Parser, above: Slice, shown: str) -> None:
    first = parser.tokens[above[0]]
    if [token.text for token in parser.tokens[slice(*above)]] == ["-", "1"]:
        raise ReadError(
            f"{shown}^{{-1}} is the inverse function or the reciprocal",
            hint="write arctan and its kin, or 1/...",
            span=first.span,
        )


def _based(parser: Parser, name: str, value: Term, scripts: Scripts, start: int) -> Term:
    if scripts.below is None:
        return value
    if name != "log":
        raise ReadError("a subscript on a function", hint="only \\log takes a base", span=parser.span(start))
    base = parser.within(*scripts.below, parser.sum)
    if base.kind == "constant":
        return value
    return div(value, call("log", base)).at(parser.span(start))


def _check_count(parser: Parser, name: str, count: int, start: int) -> None:
    low, high = names.FUNCTIONS.get(name, (1, None))
    if count < low or (high is not None and count > high):
        raise ReadError(f"{name} takes {low} argument{'s' * (low > 1)}, not {count}", span=parser.span(start))


def _opens(parser: Parser) -> bool:
    token = parser.peek()
    if token is None:
        return False
    if token.kind == "left":
        return token.text in {"(", "[", "\\{", "\\lbrace"}
    return token.kind in {"sign", "command"} and token.text in {"(", "[", "\\{", "\\lbrace"}


def _at_brace(parser: Parser) -> bool:
    token = parser.peek()
    return token is not None and token.kind == "open"


def _arguments(parser: Parser, name: str, shown: str, start: int) -> list[Term]:
    if _opens(parser):
        plain = name in names.FUNCTIONS or parser.tokens[parser.position].text not in _MATCHING
        return atoms.listed(parser) if plain else atoms.arguments(parser)
    if _at_brace(parser):
        begin = parser.position
        place = parser.group()
        value = parser.nested(lambda: parser.within(*place, parser.sum))
        if value.kind == "add" and not atoms.in_bracket(parser.tokens[slice(*place)]):
            raise ReadError(
                "braces are not printed, so they group nothing",
                hint="write brackets",
                span=parser.span(begin),
            )
        return [value]
    if name in {"Max", "Min"} or not parser.starts_factor():
        raise ReadError(
            f"{shown} needs an argument",
            hint=f"write {shown}(x)",
            span=(parser.tokens[start].span[0], parser.tokens[parser.position - 1].span[1]),
        )
    return [_bare(parser, shown)]


def _bare(parser: Parser, shown: str) -> Term:
    """The argument of an operator without brackets."""
    start = parser.position
    first = parser.factor()
    if first.kind == "number" and _at_simple(parser):
        return _run(parser, first)
    if not _goes_on(parser):
        return first
    note = (
        f"scope: the argument of {shown} is {parser.source(start, parser.position)} only, or what follows too"
    )
    if first.kind in _SIMPLE and _at_simple(parser):
        # \sin \omega t: letters side by side belong together first.
        return first if parser.choose(note) else _run(parser, first)
    return parser.product(first) if parser.choose(note) else first


def _goes_on(parser: Parser) -> bool:
    token = parser.peek()
    if token is None or (token.kind == "command" and token.text in OPERATORS):
        return False
    if token.kind == "name" and token.font in {"op", "rm"} and word(parser, token.text):
        return False
    if parser.at(*DOTS):
        after = parser.peek(1)
        return not (after is not None and after.kind == "command" and after.text in OPERATORS)
    return parser.starts_factor() or parser.at("/")


def _at_simple(parser: Parser) -> bool:
    """A letter follows that is not a function applied."""
    token = parser.peek()
    if token is None or token.kind != "name" or (token.font and word(parser, token.text)):
        return False
    after = parser.peek(1)
    return not (after is not None and after.text in {"(", "'"}) or token.text in parser.symbols


def _run(parser: Parser, first: Term) -> Term:
    parts = [first]
    while _at_simple(parser):
        parts.append(parser.factor())
    return Term("mul", tuple(parts)) if len(parts) > 1 else first


def _after(parser: Parser, value: Term, name: str, shown: str, start: int) -> Term:
    """What stands behind the bracket of an operator: an index, or a power that could be the argument's."""
    scripts = read_scripts(parser)
    if scripts.primes:
        raise ReadError("a prime behind an argument", hint=f"write {shown}'(x)", span=parser.span(start))
    if scripts.below is not None:
        value = index(value, *indices(parser, scripts.below)).at(parser.span(start))
    if scripts.above is None:
        return value
    if (
        name in _ALWAYS_BRACKETED
        or name not in OPERATORS.values()
        or scripts.below is not None
        or value.kind != "call"
        or value.order
    ):
        return lifted(parser, value, scripts.above, start)
    whole = lifted(parser, value, scripts.above, start)
    if len(value.args) == 1 and whole.kind == "pow":
        note = f"scope: the power behind {shown}(...) is the power of its value, or of its argument"
        if parser.choose(note):
            return call(name, power(value.args[0], whole.args[1])).at(parser.span(start))
    return whole


def applied(parser: Parser, found: Letter) -> Term | None:
    """The letter applied to the bracket behind it, or None where the two are a product."""
    if not _opens(parser) or parser.tokens[parser.position].text not in _MATCHING:
        return None
    target = _target(parser, found)
    if target is None:
        return None
    function, components = target
    if found.exponent is not None:
        _check_power(parser, found.exponent, found.base)
    args = atoms.arguments(parser)
    if function in names.FUNCTIONS:
        _check_count(parser, function, len(args), found.start)
    value = call(function, *args, order=found.scripts.primes).at(parser.span(found.start))
    if components:
        value = index(value, *components).at(parser.span(found.start))
    value = lifted(parser, value, found.exponent, found.start)
    return _behind(parser, value, found.start)


def _behind(parser: Parser, value: Term, start: int) -> Term:
    scripts = read_scripts(parser)
    if scripts.primes:
        raise ReadError("a prime behind an argument", hint="write f'(x)", span=parser.span(start))
    if scripts.below is not None:
        value = index(value, *indices(parser, scripts.below)).at(parser.span(start))
    return lifted(parser, value, scripts.above, start)


@lru_cache(maxsize=512)
def _pattern(latex: str) -> tuple[tuple[str, str], ...]:
    return tuple((token.kind, token.text) for token in tokenize(latex))


def spelled(parser: Parser) -> Term | None:
    r"""A function that the document spells with more than a letter, `\operatorname{swish}_{\beta}(x)`."""
    start = parser.position
    for latex, function in parser.context.spelled.items():
        pattern = _pattern(latex)
        here = parser.tokens[start : min(start + len(pattern), parser.stop)]
        if tuple((token.kind, token.text) for token in here) != pattern:
            continue
        parser.position = start + len(pattern)
        scripts = read_scripts(parser)
        if scripts.below is None and _opens(parser):
            args = atoms.listed(parser)
            value = call(function, *args, order=scripts.primes).at(parser.span(start))
            return _behind(parser, lifted(parser, value, scripts.above, start), start)
        parser.position = start
    return None


def _target(parser: Parser, found: Letter) -> tuple[str, list[Term]] | None:
    """Which function a letter before a bracket is, with its component; None for a product."""
    if found.name in parser.symbols and found.name not in parser.context.functions:
        return None
    declared, components = _declared(parser, found)
    content = _content(parser)
    shown = parser.source(found.start, parser.position)
    if _stands_bare(found.base, content):
        if declared is not None or found.scripts.primes:
            parser.note(f"scope: {shown}(...) is a product, as {found.base} stands without an argument in it")
        return None
    if declared is not None:
        return declared, components
    if found.scripts.primes or found.is_word or found.base == parser.applied:
        return _family(parser, found)
    if found.exponent is not None and found.base not in _CONVENTIONAL:
        return None
    if _is_list(content) or _is_letter(content) or _is_event(content):
        if found.base not in _CONVENTIONAL:
            parser.note(f"function: {shown} is read as a function of what follows")
        return _family(parser, found)
    if parser.tokens[parser.position].text != "(":
        return None
    note = f"function: {shown}(...) is read as a KIND, as nothing declares the letter"
    if found.base in _CONVENTIONAL and _is_number(content):
        return _family(parser, found)
    if found.base in _CONVENTIONAL:
        return None if parser.choose(note.replace("KIND", "function")) else _family(parser, found)
    if found.base in _VARIABLES:
        return None
    return _family(parser, found) if parser.choose(note.replace("KIND", "product")) else None


def _family(parser: Parser, found: Letter) -> tuple[str, list[Term]]:
    """A function under its own name, or a component of it where the subscript is a bound index."""
    below = found.scripts.below
    if below is not None and found.base in parser.indexed:
        return found.base, indices(parser, below)
    return found.name, []


def _declared(parser: Parser, found: Letter) -> tuple[str | None, list[Term]]:
    functions = parser.context.functions
    if found.name in functions:
        return functions[found.name], []
    below = found.scripts.below
    target = functions.get(found.base)
    if target is not None and below is not None and target in parser.context.families:
        return target, indices(parser, below)
    return None, []


def _content(parser: Parser) -> list[Token]:
    """The tokens between the bracket at hand and its partner."""
    level = 0
    for place in range(parser.position, parser.stop):
        token = parser.tokens[place]
        if token.kind in {"open", "left"} or (token.kind == "sign" and token.text in "(["):
            level += 1
        elif token.kind in {"close", "right"} or (token.kind == "sign" and token.text in ")]"):
            level -= 1
            if level == 0:
                return parser.tokens[parser.position + 1 : place]
    raise ReadError(
        f"this {parser.tokens[parser.position].text!r} is never closed",
        span=parser.tokens[parser.position].span,
    )


def _stands_bare(base: str, content: list[Token]) -> bool:
    """Whether the letter occurs in the bracket without an argument: then it is a value there."""
    letter = base.rpartition("_")[2]
    for place, token in enumerate(content):
        if token.kind == "name" and token.text == letter:
            rest = _behind_scripts(content, place + 1)
            if rest >= len(content) or content[rest].text not in _MATCHING:
                return True
    return False


def _behind_scripts(content: list[Token], place: int) -> int:
    while place < len(content):
        if content[place].kind == "close" or content[place].text in {"'", "\\prime"}:
            place += 1
        elif content[place].text in {"^", "_"} and place + 1 < len(content):
            if content[place + 1].kind != "open":
                place += 2
                continue
            level = 0
            for end in range(place + 1, len(content)):
                level += (content[end].kind == "open") - (content[end].kind == "close")
                if level == 0:
                    break
            place = end + 1
        else:
            break
    return place


def _is_list(content: list[Token]) -> bool:
    level = 0
    for token in content:
        level += token.kind in {"open", "left"} or token.text in {"(", "["}
        level -= token.kind in {"close", "right"} or token.text in {")", "]"}
        if level == 0 and token.text == ",":
            return True
    return False


def _is_event(content: list[Token]) -> bool:
    r"""A condition, `y \mid x`, or an equation: the letter is a probability."""
    return any(token.text in {"\\mid", "=", ";"} or token.text == "|" for token in content) and not any(
        token.text == "|" and content[place - 1].kind in {"sign", "open"}
        for place, token in enumerate(content)
    )


def _is_number(content: list[Token]) -> bool:
    """One number, with its sign: the argument of f(0)."""
    return bool(content) and content[-1].kind == "number" and all(t.text in {"+", "-"} for t in content[:-1])


def _is_letter(content: list[Token]) -> bool:
    """One letter, with an accent or scripts, fills the bracket."""
    place = 0
    while place < len(content) and (content[place].kind == "open" or content[place].text in ACCENTS):
        place += 1
    if place >= len(content) or content[place].kind != "name":
        return False
    return _behind_scripts(content, place + 1) >= len(content)

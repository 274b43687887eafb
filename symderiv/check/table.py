r"""`symbol_table`: what the whole document says about its letters, before any line is judged.

A letter that is defined with an argument, `g(x) = ...`, is a function everywhere; a letter that carries
an index of a sum is a vector everywhere; a letter that is given a value is a symbol.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv.check.ranges import Ranges
from symderiv.errors import SymderivError
from symderiv.notation import names
from symderiv.notation.alphabet import GREEK
from symderiv.notation.read.differences import applied_letters
from symderiv.notation.read.families import families
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.read.scripts import TRANSPOSES
from symderiv.notation.read.tokens import Token, tokenize
from symderiv.notation.read.words import spelled
from symderiv.notation.term import Term

if TYPE_CHECKING:
    from symderiv.catalog import Catalog
    from symderiv.check.document import Document
    from symderiv.check.sides import Statement

_WORD = re.compile(r"\\operatorname\*?\{([A-Za-z]+)\}\Z|\\([A-Za-z]+)\Z")
_NORMAL = re.compile(r"gelu|erf|gauss|normal|Phi\s*\(\s*x\s*\)\s*=", re.IGNORECASE)
"""Only where a document speaks of the normal distribution do its letters stand for it."""
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*")
_INDICES = frozenset("ijklmnpq")
_SCRIPTS = frozenset({"cal", "frak"})
_CONSTANT_LETTERS = frozenset({"d", "e", "T", "delta", "pi"})
DEFINES = frozenset({"=", ":=", "≈"})


def known_functions(catalog: Catalog) -> dict[str, str]:
    """The letters and words of the catalogue, and the function that each is."""
    found = {name: name for name in sorted(catalog.callables()) if name not in names.FUNCTIONS}
    for record in catalog.records():
        match = _WORD.match(record.symbol)
        if match:
            word = match.group(1) or match.group(2)
            if word not in names.FUNCTIONS:
                found[word] = record.name
                if match.group(1):  # a word, not a letter: phi is not Phi
                    found.setdefault(word.lower(), record.name)
    for alias in ("sigma", "logistic", "expit", "sigm"):
        found.setdefault(alias, "sigmoid")
    return found


def with_words(text: str, catalog: Catalog) -> str:
    """The text with composed symbols of the catalogue replaced by words of the same length."""
    for record in catalog.records():
        if not _WORD.match(record.symbol) and record.symbol in text:
            word = f"\\operatorname{{{record.name.replace('_', chr(92) + '_')}}}"
            if len(word) <= len(record.symbol):
                text = text.replace(record.symbol, word.ljust(len(record.symbol)))
    return text


def _known(document: Document, catalog: Catalog) -> dict[str, str]:
    """The letters of catalogue functions; two of them only where the document speaks of the normal law."""
    known = dict(known_functions(catalog))
    if _NORMAL.search(document.text):
        return known
    return {letter: name for letter, name in known.items() if letter not in {"Phi", "varphi"}}


def symbol_table(document: Document, found: Iterable[Statement], catalog: Catalog) -> Context:
    """The context in which every formula of the document is read."""
    known = _known(document, catalog)
    vectors = frozenset(record.name for record in catalog.records() if record.is_vector)
    listed = list(found)
    lines = _tokens(document, listed)
    base = Context(functions=known, families=vectors, macros=document.macros, words=spelled(lines, known))
    turned = _turned(lines)
    arrays = turned | _arrays(lines)
    indexed = _indexed(lines, frozenset(letter for letter in turned if letter.islower()))
    functions, symbols, own, entries = dict(known), set[str](), set[str](), set[str]()
    for tokens in lines:
        own |= applied_letters(tokens) - known.keys()
    functions.update({letter: letter for letter in sorted(own)})
    for statement in listed:
        if statement.relations[0] not in DEFINES:
            continue
        head = _head(document, statement, replace(base, indexed=indexed))
        if head is None:
            continue
        if head.kind == "symbol" and head.name not in known and not _is_value_of(head, document, statement):
            symbols.add(head.name)
        elif _declares(head) and head.name not in known:
            functions[head.name] = head.name
            own.add(head.name)
        elif _is_entry(head) and (letter := _letter(document, statement, base)) and letter not in vectors:
            functions[letter] = letter if catalog.find(letter) is None else f"vec_{letter}"
            own.add(letter)
            entries.add(functions[letter])
    functions = {name: target for name, target in functions.items() if name in own or name not in symbols}
    # Only the letters that would be read otherwise need to be said to be symbols.
    spoken = frozenset(name for name in symbols if name in _CONSTANT_LETTERS or name in _CONVENTIONAL)
    return replace(
        base,
        functions=functions,
        symbols=spoken,
        indexed=indexed,
        vectors="T" not in symbols,
        arrays=arrays,
        fonts=_fonts(lines),
        families=vectors | entries,
    )


_CONVENTIONAL = frozenset({*"fghFGH", "phi", "varphi", "psi", "Phi", "Psi"})


CONSTANTS = {"pi": "the number pi", "e": "Euler's number"}
"""Letters of constants that a document may take for something else."""
_VALUES = {"pi": math.pi, "e": math.e}
_NEAR = 0.1
"""So far from a constant a number may be that is meant as its value; 5 is another e."""


def _is_value_of(head: Term, document: Document, statement: Statement) -> bool:
    """Whether a constant is only said to be a number, as in pi = 3.14: it stays what it is."""
    side = statement.sides[1]
    printed = document.text[side.start : side.end]
    if head.name not in _VALUES or not _NUMBER.fullmatch(printed):
        return False
    return abs(float(printed) - _VALUES[head.name]) < _NEAR


def _declares(head: Term) -> bool:
    """F(x, y) with letters only."""
    return (
        head.kind == "call"
        and head.order == 0
        and head.name not in names.FUNCTIONS
        and all(arg.kind == "symbol" for arg in head.args)
    )


def _is_entry(head: Term) -> bool:
    """An entry of a vector function of letters, s(z)_i."""
    base = head.args[0] if head.kind == "index" else head
    return head.kind == "index" and base.kind == "call" and all(arg.kind == "symbol" for arg in base.args)


def _letter(document: Document, statement: Statement, context: Context) -> str:
    """The letter that a statement begins with; "" for a word, which keeps its meaning."""
    side = statement.sides[0]
    try:
        tokens = tokenize(document.text[side.start : side.end], context.macros)
    except SymderivError:
        return ""
    first = tokens[0]
    is_letter = first.kind == "name" and not first.font and (len(first.text) == 1 or first.text in GREEK)
    return first.text if is_letter else ""


def _head(document: Document, statement: Statement, context: Context) -> Term | None:
    """The first side of a definition; the reader is told that something is defined."""
    side = statement.sides[0]
    text = document.text[side.start : side.end]
    if len(text) > 80:
        return None
    try:
        return read_latex(f"{text} = 0", context).sides[0]
    except SymderivError:
        return None


def _tokens(document: Document, listed: list[Statement]) -> list[list[Token]]:
    """The tokens of every statement that can be cut into tokens."""
    lines: list[list[Token]] = []
    for statement in listed:
        first, last = statement.sides[0], statement.sides[-1]
        try:
            tokens = tokenize(document.text[first.start : last.end].replace("\\\\", "  "), document.macros)
        except SymderivError:
            continue
        lines.append(tokens)
    return lines


def sum_ranges(document: Document, found: Iterable[Statement]) -> Ranges:
    """Where the sums of the document end that say so."""
    known = Ranges()
    for statement in found:
        for tokens in _tokens(document, [statement]):
            known.take(statement.sides[0].start, tokens)
    return known


def _fonts(lines: list[list[Token]]) -> dict[tuple[str, str], str]:
    """Calligraphic letters that stand beside their plain form: two things with two names."""
    used = {(token.text, token.font) for tokens in lines for token in tokens if token.kind == "name"}
    return {(text, font): f"{font}_{text}" for text, font in used if font in _SCRIPTS and (text, "") in used}


def _arrays(lines: list[list[Token]]) -> frozenset[str]:
    """Letters that stand for vectors or matrices: in bold, or with an arrow."""
    found: set[str] = set()
    for tokens in lines:
        for token, *after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if token.text == "\\vec":
                found.add(after[1].text if after[0].kind == "open" else after[0].text)
        found |= {token.text for token in tokens if token.kind == "name" and token.font == "bf"}
    return frozenset(found)


def _turned(lines: list[list[Token]]) -> frozenset[str]:
    """Letters that are transposed."""
    found: set[str] = set()
    for tokens in lines:
        for token, *after in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
            raised = after[2] if after[1].kind == "open" else after[1]
            if token.kind == "name" and after[0].text == "^" and raised.text in {*TRANSPOSES, "T"}:
                found.add(token.text)
    return frozenset(found)


def _indexed(lines: list[list[Token]], turned: frozenset[str]) -> frozenset[str]:
    """Letters whose subscript is an index: under a sum, transposed, or with the same indices as such."""
    found: set[str] = set(turned)
    for tokens in lines:
        found |= families(tokens).indexed
    if not found:
        return frozenset()
    labels = [label for tokens in lines for label in _labels(tokens)]
    bound = {letter for base, letters in labels if base in found for letter in letters} & _INDICES
    for base, letters in labels:
        if letters and set(letters) <= bound and base != "delta":
            found.add(base)
    return frozenset(found)


def _labels(tokens: list[Token]) -> list[tuple[str, tuple[str, ...]]]:
    """Letters with their subscripts, as far as those are letters and numbers; () for a word below."""
    found = []
    for place, token in enumerate(tokens[:-2]):
        if token.kind != "name" or tokens[place + 1].text != "_":
            continue
        inside = tokens[place + 2 : place + 3]
        if inside[0].kind == "open":
            close = next((k for k in range(place + 2, len(tokens)) if tokens[k].kind == "close"), len(tokens))
            inside = [t for t in tokens[place + 3 : close] if t.text != ","]
        letters = tuple(t.text for t in inside if t.kind == "name")
        if any(len(t.text) > 1 and t.kind == "name" for t in inside) or len(letters) > 2:
            letters = ()
        elif not letters:
            continue
        found.append((token.text, letters))
    return found

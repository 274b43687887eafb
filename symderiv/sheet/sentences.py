"""Prose by key: the sentences of one language, from `sentences/LANGUAGE/*.toml`.

A sentence is text with formulas between dollar signs in plain notation, and slots in braces:

    "The derivative is largest at ${point}$, where it is ${value}$."

A slot inside a formula is filled with a Term; a slot outside one with words, or with a Term of its own.
A user's folder of templates may replace single sentences: its files are read on top of the built-in ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from symderiv.errors import SymderivError, TemplateError
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.sheet.document import (
    SIGNS,
    Cite,
    Formula,
    Interval,
    Link,
    Maths,
    Number,
    Points,
    Prose,
    Sign,
    Words,
)
from symderiv.sheet.environment import template_folders

Value = str | int | Term | Number | Interval | Points | Maths | Words | Link | Cite | tuple[object, ...]
Table = Mapping[str, object]

_PIECES = re.compile(r"\$([^$]*)\$|`([^`]*)`|\*\*([^*]+)\*\*|\{([a-z_]+)\}")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_CLAIM = re.compile(r"(.+?)\s*=\s*\{([a-z_]+)\}")
_MARK = "slot__"
_HEADING = re.compile(r"\s*\[([\w.-]+)\]")
_NAMED = re.compile(r"\s*([\w.-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said about a rule: its name, the formula, when it applies."""

    id: str
    name: str
    statement: Formula | None
    text: Prose


class Sentences:
    """The sentences of one language."""

    def __init__(self, table: Table, places: Mapping[str, tuple[Path, ...]]) -> None:
        self._table = table
        self._places = places

    def has(self, key: str) -> bool:
        """True if there is a sentence of that key (`properties.odd`)."""
        return isinstance(self._find(key), str)

    def keys(self, group: str) -> tuple[str, ...]:
        """The ids in one group, such as the rules, in the order of the file."""
        found = self._find(group)
        return tuple(found) if isinstance(found, Mapping) else ()

    def say(self, key: str, **values: Value) -> Prose:
        """The sentence of that key with its slots filled. A key that is missing is a `TemplateError`."""
        found = self._find(key)
        if not isinstance(found, str):
            files = ", ".join(map(str, self._places.get(key.partition(".")[0], ()))) or "no file"
            raise TemplateError(f"there is no sentence {key!r}", hint=f"it was looked for in {files}")
        return self._fill(key, found, values)

    def text(self, key: str) -> str:
        """The bare text of a key, without slots."""
        return "".join(part.text for part in self.say(key) if isinstance(part, Words))

    def rule(self, rule: str) -> Rule:
        """What is said about a rule. One without an entry is named by its id."""
        name = self._find(f"rules.{rule}.name")
        statement = self._find(f"rules.{rule}.statement")
        text = self._find(f"rules.{rule}.text")
        return Rule(
            rule,
            name if isinstance(name, str) else rule.replace("-", " "),
            self._formula(f"rules.{rule}.statement", statement, {}) if isinstance(statement, str) else None,
            self._fill(f"rules.{rule}.text", text, {}) if isinstance(text, str) else (),
        )

    def _where(self, key: str) -> str:
        """The sentence of that key, with its file and line: the last file that has it."""
        stem, *parts = key.split(".")
        for path in reversed(self._places.get(stem, ())):
            line = _line(path, tuple(parts))
            if line:
                return f"{path}, line {line}: sentence {key!r}"
        return f"sentence {key!r}"

    def _find(self, key: str) -> object:
        found: object = self._table
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def _fill(self, key: str, text: str, values: Mapping[str, Value]) -> Prose:
        parts: list[Maths | Words | Link | Cite] = []
        place = 0
        for match in _PIECES.finditer(text):
            if match.start() > place:
                parts.append(Words(text[place : match.start()]))
            place = match.end()
            formula, code, strong, slot = match.groups()
            if formula is not None:
                parts.append(Maths(self._formula(key, formula, values)))
            elif code is not None:
                parts.append(Words(code, "code"))
            elif strong is not None:
                parts.append(Words(strong, "strong"))
            else:
                parts.extend(as_prose(self._value(key, slot, values)))
        if place < len(text):
            parts.append(Words(text[place:]))
        return tuple(parts)

    def _formula(self, key: str, text: str, values: Mapping[str, Value]) -> Formula:
        parts: list[Term | Interval | Points | Sign] = []
        for piece in re.split(f"([{''.join(SIGNS)}])", text):
            bare = piece.strip()
            if not bare:
                continue
            if bare in SIGNS:
                parts.append(cast(Sign, bare))
                continue
            parts.extend(self._piece(key, bare, values))
        return tuple(parts)

    def _piece(self, key: str, text: str, values: Mapping[str, Value]) -> Formula:
        slot = _SLOT.fullmatch(text)
        if slot:
            return as_formula(self._value(key, slot[1], values))
        claim = _CLAIM.fullmatch(text)
        if claim:  # a number that is known by its digits only is not equal to them
            value = self._value(key, claim[2], values)
            if isinstance(value, Number):
                return (*self._piece(key, claim[1], values), value.relation, *value.formula)
            if isinstance(value, tuple):
                return (*self._piece(key, claim[1], values), "=", *as_formula(value))
        return (self._term(key, text, values),)

    def _term(self, key: str, text: str, values: Mapping[str, Value]) -> Term:
        try:
            term = read_plain(_SLOT.sub(rf"{_MARK}\1", text))
        except SymderivError as error:
            raise TemplateError(f"{self._where(key)}: the formula {text!r}: {error.message}") from error
        slots = sorted(name for name in term.symbols() if name.startswith(_MARK))
        filled: dict[str, Term] = {}
        for slot in slots:
            value = self._value(key, slot.removeprefix(_MARK), values)
            if not isinstance(value, Term):
                raise TemplateError(f"{self._where(key)}: {slot.removeprefix(_MARK)} is not a formula")
            filled[slot] = value
        return term.substitute(filled)

    def _value(self, key: str, slot: str, values: Mapping[str, Value]) -> Value:
        try:
            return values[slot]
        except KeyError:
            known = ", ".join(sorted(values)) or "none"
            raise TemplateError(
                f"{self._where(key)} has no value for {{{slot}}}", hint=f"known: {known}"
            ) from None


def as_formula(value: Value) -> Formula:
    """A slot's value as a formula."""
    if isinstance(value, (Term, Interval, Points)):
        return (value,)
    if isinstance(value, Maths):
        return value.formula
    if isinstance(value, Number):
        return value.formula if value.relation == "=" else ("≈", *value.formula)
    if isinstance(value, tuple):
        return cast(Formula, value)
    raise TemplateError(f"{value!r} is not a formula")


def as_prose(value: Value) -> Prose:
    """A slot's value within a sentence."""
    if isinstance(value, (Term, Interval, Points)):
        return (Maths((value,)),)
    if isinstance(value, Number):
        return (Maths(as_formula(value)),)
    if isinstance(value, (Maths, Words, Link, Cite)):
        return (value,)
    if isinstance(value, tuple):
        return cast(Prose, value)
    return (Words(str(value)),)


def formula_words(sentences: Sentences) -> tuple[tuple[str, str], ...]:
    """The words within formulas, each in this language."""
    return tuple((key, sentences.text(f"sheet.formula.{key}")) for key in sentences.keys("sheet.formula"))


def words(text: str) -> Prose:
    """Plain words as prose."""
    return (Words(text),)


def listed(items: Sequence[Prose], separator: str = ", ") -> Prose:
    """Several pieces of prose, one after the other."""
    parts: list[Maths | Words | Link | Cite] = []
    for position, item in enumerate(items):
        if position:
            parts.append(Words(separator))
        parts.extend(item)
    return tuple(parts)


@lru_cache(maxsize=8)
def load_sentences(language: str = "en", user: tuple[Path, ...] = ()) -> Sentences:
    """Read `sentences/LANGUAGE/*.toml`, the user's folders on top of the built-in one."""
    table: dict[str, object] = {}
    places: dict[str, tuple[Path, ...]] = {}
    folders = [folder / "sentences" / language for folder in reversed(template_folders(user))]
    if not any(folder.is_dir() for folder in folders):
        raise TemplateError(f"there are no sentences in the language {language!r}")
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            _merge(table, {path.stem: _read(path)})
            places[path.stem] = (*places.get(path.stem, ()), path)
    return Sentences(table, places)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: {error}") from error
    except OSError as error:
        raise TemplateError(f"{path} cannot be read: {error.strerror}") from error


def _line(path: Path, parts: tuple[str, ...]) -> int:
    """The line of a key in a file of sentences; 0 if it is not there."""
    table: tuple[str, ...] = ()
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        heading, named = _HEADING.match(text), _NAMED.match(text)
        if heading is not None:
            table = tuple(heading[1].split("."))
        elif named is not None and (*table, *named[1].split(".")) == parts:
            return number
    return 0


def _merge(table: dict[str, object], more: Mapping[str, object]) -> None:
    for key, value in more.items():
        old = table.get(key)
        if isinstance(old, dict) and isinstance(value, Mapping):
            _merge(old, value)
        else:
            table[key] = dict(value) if isinstance(value, Mapping) else value

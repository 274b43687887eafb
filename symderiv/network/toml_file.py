"""A network file (TOML): its tables, checked, and where in the text each equation stands.

    [network]
    equations = ["z = w*x + b", "a = sigmoid(z)", "L = (y - a)**2/2"]
    loss = "L"
    parameters = ["w", "b"]
    learning_rate = 0.1

    [given]
    x = 0.5

Decimals are exact rationals; vectors and matrices are arrays. Without the table `given` the network is
worked out in symbols only.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from symderiv import limits
from symderiv.derive.algebra import literal
from symderiv.errors import NetworkError, Span, SymderivError
from symderiv.network.model import Array, Place
from symderiv.notation.names import suggest
from symderiv.notation.read.plain import read_plain

_KEYS: dict[str, type | tuple[type, ...]] = {
    "equations": list,
    "loss": str,
    "parameters": list,
    "learning_rate": (int, Decimal, str),
    "title": str,
    "functions": list,
}
_TABLES = ("network", "given")
_MOST_NUMBERS = 100_000


@dataclass(frozen=True)
class Source:
    """The text that errors point into. `file` is its name, "" where it is no file."""

    text: str
    file: str = ""

    def find(self, raw: str, start: int = 0) -> Span | None:
        """Where a piece stands as it is; None where it is written with escapes."""
        at = self.text.find(raw, start)
        return None if at < 0 else (at, at + len(raw))

    def find_key(self, name: str) -> Span | None:
        """Where a line `name = ...` begins."""
        offset = 0
        for line in self.text.splitlines(keepends=True):
            bare = line.lstrip()
            if bare.startswith((f"{name} ", f"{name}=", f'"{name}"')):
                at = offset + len(line) - len(bare)
                return at, at + len(name)
            offset += len(line)
        return None

    def error(self, message: str, span: Span | None = None, *, hint: str | None = None) -> NetworkError:
        """The error at that place, its line named."""
        where = self.file
        if span is not None and self.file:
            where = f"{self.file}, line {self.text.count(chr(10), 0, span[0]) + 1}"
        said = f"{where}: {message}" if where else message
        return NetworkError(said, hint=hint, span=span, source=self.text if span is not None else None)


@dataclass(frozen=True)
class Draft:
    """What a file says, the equations still text."""

    source: Source
    name: str
    title: str
    equations: tuple[tuple[str, Span | None], ...]
    loss: str
    parameters: tuple[str, ...]
    rate: Fraction | None
    given: Mapping[str, Array]
    functions: tuple[str, ...] = ()


def read_file(path: Path) -> Draft:
    """The draft of a network file. Raises `NetworkError` for what is no network."""
    try:
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise NetworkError(f"{path}: larger than {limits.MAX_FILE_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except OSError as error:
        raise NetworkError(f"{path}: {error.strerror or error}", hint="give a readable TOML file") from error
    except UnicodeDecodeError as error:
        raise NetworkError(f"{path}: not UTF-8 text") from error
    return read_text(text, name=path.stem, file=path.name)


def read_text(text: str, *, name: str = "network", file: str = "") -> Draft:
    """The draft of a network given as TOML text."""
    source = Source(text, file)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise source.error(f"not valid TOML: {error}") from error
    except (ValueError, InvalidOperation) as error:  # thousands of digits, or an exponent that has too many
        raise source.error("a number in it is too long to be read", hint="write it as 1.5e3") from error
    for table in data:
        if table not in _TABLES:
            hint = suggest(table, _TABLES) or "tables: [network] and [given]"
            raise source.error(f"unknown table or key {table!r}", source.find_key(table), hint=hint)
    return draft(data, source, name)


def draft(data: Mapping[str, object], source: Source, name: str) -> Draft:
    """The draft of tables as Python values, each checked."""
    table = data.get("network")
    if not isinstance(table, Mapping):
        raise source.error("no table [network]", hint='[network] with equations = ["z = w*x + b", ...]')
    given = data.get("given", {})
    if not isinstance(given, Mapping):
        raise source.error("[given] must be a table of numbers", source.find_key("given"))
    for key, value in table.items():
        if key not in _KEYS:
            hint = suggest(key, _KEYS) or f"known keys: {', '.join(_KEYS)}"
            raise source.error(f"unknown key {key!r} in [network]", source.find_key(key), hint=hint)
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            raise source.error(f"{key} has the wrong kind of value: {value!r}", source.find_key(key))
    for needed in ("equations", "loss", "parameters"):
        if not table.get(needed):
            raise source.error(
                f"[network] has no {needed}", source.find_key(needed) or source.find("[network]")
            )
    rate = table.get("learning_rate")
    return Draft(
        source,
        name,
        str(table.get("title", name.replace("_", " "))),
        _equations(table["equations"], source),
        str(table["loss"]),
        _words(table["parameters"], "parameters", source),
        None if rate is None else _number(rate, "learning_rate", source),
        {str(key): _array(value, str(key), source) for key, value in given.items()},
        _words(table.get("functions", []), "functions", source),
    )


def _equations(values: list[object], source: Source) -> tuple[tuple[str, Span | None], ...]:
    found: list[tuple[str, Span | None]] = []
    start = 0
    for value in values:
        if not isinstance(value, str):
            raise source.error(f"an equation must be text, not {value!r}", source.find_key("equations"))
        span = source.find(value, start)
        start = start if span is None else span[1]
        found.append((value, span))
    return tuple(found)


def _words(values: object, key: str, source: Source) -> tuple[str, ...]:
    assert isinstance(values, list)
    for value in values:
        if not isinstance(value, str):
            raise source.error(f"{key} must be names, not {value!r}", source.find_key(key))
        if values.count(value) > 1:
            raise source.error(f"{value!r} stands twice in {key}", source.find_key(key))
    return tuple(values)


def _array(value: object, name: str, source: Source) -> Array:
    """Nested lists of one shape as an array."""
    shape: list[int] = []
    inner = value
    while isinstance(inner, (list, tuple)):
        if not inner:
            raise source.error(f"{name} has an empty array", source.find_key(name))
        shape.append(len(inner))
        inner = inner[0]
    entries: dict[Place, Fraction] = {}

    def fill(part: object, place: Place) -> None:
        if len(place) == len(shape):
            if len(entries) >= _MOST_NUMBERS:
                raise source.error(f"{name} has more than {_MOST_NUMBERS:,} numbers", source.find_key(name))
            entries[place] = _number(part, name, source)
            return
        if not isinstance(part, (list, tuple)) or len(part) != shape[len(place)]:
            raise source.error(f"the rows of {name} have different lengths", source.find_key(name))
        for position, one in enumerate(part, 1):
            fill(one, (*place, position))

    if len(shape) > 4:
        raise source.error(f"{name} has more than four indices", source.find_key(name))
    fill(value, ())
    return Array(tuple(shape), entries)


def _number(value: object, name: str, source: Source) -> Fraction:
    """An exact number: an integer, a decimal, or a text such as "1/3"."""
    if isinstance(value, str):
        try:
            exact = literal(read_plain(value, functions=()))
        except SymderivError as error:
            raise source.error(f"{name}: {error.message}", source.find_key(name)) from error
        if exact is not None:
            return exact
    elif isinstance(value, Decimal):
        if value.is_finite() and abs(value.adjusted()) <= limits.MAX_DIGITS * 10:
            return Fraction(value)
    elif isinstance(value, float):
        if math.isfinite(value):
            return Fraction(repr(value))
    elif isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    raise source.error(
        f"{name} must be a number, not {value if isinstance(value, Decimal) else repr(value)}",
        source.find_key(name),
        hint='a decimal, an integer, a text such as "1/3", or an array of these',
    )

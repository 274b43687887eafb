"""Catalogue files (TOML) to records; a broken file is refused with the record and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from symderiv import limits
from symderiv.catalog.reading import read_formula
from symderiv.catalog.record import Origin, Record, Reference
from symderiv.catalog.symbol import checked_symbol
from symderiv.errors import CatalogError, SymderivError
from symderiv.notation import names
from symderiv.notation.term import Term

ASSUMPTIONS = ("real", "positive", "negative", "nonnegative", "nonzero", "integer")

_KEYS: dict[str, type] = {
    "title": str,
    "symbol": str,
    "definition": str,
    "variable": str,
    "index": str,
    "size": str,
    "parameters": dict,
    "constants": dict,
    "defaults": dict,
    "aliases": list,
    "equivalents": list,
    "references": list,
    "family": str,
    "target": str,
    "conditions": list,
    "origins": list,
}


def read_file(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of one catalogue file, keys checked, formulas still text."""
    try:
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise CatalogError(f"{path}: larger than {limits.MAX_FILE_BYTES:,} bytes")
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogError(f"{path}: {error.strerror or error}", hint="give a readable TOML file") from error
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path}: not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path}: {error}", hint="the file is not valid TOML") from error
    for name, table in data.items():
        _check(path, name, table)
    return data


def _check(path: Path, name: str, table: object) -> None:
    where = f"{path}: [{name}]"
    if not isinstance(table, dict):
        raise CatalogError(
            f"{path}: {name!r} stands outside any function", hint="open a table: [my_function]"
        )
    if not name.isidentifier() or not name.isascii() or name in names.STRUCTURES or name in names.RESERVED:
        raise CatalogError(f"{where}: not a usable name", hint="letters, digits and _, as in my_function")
    for key, value in table.items():
        if key not in _KEYS:
            hint = names.suggest(key, _KEYS) or f"known keys: {', '.join(_KEYS)}"
            raise CatalogError(f"{where}: unknown key {key!r}", hint=hint)
        if not isinstance(value, _KEYS[key]):
            raise CatalogError(f"{where}: {key} must be a {_KEYS[key].__name__}")
    if "definition" not in table:
        raise CatalogError(f"{where}: no definition", hint='definition = "1/(1 + exp(-x))"')
    if "index" in table and "size" not in table:
        raise CatalogError(f"{where}: a vector function gives both index and size")
    if "target" in table and table["target"] not in table.get("parameters", {}):
        raise CatalogError(f"{where}: the target {table['target']!r} is no parameter")
    stray = sorted(set(table.get("defaults", {})) - set(table.get("parameters", {})))
    if stray:
        raise CatalogError(f"{where}: a default for {stray[0]!r}, which is no parameter")
    for parameter, assumption in table.get("parameters", {}).items():
        if assumption not in ASSUMPTIONS:
            raise CatalogError(
                f"{where}: {parameter} = {assumption!r}", hint=f"one of {', '.join(ASSUMPTIONS)}"
            )


def _reader(name: str, callables: frozenset[str], known: Collection[str]) -> Callable[[object], Term]:
    """What reads the formulas of one record: only its own letters may occur."""

    def read(text: object) -> Term:
        if not isinstance(text, str):
            raise CatalogError(f"[{name}]: a formula must be text, not {text!r}")
        try:
            term = read_formula(text, callables, symbols=known)
        except SymderivError as error:
            raise CatalogError(f"[{name}]: {error.message} in {text!r}", hint=error.hint) from error
        loose = sorted(term.free_symbols() - frozenset(known))
        if loose:
            raise CatalogError(
                f"[{name}]: {loose[0]!r} is neither the variable nor a parameter",
                hint=f'declare it: parameters = {{ {loose[0]} = "real" }}',
            )
        return term

    return read


def build(name: str, table: Mapping[str, Any], callables: frozenset[str]) -> Record:
    """One record, its formulas read against the names that may be called."""
    variable = table.get("variable", "x")
    parameters = tuple((str(k), str(v)) for k, v in table.get("parameters", {}).items())
    constant_names = tuple(table.get("constants", {}))
    known = {variable, *(k for k, _ in parameters), *constant_names}
    known |= {table[key] for key in ("index", "size") if key in table}

    read = _reader(name, callables, known)
    return Record(
        name=name,
        title=table.get("title", name.replace("_", " ")),
        symbol=_symbol(name, table.get("symbol", "")),
        definition=read(table["definition"]),
        variable=variable,
        index=table.get("index", ""),
        size=table.get("size", ""),
        parameters=parameters,
        constants=tuple((k, read(str(v))) for k, v in table.get("constants", {}).items()),
        defaults=tuple((k, read(str(v))) for k, v in table.get("defaults", {}).items()),
        aliases=tuple(table.get("aliases", ())),
        equivalents=tuple(read(text) for text in table.get("equivalents", ())),
        references=tuple(
            Reference(text=str(entry["text"]), url=str(entry.get("url", "")))
            for entry in table.get("references", ())
        ),
        family=table.get("family", "activation"),
        target=table.get("target", ""),
        conditions=tuple(_condition(name, read(text)) for text in table.get("conditions", ())),
        origins=tuple(_origin(name, entry, callables) for entry in table.get("origins", ())),
    )


def _origin(name: str, entry: Mapping[str, Any], callables: frozenset[str]) -> Origin:
    """A chain of formulas; its letters are its own."""
    lines = [str(line) for line in entry.get("lines", ())]
    rules = [str(rule) for rule in entry.get("rules", ())]
    if len(lines) < 2 or len(rules) != len(lines) - 1:
        raise CatalogError(f"[{name}]: an origin has lines, and a rule for each line but the first")
    try:
        terms = tuple(read_formula(line, callables) for line in lines)
        given = tuple(read_formula(str(one), callables) for one in entry.get("given", ()))
    except SymderivError as error:
        raise CatalogError(f"[{name}]: {error.message} in an origin", hint=error.hint) from error
    return Origin(
        str(entry.get("title", "")),
        str(entry.get("text", "")),
        terms,
        tuple(rules),
        tuple(_condition(name, one) for one in given),
    )


def _condition(name: str, term: Term) -> Term:
    if term.kind not in ("equation", "relation"):
        raise CatalogError(f"[{name}]: {term} is no condition", hint='as in "Sum(t[k], k, 1, n) = 1"')
    return term


def _symbol(name: str, text: str) -> str:
    try:
        return checked_symbol(text)
    except SymderivError as error:
        raise CatalogError(f"[{name}]: {error.message}", hint=error.hint) from error

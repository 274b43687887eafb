"""What the user asks for: a catalogue name or an expression, as a record and a variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from symderiv.catalog import Catalog, Record
from symderiv.derive.algebra import literal
from symderiv.derive.vector_shape import vector_shape
from symderiv.errors import InputError, ReadError, UnknownNameError, UnsupportedError
from symderiv.notation import names
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term

_USUAL = ("x", "z", "t", "u")
_LETTERS = ("f", "g", "h", "F", "G", "H", "function")


def record_of(
    target: str,
    catalog: Catalog,
    *,
    name: str | None = None,
    symbol: str | None = None,
    params: Mapping[str, str] | None = None,
    wrt: str | None = None,
) -> Record:
    """The record of a catalogue name, or a new one for an expression.

    Raises `UnknownNameError` for a lone unknown word, and `InputError` for a variable that does not occur.
    """
    params = dict(params or {})
    record = catalog.find(target.strip())
    if record is not None:
        return _adapted(record, name, symbol, params, catalog)
    _refuse_lone_word(target, catalog, wrt)
    term = expression(catalog.read(target, symbols=[*params, *([wrt] if wrt else [])]))
    term = _totals_opened(term, catalog)
    _refuse_whole_vectors(term, catalog)
    shape = vector_shape(term, wrt)
    variable = shape.variable if shape else _variable(term, wrt, params)
    loose = sorted(set(params) - _free(term))
    if loose:
        found = ", ".join(sorted(_free(term) - {variable})) or "none besides the variable"
        raise InputError(f"the parameter {loose[0]!r} does not occur", hint=f"symbols that occur: {found}")
    places = {shape.index, shape.size} - {""} if shape else set()
    others = sorted(_free(term) - {variable} - places - set(params))
    chosen = name or next(letter for letter in _LETTERS if letter not in _free(term))
    _check_name(chosen, catalog, _free(term))
    return Record(
        name=chosen,
        title=chosen,
        symbol=symbol or "",
        definition=term,
        variable=variable,
        index=shape.index if shape else "",
        size=shape.size if shape else "",
        parameters=tuple(params.items()) + tuple((other, "real") for other in others),
        family="user",
    )


def _adapted(
    record: Record, name: str | None, symbol: str | None, params: Mapping[str, str], catalog: Catalog
) -> Record:
    """A catalogue record under the user's name, letter and assumptions."""
    unknown = sorted(set(params) - record.names())
    if unknown:
        known = [parameter for parameter, _ in record.parameters]
        hint = f"parameters of {record.name}: {', '.join(known)}" if known else f"{record.name} has none"
        raise InputError(f"{unknown[0]!r} is no parameter of {record.name}", hint=hint)
    if name is not None:
        _check_name(name, catalog, record.names())
    kept = dict(record.parameters) | {key: value for key, value in params.items() if key != record.variable}
    return replace(
        record,
        name=name or record.name,
        symbol=symbol or (record.symbol if name is None else ""),
        parameters=tuple(kept.items()),
    )


def rational(text: str) -> Fraction:
    """A number such as 0, -1/2 or 0.25. Raises `InputError`."""
    found = literal(read_plain(text))
    if found is None:
        raise InputError(f"{text!r} is no rational number", hint="as in 0, -1/2 or 0.25")
    return found


def expression(term: Term) -> Term:
    """The term itself. Raises `ReadError` for an equation or a condition."""
    if term.kind in ("equation", "relation", "and", "or", "true"):
        raise ReadError(
            "a claim, where an expression is due",
            hint="`symderiv prove A B` takes the two sides of an equation",
        )
    return term


def _refuse_lone_word(target: str, catalog: Catalog, wrt: str | None) -> None:
    word = target.strip()
    if not word.isidentifier() or word == wrt or len(word) < 3 or word in names.CONSTANTS:
        return
    hint = names.suggest(word, [*catalog.callables(), *names.FUNCTIONS])
    raise UnknownNameError(
        f"unknown function {word!r}", hint=hint or "`symderiv list` shows the names; or give an expression"
    )


def _totals_opened(term: Term, catalog: Catalog) -> Term:
    """Numbers made of a whole vector, such as cross_entropy(p), by their definitions."""

    def opened(node: Term) -> Term | None:
        record = catalog.find(node.name) if node.kind == "call" and not node.order else None
        return record.applied(node.args[0]) if record is not None and record.is_total else None

    return term.rebuild(opened)


def _refuse_whole_vectors(term: Term, catalog: Catalog) -> None:
    """A vector function has entries, and only they are numbers."""
    entries = {id(node.args[0]) for node in term.walk() if node.kind == "index"}
    for node in term.walk():
        record = catalog.find(node.name) if node.kind == "call" and id(node) not in entries else None
        if record is not None and record.takes_vector:
            raise UnsupportedError(
                f"{node.name} is a vector function", hint=f"write its component, {node.name}(z)[i]"
            )


def _free(term: Term) -> frozenset[str]:
    return term.free_symbols()


def _variable(term: Term, wrt: str | None, params: Mapping[str, str]) -> str:
    free = _free(term)
    if wrt is not None:
        if wrt not in free:
            found = ", ".join(sorted(free)) or "none at all"
            raise InputError(f"the variable {wrt!r} does not occur", hint=f"symbols that occur: {found}")
        return wrt
    candidates = sorted(free - set(params))
    if not candidates:
        raise InputError("no variable occurs", hint="name one that occurs with --wrt")
    for usual in _USUAL:
        if usual in candidates:
            return usual
    if len(candidates) == 1:
        return candidates[0]
    raise InputError(f"which of {', '.join(candidates)} is the variable?", hint=f"--wrt {candidates[0]}")


def _check_name(name: str, catalog: Catalog, used: frozenset[str]) -> None:
    taken = name in catalog.callables() or name in names.FUNCTIONS or name in names.STRUCTURES
    if not name.isidentifier() or not name.isascii():
        raise InputError(f"{name!r} is not a usable name", hint="letters, digits and _, as in my_f")
    if taken or name in names.CONSTANTS or name in names.RESERVED:
        raise InputError(f"the name {name!r} is already taken", hint="choose another with --name")
    if name in used:
        raise InputError(
            f"the name {name!r} is a symbol of the expression", hint="choose another with --name"
        )


def variable_of(record: Record, wrt: str | None) -> str:
    """The variable to differentiate by: the record's own, or another name that occurs."""
    if wrt is None or wrt == record.variable:
        return record.variable
    if wrt not in record.definition.free_symbols() or record.takes_vector:
        found = ", ".join(sorted(record.definition.free_symbols()))
        raise InputError(f"the variable {wrt!r} does not occur", hint=f"symbols that occur: {found}")
    return wrt

"""`symderiv read --jsonl`: one request to one answer, both plain data, whatever the request holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from symderiv.errors import InputError, SymderivError
from symderiv.notation.read.latex import Context, read_latex

Answer = dict[str, Any]


def answer(request: object, base: Context | None = None) -> Answer:
    r"""How one LaTeX formula is read.

    `request` is `{"id", "latex", "functions": [...], "symbols": [...]}`, the last two optional;
    `base` is what is known anyway, such as the catalogue's functions. The
    answer is `{"id", "ok": true, "plain", "notes", "error": null}`, with `alternatives` where there are
    two readings, or `"ok": false` with `error: {code, message, hint, span}`. Never raises.
    """
    identity = request.get("id") if isinstance(request, Mapping) else None
    try:
        latex, context = _request(request, base or Context())
        reading = read_latex(latex, context)
    except SymderivError as error:
        return {"id": identity, "ok": False, "plain": None, "notes": [], "error": refusal(error)}
    found: Answer = {
        "id": identity,
        "ok": True,
        "plain": reading.plain,
        "notes": list(reading.notes),
        "error": None,
    }
    if reading.alternatives:
        found["alternatives"] = list(reading.other_plains)
    return found


def refusal(error: SymderivError) -> Answer:
    """An error as plain data."""
    span = None if error.span is None else list(error.span)
    return {"code": error.code, "message": error.message, "hint": error.hint, "span": span}


def _request(request: object, base: Context) -> tuple[str, Context]:
    if not isinstance(request, Mapping):
        raise InputError("a request is an object", hint='{"id": 1, "latex": "x^2"}')
    latex = request.get("latex")
    if not isinstance(latex, str):
        raise InputError("the request has no 'latex' text", hint='{"id": 1, "latex": "x^2"}')
    declared, symbols = _names(request, "functions"), _names(request, "symbols")
    known = {name: target for name, target in base.functions.items() if name not in symbols}
    known |= {name: base.functions.get(name, name) for name in declared}
    return latex, replace(base, functions=known, symbols=base.symbols | frozenset(symbols))


def _names(request: Mapping[Any, Any], key: str) -> list[str]:
    names = request.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError(f"{key!r} is a list of names", hint='["f", "g"]')
    return [name.lstrip("\\") for name in names]

"""The batch form of `prove`: JSON lines in, one JSON answer per line out, in order, whatever comes in.

In: `{"id", "a", "b", "assume": {"x": "positive"}}`; `functions` may list names that stand for any
function. Out: `{"id", "verdict", "how", "witness", "conditions", "ms", "error"}`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from symderiv.errors import InputError, SymderivError
from symderiv.notation.term import Term
from symderiv.prove.prover import Prover
from symderiv.prove.verdict import Verdict

if TYPE_CHECKING:
    from symderiv.catalog import Catalog

_REFUSED = ("outside-class", "limit")


def answers(lines: Iterable[str], catalog: Catalog) -> Iterator[str]:
    """One line of JSON for each line of input that is not blank."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, catalog), ensure_ascii=False)


def _answer(line: str, catalog: Catalog) -> dict[str, Any]:
    started = time.perf_counter()
    identity: Any = None
    try:
        question = _question(line)
        identity = question.get("id")
        left, right, prover = _read(question, catalog)
        verdict = prover.prove(left, right)
        error = None
        if verdict.how in _REFUSED and verdict.note and verdict.note != "out of time":
            error = {"code": verdict.how, "message": verdict.note}
    except SymderivError as refusal:
        verdict = Verdict("undecided", "unread" if refusal.code != "limit" else "limit")
        error = {"code": refusal.code, "message": refusal.message}
    witness = verdict.witness
    return {
        "id": identity,
        "verdict": verdict.status,
        "how": verdict.how,
        "witness": None if witness is None else {name: str(value) for name, value in witness},
        "conditions": list(verdict.conditions),
        "ms": round(1000 * (time.perf_counter() - started), 3),
        "error": error,
    }


def _question(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not a line of JSON: {error}") from None
    if not isinstance(question, dict):
        raise InputError("a line must be a JSON object")
    for name in ("a", "b"):
        if not isinstance(question.get(name), str):
            raise InputError(f"the field {name!r} must be a text")
    return question


def _read(question: dict[str, Any], catalog: Catalog) -> tuple[Term, Term, Prover]:
    # a prover of its own for each line: no answer depends on the lines before
    from symderiv.meaning.assumptions import read_assumptions

    assume = question.get("assume") or {}
    functions = question.get("functions") or []
    if not isinstance(assume, dict) or not all(isinstance(v, str) for v in assume.values()):
        raise InputError("the field 'assume' must map symbols to assumptions")
    if not isinstance(functions, list) or not all(isinstance(f, str) for f in functions):
        raise InputError("the field 'functions' must be a list of names")
    left, right = (catalog.read(question[side], functions=functions, symbols=assume) for side in ("a", "b"))
    return left, right, Prover(catalog, read_assumptions(assume))

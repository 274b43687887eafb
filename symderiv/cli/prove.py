"""`symderiv prove A B`: is A = B? proved, refuted with a witness, or undecided."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from symderiv.cli.options import CatalogOption, ColorOption, JsonOption, StrictOption, pairs
from symderiv.cli.terminal import Color, write, write_json
from symderiv.errors import InputError, LimitError, SymderivError, UnsupportedError

if TYPE_CHECKING:
    from pathlib import Path

    from symderiv.prove import Verdict

NAME = "prove"
EXAMPLES = (
    'symderiv prove "tanh(x)" "2*sigmoid(2*x) - 1"',
    'symderiv prove "log(x**2)" "2*log(x)" --assume x=positive',
    "symderiv prove --jsonl pairs.jsonl",
)
_STYLES = {
    r"\Aproved": "bold green",
    r"\Arefuted": "bold red",
    r"\Aundecided": "bold yellow",
    r"(?m)(?<=\w)   .*$": "dim",
}


def run(
    a: Annotated[str | None, typer.Argument(metavar="A", help="One side.", show_default=False)] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The other side.", show_default=False)] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume",
            metavar="X=ASSUMPTION",
            help="real (default), positive, negative, nonnegative, nonzero or integer. Repeatable.",
        ),
    ] = None,
    json: JsonOption = False,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl", metavar="FILE|-", help="Decide one pair a line: {id, a, b, assume}; - is stdin."
        ),
    ] = None,
    strict: StrictOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Decide whether two formulas are equal.

    The answer is proved, refuted (with a counterexample) or undecided.

    Exits with 0 if proved, 1 if refuted. A batch answers every line and exits with 0.
    """
    if jsonl is not None:
        if a is not None or assume or json:
            raise InputError(
                "--jsonl takes its pairs from the file", hint="leave out A, B, --assume and --json"
            )
        return _batch(jsonl, catalog)
    if a is None or b is None:
        raise InputError("prove takes two formulas", hint='symderiv prove "tanh(x)" "2*sigmoid(2*x) - 1"')
    from symderiv import api
    from symderiv.catalog import load

    started = time.perf_counter()
    try:
        verdict = api.prove(a, b, assume=pairs(assume, "--assume"), catalog=load(*(catalog or ())))
    except SymderivError as error:
        if json:
            write_json(_refusal(error))
        raise
    milliseconds = round(1000 * (time.perf_counter() - started), 1)
    reason = refusal(verdict)
    if json:
        problem = None if reason is None else {"code": reason.code, "message": reason.message}
        write_json({**_answer(verdict, milliseconds), "error": problem})
    if reason is not None:
        raise reason
    if not json:
        write(_text(verdict), _STYLES)
    return 1 if verdict.status == "refuted" or (strict and verdict.status == "undecided") else 0


def _batch(source: str, catalog: list[Path] | None) -> int:
    import sys

    from symderiv.catalog import load
    from symderiv.cli.lines import lines_of
    from symderiv.prove.batch import answers

    for answer in answers(lines_of(source), load(*(catalog or ()))):
        write(answer)
        sys.stdout.flush()  # who feeds pairs through a pipe waits for each answer
    return 0


def _answer(verdict: Verdict, milliseconds: float) -> dict[str, Any]:
    witness = verdict.witness
    return {
        "verdict": verdict.status,
        "how": verdict.how,
        "witness": None if witness is None else {name: str(value) for name, value in witness},
        "conditions": list(verdict.conditions),
        "ms": milliseconds,
        "error": None,
    }


def _refusal(error: SymderivError) -> dict[str, Any]:
    return {
        "verdict": "undecided",
        "how": "unread",
        "witness": None,
        "conditions": [],
        "ms": 0.0,
        "error": {"code": error.code, "message": error.message},
    }


def refusal(verdict: Verdict) -> SymderivError | None:
    """Why there is no verdict, where the reason lies in the formulas: outside the class, or too large."""
    if verdict.how == "outside-class":
        return UnsupportedError(
            verdict.note or "outside the class", hint="see the README for what is covered"
        )
    if verdict.how == "limit" and verdict.note and verdict.note != "out of time":
        return LimitError(verdict.note, hint="use smaller numbers, or letters for them")
    return None


def _text(verdict: Verdict) -> str:
    lines = [f"{verdict.status}   by {verdict.how.replace('-', ' ')}"]
    if verdict.witness is not None:
        lines.append("  at " + ", ".join(f"{name} = {value}" for name, value in verdict.witness))
    lines += [f"  where {condition}" for condition in verdict.conditions]
    if verdict.note:
        lines.append(f"  {verdict.note}")
    return "\n".join(lines)

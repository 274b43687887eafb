"""`symderiv read`: how a formula is understood, in plain notation or in LaTeX."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from symderiv.cli.options import CatalogOption, ColorOption, JsonOption
from symderiv.cli.terminal import Color, note, write, write_json
from symderiv.errors import InputError, SymderivError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAME = "read"
EXAMPLES = (
    'symderiv read "x^2*tanh(x)/2"',
    r"symderiv read --latex '\sigma(x)(1-\sigma(x))'",
    "symderiv read --jsonl lines.jsonl",
)


def run(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="A formula in plain notation.", show_default=False)
    ] = None,
    latex: Annotated[str | None, typer.Option("--latex", metavar="TEXT", help="A formula in LaTeX.")] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="FILE|-",
            help="Read one line of LaTeX a line: {id, latex, functions, symbols}; - is stdin.",
        ),
    ] = None,
    json: JsonOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show how a formula is read, and its LaTeX.

    A batch answers every line and exits with 0.
    """
    if [text, latex, jsonl].count(None) != 2:
        raise InputError("read takes one formula, --latex or --jsonl", hint='symderiv read "x*tanh(x)"')
    if jsonl is not None:
        _batch(jsonl)
        return
    try:
        answer = _plain(text, catalog) if text is not None else _latex(latex or "")
    except SymderivError as error:
        if json:
            write_json({"ok": False, "plain": None, "notes": [], "error": _problem(error)})
        raise
    if json:
        write_json({"ok": True, **answer, "error": None})
        return
    shown = {key: answer[key] for key in ("plain", "latex") if key in answer}
    write("\n".join(f"{key}  {value}" for key, value in shown.items()), {r"(?m)^\w+(?=  )": "dim"})
    for remark in (*answer["notes"], *(f"or read as {other}" for other in answer.get("alternatives", ()))):
        note(remark)


def _plain(text: str, catalog: Sequence[Path] | None) -> dict[str, Any]:
    from symderiv.catalog import load
    from symderiv.notation.write.latex import LatexStyle, write_latex
    from symderiv.notation.write.plain import write_plain

    functions = load(*(catalog or ()))
    term = functions.read(text)
    latex = write_latex(term, LatexStyle(functions=functions.latex()))
    return {"plain": write_plain(term), "latex": latex, "notes": []}


def _latex(text: str, functions: Sequence[str] = (), symbols: Sequence[str] = ()) -> dict[str, Any]:
    from symderiv.notation.read.latex import Context, read_latex

    reading = read_latex(text, Context.of(functions, symbols))
    return {"plain": reading.plain, "notes": list(reading.notes), "alternatives": list(reading.other_plains)}


def _problem(error: SymderivError) -> dict[str, Any]:
    span = None if error.span is None else list(error.span)
    return {"code": error.code, "message": error.message, "span": span}


def _batch(source: str) -> None:
    from symderiv.cli.lines import lines_of

    for line in lines_of(source):
        if line.strip():
            write(_answer(line))
            sys.stdout.flush()  # who feeds lines through a pipe waits for each answer


def _answer(line: str) -> str:
    import json

    identity: Any = None
    try:
        question = _question(line)
        identity = question.get("id")
        names = {key: question.get(key) or [] for key in ("functions", "symbols")}
        for key, value in names.items():
            if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
                raise InputError(f"the field {key!r} must be a list of names")
        answer = {"ok": True, **_latex(question["latex"], **names), "error": None}
    except SymderivError as error:
        answer = {"ok": False, "plain": None, "notes": [], "error": _problem(error)}
    return json.dumps({"id": identity, **answer}, ensure_ascii=False)


def _question(line: str) -> dict[str, Any]:
    import json

    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not a line of JSON: {error}") from None
    if not isinstance(question, dict) or not isinstance(question.get("latex"), str):
        raise InputError("a line must be a JSON object with a text 'latex'")
    return question

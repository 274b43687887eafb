"""`symderiv read`: how a formula is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from symderiv.cli.options import CatalogOption, ColorOption, JsonOption
from symderiv.cli.terminal import Color, write, write_json
from symderiv.errors import SymderivError

NAME = "read"
EXAMPLES = ('symderiv read "x^2*tanh(x)/2"', 'symderiv read "sigma\'(x)" --json')


def run(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A formula in plain notation.")],
    json: JsonOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show how a formula is read, and its LaTeX."""
    from symderiv.catalog import load
    from symderiv.notation.write.latex import LatexStyle, write_latex
    from symderiv.notation.write.plain import write_plain

    functions = load(*(catalog or ()))
    try:
        term = functions.read(text)
    except SymderivError as error:
        if json:
            found = {"code": error.code, "message": error.message, "span": error.span and list(error.span)}
            write_json({"ok": False, "plain": None, "latex": None, "error": found})
        raise
    plain, latex = write_plain(term), write_latex(term, LatexStyle(functions=functions.latex()))
    if json:
        write_json({"ok": True, "plain": plain, "latex": latex, "error": None})
    else:
        write(f"plain  {plain}\nlatex  {latex}", {r"(?m)^\w+(?=  )": "dim"})

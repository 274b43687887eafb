"""`symderiv list`: the functions that are known by name."""

from __future__ import annotations

from symderiv.cli.options import CatalogOption, ColorOption, JsonOption
from symderiv.cli.terminal import Color, write, write_json

NAME = "list"
EXAMPLES = ("symderiv list", "symderiv list --json", "symderiv list --catalog mine.toml")


def run(
    json: JsonOption = False,
    catalog: CatalogOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """List the functions known by name, with their definitions."""
    from symderiv.catalog import load

    records = load(*(catalog or ())).records()
    if json:
        write_json(
            {
                "functions": [
                    {
                        "name": record.name,
                        "title": record.title,
                        "symbol": record.symbol,
                        "variable": record.variable,
                        "index": record.index or None,
                        "size": record.size or None,
                        "definition": str(record.definition),
                        "parameters": dict(record.parameters),
                        "constants": {name: str(value) for name, value in record.constants},
                        "equivalents": [str(term) for term in record.equivalents],
                        "target": record.target or None,
                        "conditions": [str(term) for term in record.conditions],
                        "aliases": list(record.aliases),
                        "references": [{"text": r.text, "url": r.url} for r in record.references],
                    }
                    for record in records
                ]
            }
        )
        return
    width = max((len(record.name) for record in records), default=0)
    for record in records:
        also = f"   (also {', '.join(record.aliases)})" if record.aliases else ""
        write(
            f"{record.name:{width}}  {record.definition}{also}",
            {r"\A\S+": "bold", r"\(also .*\)\Z": "dim"},
        )

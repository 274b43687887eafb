"""`symderiv explain ID`: a rule in words, with a line that uses it and the mistake made in its place."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from symderiv.cli.options import ColorOption, JsonOption, TemplatesOption
from symderiv.cli.terminal import Color, write, write_json
from symderiv.errors import UnknownNameError

if TYPE_CHECKING:
    from symderiv.sheet.document import Prose
    from symderiv.sheet.sentences import Sentences

NAME = "explain"
EXAMPLES = ("symderiv explain chain-rule", "symderiv explain dropped-inner-derivative", "symderiv explain")
_STYLES = {
    r"\A.*": "bold",
    r"(?m)^  right(?=  )": "green",
    r"(?m)^  wrong(?=  )": "red",
    r"(?m)^         .*$": "dim",
}


def run(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A rule or a slip; without one, all are listed.", show_default=False
        ),
    ] = None,
    json: JsonOption = False,
    templates: TemplatesOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Explain a rule of differentiation, or a slip that `symderiv check` names.

    What it says, when it applies, a right line and a wrong one.
    """
    from symderiv.sheet.sentences import load_sentences

    sentences = load_sentences("en", () if templates is None else (templates,))
    rules, slips = sentences.keys("rules"), sentences.keys("diagnoses")
    known = (*rules, *slips)
    if rule is None:
        if json:
            write_json({"rules": list(rules), "diagnoses": list(slips)})
        else:
            width = max(map(len, known))
            for name in rules:
                write(
                    f"{name:{width}}  {facts(sentences, name).get('statement', '')}".rstrip(),
                    {r"\A\S+": "bold"},
                )
            for name in slips:
                write(f"{name:{width}}  slip: {sentences.text(f'diagnoses.{name}.name')}", {r"\A\S+": "bold"})
        return
    if rule not in known:
        from symderiv.notation.names import suggest

        hint = suggest(rule, known) or "`symderiv explain` lists the rules"
        raise UnknownNameError(f"there is no rule {rule!r}", hint=hint)
    found = slip_facts(sentences, rule) if rule in slips else facts(sentences, rule)
    if json:
        write_json({"id": rule, **found})
        return
    lines = [found["name"]]
    lines += [f"  {found['statement']}"] if "statement" in found else []
    lines += wrap(found.get("text", ""), 92, initial_indent="  ", subsequent_indent="  ")
    lines += [f"  {key}  {found[key]}" for key in ("right", "wrong") if key in found]
    lines += [f"         {found['why']}"] if "why" in found else []
    write("\n".join(lines), _STYLES)


def slip_facts(sentences: Sentences, slip: str) -> dict[str, str]:
    """What is known about a slip, as plain text."""
    from symderiv.sheet.document import Maths, Words
    from symderiv.sheet.maths import PlainMaths

    maths = PlainMaths()
    return {
        key: "".join(
            maths.formula(part.formula) if isinstance(part, Maths) else part.text
            for part in sentences.say(f"diagnoses.{slip}.{key}")
            if isinstance(part, Maths | Words)
        )
        for key in ("name", "text", "right", "wrong", "message")
    }


def facts(sentences: Sentences, rule: str) -> dict[str, str]:
    """What is known about a rule, as plain text."""
    from symderiv.sheet.document import Maths, Words
    from symderiv.sheet.maths import PlainMaths

    maths = PlainMaths()

    def plain(prose: Prose) -> str:
        return "".join(
            maths.formula(part.formula) if isinstance(part, Maths) else part.text
            for part in prose
            if isinstance(part, Maths | Words)
        )

    about = sentences.rule(rule)
    found = {"name": about.name}
    if about.statement is not None:
        found["statement"] = maths.formula(about.statement)
    if about.text:
        found["text"] = plain(about.text)
    for key in ("right", "wrong", "why"):
        if sentences.has(f"examples.{rule}.{key}"):
            found[key] = plain(sentences.say(f"examples.{rule}.{key}"))
    return found

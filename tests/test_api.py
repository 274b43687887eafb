"""`symderiv.sheet` gives the page that the command writes; options reach it, and mistakes are refused."""

from __future__ import annotations

import pytest

import symderiv
from symderiv.cli import main
from symderiv.sheet.subject import Subject


@pytest.mark.parametrize(("format_name", "extension"), [("tex", "tex"), ("md", "md"), ("json", "json")])
def test_the_page_is_the_one_of_the_command(format_name, extension, tmp_path, capsys):
    target = "1/(1 + exp(-beta*x))"
    assert main(["sheet", target, "--name", "f", "--param", "beta=positive", "-o", str(tmp_path)]) == 0
    written = (tmp_path / f"f.{extension}").read_text(encoding="utf-8")
    assert symderiv.sheet(target, name="f", params={"beta": "positive"}, format=format_name) == written


def test_every_route_that_is_asked_for_is_shown():
    from symderiv import api

    several: Subject = api.subject("sigmoid")
    every: Subject = api.subject("sigmoid", routes=["all"])
    one: Subject = api.subject("sigmoid", routes=["quotient"])
    assert 2 <= len(several.derivation.routes) <= len(every.derivation.routes)
    assert len(every.derivation.routes) == len(symderiv.derive("sigmoid", routes=["all"]).routes)
    assert [route.id for route in one.derivation.routes] == ["quotient"]


def test_own_templates_stand_in_front(tmp_path):
    (tmp_path / "markdown").mkdir()
    (tmp_path / "markdown" / "sheet.md.j2").write_text("{{ document.name }}!\n", encoding="utf-8")
    assert "!" in symderiv.sheet("relu", format="markdown", templates=tmp_path).splitlines()[0]


def test_mistakes_are_refused():
    with pytest.raises(symderiv.SymderivError, match="format"):
        symderiv.sheet("relu", format="docx")
    with pytest.raises(symderiv.SymderivError, match="templates"):
        symderiv.sheet("relu", templates="no/such/folder")

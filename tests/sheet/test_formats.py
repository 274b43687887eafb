"""Golden files of a derivation written by hand. `UPDATE_GOLDEN=1 pytest tests/sheet` writes them anew."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from symderiv.errors import InputError
from symderiv.notation.term import sym
from symderiv.sheet.document import Code, Document, Figure, Section, Words
from symderiv.sheet.formats import Options, find_format, format_names
from symderiv.sheet.formats.json import SCHEMA_VERSION, data
from symderiv.sheet.formats.markdown import github
from symderiv.sheet.gallery import document_files
from symderiv.sheet.subject import Subject
from tests.sheet.conftest import UNDECIDED, compile_tex, sigmoid

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("name", ["tex", "markdown", "json", "text", "latex"])
def test_golden(name: str) -> None:
    text = find_format(name).render(sigmoid(), Options())
    path = GOLDEN / f"sigmoid-{name}{find_format(name).extension}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "\r" not in text


def test_the_formats() -> None:
    assert {"tex", "markdown", "json", "text", "latex"} <= set(format_names())
    with pytest.raises(InputError, match="no format 'tx'") as error:
        find_format("tx")
    assert error.value.hint


def test_the_json_contract() -> None:
    found = data(sigmoid())
    assert found["schema_version"] == SCHEMA_VERSION == 1
    assert found["name"] == "sigmoid"
    assert found["definition"] == "1/(1 + exp(-x))"
    assert found["derivative"] == "sigmoid(x)*(1 - sigmoid(x))"
    assert found["summary"] == {"steps": 9, "proved": 9, "undecided": 0, "refuted": 0}
    (form, *_), (step, *_) = found["forms"], found["steps"]
    assert {"kind", "plain", "latex", "uses", "verdict"} <= set(form)
    assert {"rule", "before", "after", "latex", "verdict", "how", "children"} <= set(step)
    assert json.loads(json.dumps(found)) == found


def with_an_undecided_step() -> Subject:
    subject = sigmoid()
    (main, *others) = subject.derivation.routes
    steps = (*main.steps[:-1], replace(main.steps[-1], verdict=UNDECIDED))
    routes = (replace(main, steps=steps), *others)
    return replace(subject, derivation=replace(subject.derivation, routes=routes))


def test_what_is_not_proved_is_marked_in_every_format() -> None:
    subject = with_an_undecided_step()
    assert data(subject)["summary"] == {"steps": 9, "proved": 8, "undecided": 1, "refuted": 0}
    text = {name: find_format(name).render(subject, Options()) for name in format_names()}
    assert r"\,?" in text["tex"]
    assert "13 of 14 steps proved" in text["tex"]
    assert "13 of 14 steps proved" in text["markdown"]
    assert "8 of 9 steps proved, 1 undecided" in text["text"]
    assert "  ?" in text["text"]
    assert " ?}" in text["latex"]


def test_user_words_are_escaped() -> None:
    subject = sigmoid()
    derivation = replace(subject.derivation, title=r"my_f 100% \end{document} <b> $", name="my_f", symbol="")
    subject = replace(subject, derivation=derivation)
    tex = find_format("tex").render(subject, Options())
    assert r"My\_f 100\% \textbackslash{}end\{document\} \textless{}b\textgreater{} \$" in tex
    assert r"# My\_f 100% \\end\{document\} \<b\> \$" in find_format("markdown").render(subject, Options())


def test_terminal_text_fits_the_screen_and_can_be_read_again() -> None:
    text = find_format("text").render(sigmoid(), Options(width=60))
    assert max(map(len, text.splitlines())) <= 60
    ascii_text = find_format("text").render(sigmoid(), Options(ascii=True))
    assert ascii_text.isascii()
    colored = find_format("text").render(sigmoid(), Options(color=True))
    assert "\x1b[32m✓\x1b[0m" in colored


def test_github_gets_only_what_it_knows() -> None:
    written = github(r"\operatorname{GELU}(x) + \lvert x\rvert + |x| \fit{3.0}{ab}")
    assert written == r"\mathop{\mathrm{GELU}}\nolimits(x) + \lvert x\rvert + \vert x\vert  {ab}"


def test_the_document_compiles(tmp_path: Path) -> None:
    hostile = replace(sigmoid().derivation, title=r"100% _ & # \x ^ ~ { ü 漢", name="my_f")
    sheets = {"a.tex": sigmoid(), "b.tex": replace(sigmoid(), derivation=hostile)}
    for name, subject in sheets.items():
        (tmp_path / name).write_text(find_format("tex").render(subject, Options()), encoding="utf-8")
    log = compile_tex(tmp_path, *sheets)
    for word in ("Overfull", "undefined", "multiply defined", "Missing character", "LaTeX Warning"):
        assert word not in log


def test_the_packages_are_those_of_a_small_installation() -> None:
    text = find_format("tex").render(sigmoid(), Options())
    allowed = "fontenc inputenc lmodern geometry mathtools amssymb booktabs array graphicx xcolor microtype"
    used = set(re.findall(r"\\usepackage(?:\[[^\]]*\])?\{(\w+)\}", text))
    assert used
    assert used <= {*allowed.split(), "fancyvrb", "hyperref"}


def test_another_letter_for_the_output_is_respected() -> None:
    subject = sigmoid()
    derivation = replace(subject.derivation, variable="y", definition=sym("y"))
    assert replace(subject, derivation=derivation).output != sym("y")


def page_with_code_and_a_figure() -> Document:
    code = Code("def f(x):\n\treturn x  # 100% of \\end{listing} `it` σ", label=(Words("Paste this:"),))
    drawn = Figure("curves", "a rising curve", (Words("f & f'"),), "<svg/>", tex=r"\rule{2em}{1em}")
    filed = Figure("errors", "two curves", (Words("errors"),), "<svg/>", pdf=b"%PDF-1.5")
    section = Section("code", (Words("Code"),), (code, drawn, filed))
    return Document("page", (Words("Page"),), (Words("sub"),), (section,))


def test_pictures_stand_beside_the_pages_that_need_them() -> None:
    document = page_with_code_and_a_figure()
    assert find_format("tex").beside(document) == {"page-errors.pdf": b"%PDF-1.5"}
    assert find_format("md").beside(document) == {"page-curves.svg": b"<svg/>", "page-errors.svg": b"<svg/>"}
    assert find_format("json").beside(document) == {}


def test_code_and_figures_in_markdown() -> None:
    text = document_files(page_with_code_and_a_figure(), ["markdown"])["page.md"]
    assert isinstance(text, str)
    assert "```python\ndef f(x):" in text
    assert "![a rising curve](page-curves.svg)" in text


def test_code_and_figures_compile(tmp_path: Path) -> None:
    (tmp_path / "page.tex").write_text(
        str(document_files(page_with_code_and_a_figure(), ["tex"])["page.tex"])
    )
    log = compile_tex(tmp_path, "page.tex")
    assert "Overfull" not in log


def test_a_page_without_a_derivation_has_no_json() -> None:
    with pytest.raises(InputError, match="no form in the format"):
        document_files(page_with_code_and_a_figure(), ["json"])

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.errors import TargetError, TemplateError
from symderiv.sheet.environment import TEX_DELIMITERS, builtin_templates, make_environment, render
from symderiv.sheet.escape import escape_markdown, escape_tex
from symderiv.sheet.formats import Options, find_format
from tests.sheet.conftest import sigmoid


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_builtin_templates_are_found() -> None:
    assert (builtin_templates() / "tex" / "sheet.tex.j2").is_file()


def test_a_user_template_extends_the_original_of_the_same_name(tmp_path: Path) -> None:
    override = '<% extends "builtin/tex/sheet.tex.j2" %><% block style %><< super() >>% mine\n<% endblock %>'
    write(tmp_path, "tex/sheet.tex.j2", override)
    text = find_format("tex").render(sigmoid(), Options(templates=(tmp_path,)))
    assert "% mine" in text
    assert text.replace("% mine\n", "") == find_format("tex").render(sigmoid(), Options())


def test_a_user_sentence_replaces_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, "sentences/en/rules.toml", '[chain-rule]\nname = "Kettenregel"\n')
    text = find_format("latex").render(sigmoid(), Options(templates=(tmp_path,)))
    assert r"\text{Kettenregel}" in text
    assert r"\text{definition}" in text


def test_what_a_template_prints_is_escaped(tmp_path: Path) -> None:
    write(tmp_path, "a.tex", "<< name >> << [name] | join >>")
    environment = make_environment((tmp_path,), delimiters=TEX_DELIMITERS, escape=escape_tex)
    assert render(environment, "a.tex", {"name": "a_b%"}) == r"a\_b\% a\_b\%"
    write(tmp_path, "a.md", "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(name) }}")
    environment = make_environment((tmp_path,), escape=escape_markdown)
    assert render(environment, "a.md", {"name": "a_b"}) == r"a\_ba\_b"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("one\n<% for %>\n", 2, "Expected"),
        ("one\ntwo\n<< unknown >>", 3, "unknown"),
        ("one\n<< 1 + 'a' >>", 2, "unsupported operand"),
        ("<< document.no_such_field >>", 1, "no_such_field"),
        ("\n<% include 'nowhere.tex' %>", None, "nowhere.tex"),
        ("\n<< 1 / 0 >>", 2, "division"),
    ],
)
def test_a_broken_template_is_an_error_with_file_and_line(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    path = write(tmp_path, "tex/sheet.tex.j2", text)
    with pytest.raises(TemplateError) as error:
        find_format("tex").render(sigmoid(), Options(templates=(tmp_path,)))
    assert words in error.value.message
    if line is not None:
        assert error.value.message.startswith(f"{path}, line {line}:")


def test_a_template_that_extends_itself(tmp_path: Path) -> None:
    write(tmp_path, "tex/sheet.tex.j2", '<% extends "tex/sheet.tex.j2" %>')
    with pytest.raises(TemplateError, match="itself"):
        find_format("tex").render(sigmoid(), Options(templates=(tmp_path,)))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="not a folder of templates"):
        make_environment((tmp_path / "nowhere",))


def test_a_template_cannot_leave_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "secret", "secret")
    write(tmp_path, "own/tex/sheet.tex.j2", "<% include '../../secret' %>")
    with pytest.raises(TemplateError):
        find_format("tex").render(sigmoid(), Options(templates=(tmp_path / "own",)))

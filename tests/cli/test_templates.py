"""`symderiv templates`, and templates of one's own in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symderiv.sheet.environment import builtin_templates, list_templates

PAGES = {
    "tex": "tex/sheet.tex.j2",
    "typ": "typst/sheet.typ.j2",
    "html": "html/sheet.html.j2",
    "md": "markdown/sheet.md.j2",
    "ipynb": "notebook/proof.py.j2",
}
LINES = {"tex": "<% {} %>", "typ": "<% {} %>"}


def mine(folder: Path, name: str, text: str) -> Path:
    path = folder / "mine" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder / "mine"


def test_list_says_which_file_is_used(run, tmp_path):
    folder = mine(tmp_path, "tex/sheet.tex.j2", "mine")
    mine(tmp_path, "tex/own.tex.j2", "mine")
    answer = run("templates", "list", "--templates", str(folder))
    assert answer.code == 0
    lines = dict(line.split(None, 1) for line in answer.out.splitlines())
    assert lines["tex/sheet.tex.j2"] == str(folder / "tex" / "sheet.tex.j2")
    assert lines["tex/own.tex.j2"] == str(folder / "tex" / "own.tex.j2")
    assert lines["tex/blocks.tex.j2"] == "built-in"
    files = {
        p.relative_to(builtin_templates()).as_posix() for p in builtin_templates().rglob("*") if p.is_file()
    }
    assert set(lines) == files | {"tex/own.tex.j2"}


def test_list_for_programs(run):
    found = json.loads(run("templates", "list", "html", "--json").out)
    assert found["schema_version"] == 1
    assert {one["name"] for one in found["templates"]} == {
        one.name for one in list_templates() if one.name.startswith("html/")
    }
    assert all(one["builtin"] and Path(one["path"]).is_file() for one in found["templates"])


def test_a_copy_is_the_original_and_is_used(run, tmp_path):
    folder = tmp_path / "mine"
    answer = run("templates", "eject", "markdown", "sentences/en/sheet.toml", "-o", str(folder))
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 3
    for path in answer.out.splitlines():
        original = builtin_templates() / Path(path).relative_to(folder)
        assert Path(path).read_bytes() == original.read_bytes()
    changed = folder / "sentences" / "en" / "sheet.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace('"Result"', '"What comes out"'))
    run("sheet", "relu", "--format", "md", "--templates", str(folder), "-o", str(tmp_path), "--no-plots")
    assert "What comes out" in (tmp_path / "relu.md").read_text(encoding="utf-8")


def test_a_copy_never_takes_the_place_of_a_file(run, tmp_path):
    folder = mine(tmp_path, "tex/sheet.tex.j2", "mine")
    answer = run("templates", "eject", "tex", "-o", str(folder))
    assert answer.code == 2
    assert "there already" in answer.err
    assert "--force" in answer.err
    assert [p.name for p in (folder / "tex").iterdir()] == ["sheet.tex.j2"]
    assert (folder / "tex" / "sheet.tex.j2").read_text() == "mine"
    assert run("templates", "eject", "tex", "-o", str(folder), "--force").code == 0
    assert (folder / "tex" / "sheet.tex.j2").read_text() != "mine"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["tex/sheeet.tex.j2"], "did you mean 'tex/sheet.tex.j2'?"),
        (["../../etc/passwd"], "there is no template"),
        (["/etc/passwd"], "there is no template"),
        ([""], "there is no template"),
        (["."], "there is no template"),
        ([], "no template is named"),
    ],
)
def test_what_cannot_be_copied(run, tmp_path, names, message):
    answer = run("templates", "eject", *names, "-o", str(tmp_path / "out"))
    assert answer.code == 2
    assert message in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_name", sorted(PAGES))
@pytest.mark.parametrize("broken", ["endfor", "set x = nosuchname.part", "include 'no/such.j2'"])
def test_a_broken_template_has_its_file_and_line(run, tmp_path, format_name, broken):
    statement = LINES.get(format_name, "{{% {} %}}").format(broken)
    folder = mine(tmp_path, PAGES[format_name], f"first line\n\n{statement}\n")
    out = tmp_path / "out"
    answer = run(
        "sheet", "relu", "--format", format_name, "--templates", str(folder), "-o", str(out), "--no-plots"
    )
    assert answer.code == 2
    assert answer.err.startswith("error: ")
    assert "include" not in broken or "no/such.j2" in answer.err
    assert f"{folder / PAGES[format_name]}, line 3" in answer.err
    assert not out.exists()


@pytest.mark.parametrize("format_name", ["tex", "typ", "html", "md"])
def test_a_template_of_the_same_name_may_extend_the_original(run, tmp_path, format_name):
    start, end = ("<%", "%>") if format_name in LINES else ("{%", "%}")
    text = f'{start} extends "builtin/{PAGES[format_name]}" {end}\n'
    text += f"{start} block title {end}MINE relu{start} endblock {end}"
    folder = mine(tmp_path, PAGES[format_name], text)
    for more in ([], ["--templates", str(folder)]):
        run(
            "sheet",
            "relu",
            "--format",
            format_name,
            *more,
            "-o",
            str(tmp_path / str(len(more))),
            "--no-plots",
        )
    (original,), (changed,) = ((tmp_path / name).glob("relu.*") for name in "02")
    assert "MINE relu" in changed.read_text(encoding="utf-8")
    assert len(changed.read_text(encoding="utf-8")) > 0.8 * len(original.read_text(encoding="utf-8"))


def test_a_language_of_the_command(run, tmp_path):
    answer = run("sheet", "relu", "--language", "xx", "-o", str(tmp_path / "out"))
    assert answer.code == 2
    assert "no sentences in the language 'xx'" in answer.err
    assert not (tmp_path / "out").exists()

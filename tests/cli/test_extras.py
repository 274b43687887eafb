"""What is said where a part that can be missing is missing: doctor, sheet, build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symderiv.catalog import Catalog, load
from symderiv.sheet import typesetting
from symderiv.sheet.pictures import drawing

INSTALL = "pip install 'symderiv[pdf]'"


@pytest.fixture
def without_paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No TeX in the path, and no typst package."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of two functions."""
    few = Catalog(record for record in load().records() if record.name in {"relu", "softsign"})
    monkeypatch.setattr("symderiv.catalog.load", lambda *_: few)


def finding(run, name):
    found = json.loads(run("doctor", "--json").out)["findings"]
    return next(one for one in found if one["name"] == name)


def test_doctor_says_what_makes_a_pdf_and_why(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    try:
        typesetting.find_engine("typst")
    except typesetting.MissingExtraError:
        pytest.skip("typst is not installed")
    found = finding(run, "pdf")
    assert found["state"] == "ok"
    assert found["detail"].startswith("typst (")
    assert "there is no TeX here" in found["detail"]
    (tmp_path / "pdflatex").write_text("#!/bin/sh\n")
    (tmp_path / "pdflatex").chmod(0o755)
    found = finding(run, "pdf")
    assert found["detail"].startswith(f"pdflatex ({tmp_path / 'pdflatex'}): TeX comes first")
    assert "typst" in found["detail"]


def test_doctor_without_anything_names_the_command(run, without_paper):
    found = finding(run, "pdf")
    assert found["state"] == "absent"
    assert INSTALL in found["detail"]
    assert run("doctor").code == 0


def test_a_pdf_without_anything_is_refused_before_any_work(run, without_paper, tmp_path):
    answer = run("sheet", "relu", "--format", "md,pdf", "-o", str(tmp_path / "out"))
    assert answer.code == 2
    assert f"hint: {INSTALL}" in answer.err
    assert not (tmp_path / "out").exists()


def test_a_build_says_what_it_leaves_out(run, without_paper, small, monkeypatch, tmp_path):
    monkeypatch.setattr(drawing, "is_available", lambda: False)
    answer = run("build", "--no-more", "-o", str(tmp_path / "out"), "--jobs", "1")
    assert answer.code == 0
    assert "no pdf: " in answer.err
    assert INSTALL in answer.err
    assert "no pictures: " in answer.err
    assert "pip install 'symderiv[plot]'" in answer.err
    made = {path.suffix for path in (tmp_path / "out" / "sheets").iterdir()}
    assert made == {".md", ".html", ".tex", ".ipynb", ".json"}


def test_a_build_that_is_asked_for_a_pdf_needs_one(run, without_paper, small, tmp_path):
    answer = run("build", "--no-more", "-o", str(tmp_path / "out"), "--format", "md,pdf", "--jobs", "1")
    assert answer.code == 2
    assert f"hint: {INSTALL}" in answer.err
    assert not (tmp_path / "out").exists()


def test_a_second_build_makes_nothing(run, small, tmp_path):
    command = ("build", "--no-more", "-o", str(tmp_path / "out"), "--format", "md,json", "--jobs", "1")
    assert "2 sheets made, 0 unchanged" in run(*command).err
    assert "0 sheets made, 2 unchanged" in run(*command).err


@pytest.mark.slow
def test_processes_give_the_bytes_of_one(spawn, tmp_path):
    folders = [tmp_path / "one", tmp_path / "many"]
    for folder, jobs in zip(folders, ("1", "2"), strict=True):
        done = spawn(
            "build",
            "--no-more",
            "-o",
            str(folder),
            "--jobs",
            jobs,
            "--format",
            "md,tex,json,html",
            seconds=600,
        )
        assert done.code == 0, done.err
    one, many = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in folders)
    assert one == many


def test_a_broken_page_is_kept_and_told(run, tmp_path):
    if not typesetting.installed():
        pytest.skip("nothing makes a PDF here")
    mine = tmp_path / "mine"
    for name, text in {"tex/sheet.tex.j2": "\\nosuch\n", "typst/sheet.typ.j2": "#nosuch\n"}.items():
        (mine / name).parent.mkdir(parents=True)
        (mine / name).write_text(text)
    command = (
        "sheet",
        "relu",
        "--format",
        "pdf",
        "--no-plots",
        "--templates",
        str(mine),
        "-o",
        str(tmp_path / "out"),
    )
    answer = run(*command)
    assert answer.code == 2
    assert "line 1" in answer.err
    kept = Path(answer.err.split("the page is kept: ")[1].strip())
    assert kept.is_file()
    for path in kept.parent.iterdir():
        path.unlink()
    kept.parent.rmdir()
    assert not (tmp_path / "out").exists()

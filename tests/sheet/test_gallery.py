"""The gallery: reproducible, made again only where something changed, and never stale."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.errors import TargetError
from symderiv.sheet import stamp
from symderiv.sheet.document import Link
from symderiv.sheet.entry import as_data, entry, from_data
from symderiv.sheet.environment import builtin_templates
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.gallery import SHEET_FORMATS, Built, Sheet, build, index, links, sheet_files
from symderiv.sheet.stamp import STAMP, common_key, read_stamp
from symderiv.sheet.subject import Subject

NAMES = ("sigmoid", "softmax", "relu")
PLAIN = Options(pictures=False)


@functools.cache
def subject(name: str) -> Subject:
    return api.subject(name, catalog=load())


@functools.cache
def sheet(name: str, options: Options = PLAIN) -> Sheet:
    return entry(subject(name), SHEET_FORMATS, options), sheet_files(subject(name), SHEET_FORMATS, options)


def make(due: Sequence[str]) -> Iterator[Sheet]:
    return map(sheet, due)


def built(folder: Path, names: Sequence[str] = NAMES, key: str = "k", **more: object) -> Built:
    return build(folder, names, more.pop("make", make), key=key, options=PLAIN)  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_subjects_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert built(tmp_path / name).made == NAMES
    files = contents(tmp_path / "one")
    assert files == contents(tmp_path / "two")
    sheets = [f"sheets/{n}{find_format(f).extension}" for n in NAMES for f in SHEET_FORMATS]
    assert sorted(files) == sorted([STAMP, "README.md", *sheets])
    assert all(f"(sheets/{n}.tex)" in files["README.md"].decode() for n in NAMES)
    assert json.loads(files["sheets/sigmoid.json"])["schema_version"] == 1


def test_an_entry_is_kept_as_it_is() -> None:
    found = sheet("softmax")[0]
    assert from_data(json.loads(json.dumps(as_data(found)))) == found
    assert found.statements > found.steps > 0
    assert found.refuted == found.undecided == 0


def test_nothing_is_made_where_nothing_changed(tmp_path: Path) -> None:
    built(tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    again = built(tmp_path)
    assert again.made == ()
    assert [one.name for one in again.entries] == list(NAMES)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "sheets" / "softmax.md").write_text("changed"),
        lambda folder: (folder / "sheets" / "softmax.json").unlink(),
    ],
)
def test_a_sheet_whose_file_changed_is_made_again(tmp_path: Path, change: Callable[[Path], object]) -> None:
    built(tmp_path)
    before = contents(tmp_path)
    change(tmp_path)
    assert built(tmp_path).made == ("softmax",)
    assert contents(tmp_path) == before


def test_an_index_that_changed_is_written_again(tmp_path: Path) -> None:
    built(tmp_path)
    before = contents(tmp_path)
    (tmp_path / "README.md").write_text("changed")
    assert built(tmp_path).made == ()
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema_version": 1, "sheets": {"a": 1}, "files": {}}', "\0"]
)
def test_a_stamp_that_cannot_be_read_makes_everything_again(tmp_path: Path, text: str) -> None:
    built(tmp_path)
    before = contents(tmp_path)
    (tmp_path / STAMP).write_text(text)
    assert built(tmp_path).made == NAMES
    assert contents(tmp_path) == before


def test_another_key_makes_everything_again(tmp_path: Path) -> None:
    built(tmp_path)
    assert built(tmp_path, key="other").made == NAMES


def test_files_of_a_function_that_is_gone_are_removed(tmp_path: Path) -> None:
    built(tmp_path)
    mine = tmp_path / "sheets" / "mine.tex"
    mine.write_text("not of the gallery")
    (tmp_path / "sheets" / "relu.md").write_text("changed by hand")
    found = built(tmp_path, ("sigmoid", "softmax"))
    assert found.removed == ("sheets/relu.tex", "sheets/relu.json")
    assert found.left == ("sheets/relu.md",)
    assert mine.exists()
    assert "relu" not in (tmp_path / "README.md").read_text()
    assert "relu" not in read_stamp(tmp_path).sheets


def test_a_format_that_is_no_longer_made_leaves_nothing(tmp_path: Path) -> None:
    built(tmp_path)
    text = SHEET_FORMATS[:1]

    def fewer(due: Sequence[str]) -> Iterator[Sheet]:
        for name in due:
            found = entry(subject(name), text, PLAIN)
            yield found, sheet_files(subject(name), text, PLAIN)

    found = built(tmp_path, key="fewer formats", make=fewer)
    assert len(found.removed) == 2 * len(NAMES)
    assert sorted(p.name for p in (tmp_path / "sheets").iterdir()) == sorted(f"{n}.tex" for n in NAMES)


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def stopped(due: Sequence[str]) -> Iterator[Sheet]:
        yield sheet(due[0])
        raise TargetError("stopped")

    with pytest.raises(TargetError, match="stopped"):
        built(tmp_path / "out", make=stopped)
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_refused_before_any_work(tmp_path: Path) -> None:
    def never(due: Sequence[str]) -> Iterator[Sheet]:
        raise AssertionError("nothing is to be made")

    (tmp_path / "out").write_text("a file")
    with pytest.raises(TargetError, match="is not a folder"):
        built(tmp_path / "out", make=never)
    assert (tmp_path / "out").read_text() == "a file"


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    built(tmp_path, ("sigmoid",))
    before = contents(tmp_path)
    (tmp_path / "sheets" / "relu.md").mkdir()
    with pytest.raises(TargetError, match="folder of that name"):
        built(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs a file system of its own")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        built(small / "out", ("sigmoid",))
        free = os.statvfs(small)
        (small / "other").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - 20_000))
        before = contents(small)
        with pytest.raises(TargetError, match="no space is left"):
            built(small / "out")
        assert contents(small) == before
        with pytest.raises(TargetError, match="no space is left"):
            built(small / "new" / "out")
        assert sorted(p.name for p in small.iterdir()) == ["other", "out"]
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        with pytest.raises(TargetError, match="the file system is read-only"):
            built(small / "out")
        assert contents(small) == before
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_the_key_covers_what_a_byte_may_depend_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = tmp_path / "mine"
    (user / "tex").mkdir(parents=True)
    (user / "tex" / "a.j2").write_text("a")
    catalog = tmp_path / "mine.toml"
    catalog.write_text("one")
    options = Options(templates=(user,))

    def key(chosen: Options = options, formats: Sequence[str] = SHEET_FORMATS) -> str:
        return common_key(chosen, formats, (catalog,))

    first = key()
    assert key() == first
    found = {first}
    for chosen in ({"language": "xx"}, {"pictures": False}, {"engine": "tex"}, {"templates": ()}):
        found.add(key(replace(options, **chosen)))
    found.add(key(formats=("tex",)))
    (user / "tex" / "a.j2").write_text("b")
    found.add(key())
    (user / "tex" / "a.j2").rename(user / "tex" / "b.j2")
    found.add(key())
    catalog.write_text("two")
    found.add(key())
    monkeypatch.setattr(stamp, "_version", lambda name: "0" if name == "sympy" else "1")
    found.add(key())
    copied = tmp_path / "builtin"
    shutil.copytree(builtin_templates(), copied)
    monkeypatch.setattr(stamp, "builtin_templates", lambda: copied)
    assert key() in found
    sentences = copied / "sentences" / "en" / "sheet.toml"
    sentences.write_text(sentences.read_text() + "\n")
    found.add(key())
    monkeypatch.setattr(stamp, "files", lambda name: tmp_path)
    found.add(key())
    assert len(found) == 12


def test_every_link_of_the_index_is_a_file_that_is_kept(tmp_path: Path) -> None:
    built(tmp_path)
    entries = [sheet(name)[0] for name in NAMES]
    assert all((tmp_path / link.url).is_file() for one in entries for link in links(one))
    with_pdf = replace(entries[0], files=(*entries[0].files, ("pdf", "sheets/sigmoid.pdf")))
    assert not [link for link in links(with_pdf) if link.url.endswith(".pdf")]
    document = index(entries)
    assert [section.id for section in document.sections] == ["activation", "vector"]
    assert any(isinstance(part, Link) for block in document.blocks() for part in block.rows[0][-1])  # type: ignore[union-attr]

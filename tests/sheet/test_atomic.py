from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from symderiv.errors import TargetError
from symderiv.sheet import atomic
from symderiv.sheet.atomic import write_file, write_files


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_are_written_with_line_feeds(tmp_path: Path) -> None:
    written = write_files(tmp_path / "out", {"a.tex": "α\n", "sub/b.md": "b\r\n"})
    assert [path.read_bytes() for path in written] == ["α\n".encode(), b"b\r\n"]
    assert names(tmp_path) == ["out/a.tex", "out/sub/b.md"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    old = tmp_path / "a"
    old.write_text("old")
    old.chmod(0o640)
    write_file(old, "new")
    assert old.read_text() == "new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_file(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "a", "old")
    calls = 0

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(TargetError, match="no space is left"):
        write_files(tmp_path, {"a": "new", "b": "new"})
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    for target in ({"a": ""}, {"sub/a": ""}):
        with pytest.raises(TargetError, match=r"is not a folder|a file, not a folder"):
            write_files(tmp_path / "out", target)


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(TargetError, match="a folder of that name is in the way"):
        write_files(tmp_path, {"a": "", "b": ""})
    assert names(tmp_path) == []


def test_an_unwritable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / ".a.1.part"))

    monkeypatch.setattr(atomic.tempfile, "mkstemp", refuse)
    with pytest.raises(TargetError, match="permission denied") as error:
        write_file(tmp_path / "a", "")
    assert error.value.message == f"cannot write to {tmp_path}: permission denied"


def test_dev_full_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        write_file(Path("/dev/full/x"), "x")


def test_a_failed_write_leaves_no_folder_that_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "there").mkdir()
    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(TargetError, match="no space is left"):
        write_files(tmp_path, {"there/new/deeper/a": "1", "other/b": "2"})
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["there"]


def test_a_folder_that_was_empty_before_stays(tmp_path: Path) -> None:
    (tmp_path / "old" / "a").mkdir(parents=True)
    with pytest.raises(TargetError, match="folder of that name"):
        write_files(tmp_path, {"old/b/c": "", "old/a": ""})
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["old", "old/a"]

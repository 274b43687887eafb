"""Files that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from symderiv.errors import TargetError

_REASONS = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "no space is left on the device",
    errno.EDQUOT: "the disk quota is used up",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EEXIST: "a file is in the way",
    errno.EISDIR: "a folder of that name is in the way",
    errno.ENAMETOOLONG: "the name is too long",
}


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Write `folder/name` for each name: first every file beside its place, then all are moved.

    Nothing is moved before all are written, so that a full disk leaves the folder as it was. Raises
    `TargetError`.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, text in contents.items():
            target = folder / name
            _make_folder(target.parent)
            if target.is_dir():
                raise TargetError(f"cannot write {target}: a folder of that name is in the way")
            waiting.append((_write_beside(target, text), target))
        for temporary, target in waiting:
            os.replace(temporary, target)
    except OSError as error:
        raise _explain(error, folder) from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(target for _, target in waiting)


def write_file(path: Path, text: str) -> Path:
    """Write one file whole or not at all. Raises `TargetError`."""
    return write_files(path.parent, {path.name: text})[0]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise TargetError(f"{folder} is not a folder", hint="name a folder, or move the file away") from error


def _write_beside(target: Path, content: str | bytes) -> Path:
    """A finished temporary file in the target's own folder, with the mode that a new file would get."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:32]}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _explain(error: OSError, folder: Path) -> TargetError:
    place = error.filename if isinstance(error.filename, str) else str(folder)
    shown = Path(place)
    if shown.name.startswith(".") and shown.suffix == ".part":
        shown = shown.parent
    reason = _REASONS.get(error.errno or 0, error.strerror or "it failed")
    return TargetError(f"cannot write to {shown}: {reason}", hint="choose another folder with -o")

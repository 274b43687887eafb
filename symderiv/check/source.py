"""`read_source`: the text of a file and what kind of file it is. Raises `SymderivError`."""

from __future__ import annotations

import sys
from pathlib import Path

from symderiv import limits
from symderiv.errors import LimitError, TargetError

_ENDINGS = {".tex": "tex", ".ltx": "tex", ".md": "md", ".markdown": "md", ".ipynb": "ipynb"}
STDIN = "-"


def read_source(file: str | Path) -> tuple[str, str]:
    """The text and its kind, "" where the name does not tell; "-" is stdin."""
    try:
        data = _bytes(file)
    except OSError as error:
        raise TargetError(f"{file} cannot be read: {error.strerror}") from error
    if len(data) > limits.MAX_FILE_BYTES:
        raise LimitError(f"{file} is larger than {limits.MAX_FILE_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TargetError(f"{file} is not UTF-8 text: byte {error.start}") from error
    return text.replace("\r\n", "\n"), _ENDINGS.get(Path(file).suffix.lower(), "")


def _bytes(file: str | Path) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1)
    with Path(file).open("rb") as stream:
        return stream.read(limits.MAX_FILE_BYTES + 1)

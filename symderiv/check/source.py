"""`read_source`: the text of a file and what kind of file it is. Raises `SymderivError`."""

from __future__ import annotations

import os
import select
import stat
import sys
from pathlib import Path

from symderiv import limits
from symderiv.errors import LimitError, TargetError

_ENDINGS = {".tex": "tex", ".ltx": "tex", ".md": "md", ".markdown": "md", ".ipynb": "ipynb"}
STDIN = "-"
_PATIENCE = 500
"""Milliseconds that a pipe may take to say that it has a writer."""


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
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe without a writer ends
    with os.fdopen(descriptor, "rb") as stream:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return stream.read(limits.MAX_FILE_BYTES + 1)
        os.set_blocking(descriptor, stat.S_ISFIFO(os.fstat(descriptor).st_mode) and _has_writer(descriptor))
        return stream.read(limits.MAX_FILE_BYTES + 1) or b""


def _has_writer(descriptor: int) -> bool:
    """Whether a process holds the other end of a pipe open."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    events = poll.poll(_PATIENCE)
    return not any(event & select.POLLHUP and not event & select.POLLIN for _, event in events)

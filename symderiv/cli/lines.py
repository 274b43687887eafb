"""Lines of a file or of standard input, each of bounded length, read as they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from symderiv import limits
from symderiv.errors import LimitError, TargetError

_LONGEST = 64 * 1024 * 1024
"""Bytes of a line that are passed over before the rest of the input is given up."""


def lines_of(source: str) -> Iterator[str]:
    """The lines of a file, or of stdin for `-`. What is not UTF-8 stays in the text and is refused later.

    A line beyond the limit is cut, so that whoever reads it refuses it. Raises `TargetError`.
    """
    try:
        with _opened(source) as stream:
            first = True
            while raw := stream.readline(limits.MAX_FILE_BYTES):
                if not raw.endswith(b"\n"):
                    _skip_line(stream)
                text = raw.decode("utf-8", "surrogateescape")
                yield text.removeprefix("\ufeff") if first else text
                first = False
    except OSError as error:
        raise TargetError(
            f"cannot read {source}: {error.strerror or error}", hint="give a file, or -"
        ) from error


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if source == "-" else Path(source).open("rb")


def _skip_line(stream: BinaryIO) -> None:
    for _ in range(_LONGEST // limits.MAX_FILE_BYTES):
        rest = stream.readline(limits.MAX_FILE_BYTES)
        if not rest or rest.endswith(b"\n"):
            return
    raise LimitError(f"a line of more than {_LONGEST:,} bytes", hint="one formula a line")

"""`check_document`: a document checked in a process that is killed when a step takes too long.

A step on which the process had to be killed, or died, is `undecided` with how `limit`; the others are
judged in a new process.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from symderiv import limits
from symderiv.check.report import CheckReport, Line
from symderiv.errors import InputError, LimitError

_START_SECONDS = 10.0


def check_document(
    source: str, *, file: str = "", kind: str = "", catalog: Sequence[str] = ()
) -> CheckReport:
    """The report on a document. Raises `SymderivError` where the file itself cannot be read."""
    limited: list[int] = []
    lines: dict[int, list[Line]] = {}
    allowance = limits.LINE_SECONDS
    for _ in range(limits.CHECK_RESTARTS + 1):
        request = {"source": source, "kind": kind, "catalog": list(catalog), "limited": limited}
        last = _run(request, lines, allowance)
        if last is None:
            return _report(file, lines)
        limited.append(last)
        allowance += limits.LINE_SECONDS
    note = "stopped: too many lines of this document ran into a limit"
    return _report(file, lines, note)


def _report(file: str, lines: dict[int, list[Line]], note: str = "") -> CheckReport:
    found = [line for step in sorted(lines) for line in lines[step]]
    if note:
        found.append(Line(0, 0, "", "", "undecided", "limit", notes=(note,)))
    return CheckReport(file, tuple(found))


def _run(request: dict[str, Any], lines: dict[int, list[Line]], allowance: float) -> int | None:
    """Take the answers of one process; the number of the step that it did not survive, or None."""
    process = _start()
    assert process.stdin is not None
    assert process.stdout is not None
    lines.clear()
    step = 0
    try:
        _send(process, request)
        reader = _Reader(process.stdout.fileno())
        wait = _START_SECONDS
        while True:
            answer = reader.line(wait)
            wait = allowance
            if answer is None:
                return step
            if "error" in answer:
                error = answer["error"]
                kind = LimitError if error["code"] == "limit" else InputError
                raise kind(error["message"], hint=error["hint"])
            if "done" in answer:
                return None
            if "step" in answer:
                if answer["line"] is not None:
                    lines.setdefault(answer["step"], []).append(Line.from_json(answer["line"]))
                step = answer["step"] + 1
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def _start() -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "symderiv.check.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _send(process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return  # the process has died: the reader finds nothing


class _Reader:
    """Lines of a pipe, with a clock."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.buffer = b""

    def line(self, seconds: float) -> dict[str, Any] | None:
        """The next answer, or None when the time is up or the pipe has closed."""
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.descriptor, selectors.EVENT_READ)
            while b"\n" not in self.buffer:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    return None
                piece = os.read(self.descriptor, 1 << 16)
                if not piece:
                    return None
                self.buffer += piece
        line, self.buffer = self.buffer.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

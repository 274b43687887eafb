"""The process in which a document is checked: under limits, and killable at any time.

One JSON request on stdin; on stdout one JSON line for each step, `{"step": n, "line": {...} | null}`,
and `{"done": true}` at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from symderiv import limits


def main() -> None:
    """Answer one request."""
    _confine()
    request: dict[str, Any] = json.loads(sys.stdin.readline())
    from symderiv.catalog import load
    from symderiv.check.checker import Checker
    from symderiv.check.document import read_document
    from symderiv.errors import SymderivError

    _say({"ready": True})
    try:
        document = read_document(request["source"], request["kind"])
        checker = Checker(document, load(*request["catalog"]), frozenset(request["limited"]), _clock())
        for step, line in checker.numbered():
            checker.clock(0.0)
            _say({"step": step, "line": line.as_json() | {"block": line.block} if line is not None else None})
    except SymderivError as error:
        _say({"error": {"code": error.code, "message": error.message, "hint": error.hint}})
        return
    _say({"done": True})


def _clock() -> Callable[[float], None]:
    """Ends a step by an exception once it has used that much processor time; 0 for no limit."""
    import signal

    from symderiv.check.desk import OutOfTimeError

    def ring(number: int, frame: object) -> None:
        raise OutOfTimeError

    if not hasattr(signal, "setitimer"):
        return lambda seconds: None
    signal.signal(signal.SIGPROF, ring)

    def wind(seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, seconds, 0.2 if seconds else 0.0)

    return wind


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _confine() -> None:
    """Memory and processor time; where the system has no such limits, the clock of the parent is left."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, limits.CHECK_MEMORY),
        (resource.RLIMIT_CPU, limits.CHECK_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, hard))


if __name__ == "__main__":
    main()

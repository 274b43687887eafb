"""SymPy's simplify in a process of its own: it gets a time limit, and is killed when it runs over.

The parent writes one JSON line a question, the worker answers with one line. The worker reads plain
notation with the same reader as everybody; nothing is evaluated. Its hash seed is fixed, so that the
same question takes the same way through simplify.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping

from symderiv import limits
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain

_START_SECONDS = 5.0
_MEMORY = 2 << 30
_running: list[subprocess.Popen[str]] = []


def simplifies_to_zero(
    left: Term, right: Term, seconds: float, assumptions: Mapping[str, str] | None = None
) -> bool:
    """Does simplify(left - right) answer 0 within the time?"""
    question = {"a": write_plain(left), "b": write_plain(right), "assume": dict(assumptions or {})}
    try:
        worker = _worker()
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(question) + "\n")
        worker.stdin.flush()
        answer = _line(worker, min(seconds, limits.SIMPLIFY_SECONDS))
    except OSError:
        answer = None
    if answer is None:
        stop()
    return answer == "zero"


def _worker() -> subprocess.Popen[str]:
    if _running and _running[0].poll() is None:
        return _running[0]
    _running.clear()
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "symderiv.prove.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    _running.append(worker)
    if _line(worker, _START_SECONDS) != "ready":
        stop()
        raise OSError("the worker did not start")
    return worker


def stop() -> None:
    """Kill the worker, if one runs."""
    while _running:
        worker = _running.pop()
        worker.kill()
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            if stream is not None:
                stream.close()


atexit.register(stop)


def _line(worker: subprocess.Popen[str], seconds: float) -> str | None:
    """One line of the worker's answer, or None if it takes longer."""
    assert worker.stdout is not None
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        if not selector.select(max(deadline - time.monotonic(), 0.0)):
            return None
    return worker.stdout.readline().strip() or None


def _answer(question: dict[str, object]) -> str:
    import sympy

    from symderiv.meaning import to_sympy

    assume = question["assume"]
    assert isinstance(assume, dict)
    gap = to_sympy(read_plain(str(question["a"]))) - to_sympy(read_plain(str(question["b"])))
    known = {}
    for symbol in sorted(gap.free_symbols, key=str):
        word = assume.get(str(symbol), "real")
        known[symbol] = (
            sympy.Symbol(str(symbol), real=True)
            if word == "real"
            else sympy.Symbol(str(symbol), real=True, **{word: True})
        )
    gap = gap.subs(known)
    # The last rung: its zero counts only where balls agree at two points, and is labelled `simplify`.
    return "zero" if gap == 0 or sympy.simplify(gap) == 0 else "open"


def main() -> None:
    """Answer questions until the input ends."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import sympy  # noqa: F401  paid for once, before the first question

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except Exception:  # noqa: BLE001  simplify raises whatever it likes; none of it is an answer
            answer = "open"
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

r"""Hostile input: each case is answered within the time and the memory promised, and runs nothing.

    python benchmarks/hostile.py [NAME ...] [--seconds 2] [--megabytes 512] [--processor] [--json]

Every case is a fresh process, so a cold start is part of its time. `ok` says that the process ended by itself
in time, within the memory, without a traceback, with an exit code that the command line promises (0, 1 or 2),
and that the canary file, which several cases try to write, is not there. On a busy machine `--processor`
takes the processor time, that of all processes of a case, for its time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

CANARY = "canary-was-written"
_KILL = 10.0


@dataclass(frozen=True)
class Case:
    """`arguments` of the program and what it gets on stdin."""

    name: str
    arguments: tuple[str, ...]
    stdin: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """How one case ended."""

    name: str
    ok: bool
    seconds: float
    processor: float
    megabytes: float
    code: int
    said: str


def _document(folder: Path, name: str, content: bytes, ending: str = "tex") -> Case:
    path = folder / f"{name}.{ending}"
    path.write_bytes(content)
    return Case(f"check {name}", ("check", str(path)))


def _texts() -> Iterator[tuple[str, bytes]]:
    """Documents that are nothing but a hostile text."""
    touch = f"touch {CANARY}"
    python = f'__import__("os").system("{touch}")'
    yield "open-braces", b"$" + b"{" * 100_000 + b"$"
    yield "close-braces", b"$" + b"}" * 100_000 + b"$"
    yield "balanced-braces", b"$x = " + b"{" * 50_000 + b"x" + b"}" * 50_000 + b"$"
    yield "brackets", b"$y = " + b"(" * 30_000 + b"x" + b")" * 30_000 + b"$"
    yield "left-right", rb"\[ y = " + rb"\left(" * 8_000 + b"x" + rb"\right)" * 8_000 + rb" \]"
    yield "fractions", rb"\[ y = " + rb"\frac{1}{" * 5_000 + b"x" + b"}" * 5_000 + rb" \]"
    yield "boxes", rb"\[ y = " + rb"\boxed{" * 5_000 + b"x" + b"}" * 5_000 + rb" \]"
    yield "powers", b"$y = x" + b"^{x" * 5_000 + b"}" * 5_000 + b"$"
    yield "cases", rb"\[ y = " + rb"\begin{cases} 1 & " * 2_000 + rb"\end{cases}" * 2_000 + rb" \]"
    yield "environments", rb"\begin{align}" * 20_000
    yield "dollars", b"$" * 200_000
    yield "lone-dollars", b"$ x = 1\n\n" * 50_000
    yield "backslashes", b"\\" * 500_000
    yield "macro-loop", rb"\newcommand{\a}{\b}\newcommand{\b}{\a}" + b"\n$\\a = \\b$"
    yield (
        "macro-bomb",
        b"".join(rb"\newcommand{\m%c}{\m%c\m%c\m%c}" % ((97 + k, 98 + k, 98 + k, 98 + k)) for k in range(20))
        + b"\n$y = \\ma$",
    )
    yield (
        "many-macros",
        b"".join(b"\\newcommand{\\q%s}{x}\n" % (name.encode()) for name in _names(20_000)) + b"$y = \\qa$",
    )
    yield "def-loop", rb"\def\x{\x\x} $ y = \x $"
    yield "input", rb"\input{/etc/passwd} \include{/etc/shadow} $y = x$ \openin5=/etc/passwd $z = x^2$"
    yield "write18", f"\\immediate\\write18{{{touch}}} $y = \\write18{{{touch}}}$".encode()
    yield "python", f"$y = {python}$ $\\text{{{python}}} = 1$ $\\operatorname{{exec}}(1) = 2$".encode()
    template = "{{ cycler.__init__.__globals__.os.system('" + touch + "') }}"
    yield "jinja", f"$y = {template}$ {{% raw %}}".encode()
    yield "tower", b"$y = 9^{9^{9^{9^{9}}}}$ $9^{9^{9}} = 1$ $z = 10^{10^{10}} - 10^{10^{10}}$"
    yield "digits", b"$y = " + b"9" * 100_000 + b"$"
    yield "exponent", b"$(x+1)^{1000000} = x$ $(a+b+c+d)^{400} = 0$ $x^{-99999999999} = 1$"
    yield "long-sum", rb"$\sum_{k=1}^{1000000000} k = 1$ $\sum_{k=1}^{99999} k^{k} = 0$"
    yield "long-product", rb"$\prod_{k=1}^{1000000000} k = 1$"
    yield "high-derivative", rb"\[ \frac{d^{60}}{dx^{60}} \tanh(\tanh(\tanh x)) = 0 \]"
    yield "many-sides", b"$x" + b" = x" * 50_000 + b"$"
    yield "many-terms", b"$y = x" + b" + x" * 200_000 + b"$"
    yield "many-choices", b"$y = " + rb"\sin x y " * 300 + b"$"
    yield "ampersands", rb"\begin{align} " + b"& " * 100_000 + rb"\end{align}"
    yield "rows", rb"\begin{align} " + rb"x &= y \\ " * 20_000 + rb"\end{align}"
    yield "formulas-inline", b"\n".join(b"Let $y_{%d} = x^{%d} + 1$." % (k, k % 9) for k in range(20_000))
    yield "formulas-display", b"\n".join(b"$$ z_{%d} = \\sin(x) + %d $$" % (k, k) for k in range(20_000))
    yield "long-line", b"$y = x$ " + b"a b c " * 1_700_000
    yield "long-formula", b"$y = " + b"x + " * 2_500_000 + b"x$"
    yield "comments", b"% nothing\n" * 300_000
    yield "html-comments", b"<!--" * 100_000
    yield "fences", b"```\n" * 100_000
    yield "tags", b"$ y = x " + rb"\tag{" * 30_000 + b"$"
    yield "texts", b"$ y = x " + rb"\text{ if " * 10_000 + b"$"
    yield "nul", b"$y\x00 = x$ \x00\x00 $z = \x00$"
    yield "control", bytes(range(32)) * 50 + b"$y = x$"
    yield "bom", b"\xef\xbb\xbf$y = x^2$"
    yield "crlf", b"$$\r\ny = x\r\n$$\r\n\r\n$z = y$\r\n"
    yield "utf-16", "$y = x^2$".encode("utf-16")
    yield "utf-32", "$y = x^2$".encode("utf-32")
    yield "latin-1", "$y = x^2$ größer".encode("latin-1")
    yield "half-utf-8", b"$y = x^2$ \xc3"
    yield "combining", ("$y" + "\u0301" * 20_000 + " = x$").encode()
    yield "right-to-left", "$y = \u202e x - 1 \u202c$ $\u05d0 = \u05d1$".encode()
    yield "look-alikes", "$\u0445 = x$ $\u0430 = a$".encode()
    yield "empty", b""
    yield "blank", b" \n\t\n" * 1000
    yield "random", b"".join(((k * 7919 + 13) % 65_521).to_bytes(2, "little") for k in range(100_000))
    yield "regex", b"\\text" * 50_000 + b"{" + b" " * 100_000 + b"$"
    yield "spaces", b"$y = " + b" " * 900_000 + b"x$"


def _names(count: int) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for k in range(count):
        yield letters[k % 26] + letters[k // 26 % 26] + letters[k // 676 % 26] + letters[k // 17576 % 26]


def _notebooks() -> Iterator[tuple[str, bytes]]:
    cell = {"cell_type": "markdown", "source": ["$y = x^2$"]}
    code = {"cell_type": "code", "source": [f"open('{CANARY}', 'w')"], "outputs": []}
    yield "code", json.dumps({"cells": [code, cell], "nbformat": 4}).encode()
    yield "broken-json", b'{"cells": [{"cell_type": "markdown", '
    yield "deep-json", b'{"cells": ' + b"[" * 200_000
    yield "wrong-shape", b'{"cells": {"a": 1}}'
    yield "wrong-source", b'{"cells": [{"cell_type": "markdown", "source": 7}, 5, null]}'
    yield "huge-number", b'{"cells": [], "x": ' + b"9" * 1_000_000 + b"}"
    yield (
        "huge-output",
        json.dumps(
            {"cells": [cell, {**code, "outputs": [{"text": "x" * 3_000_000}]}], "nbformat": 4}
        ).encode(),
    )
    yield "many-cells", json.dumps({"cells": [cell] * 20_000, "nbformat": 4}).encode()
    yield "long-cell", json.dumps({"cells": [{**cell, "source": "\n".join(["a b"] * 200_000)}]}).encode()
    yield "pickle", b"\x80\x04\x95cos\nsystem\n(S'touch " + CANARY.encode() + b"'\ntR."


def _files(folder: Path) -> Iterator[Case]:
    """What is no file, or not to be read."""
    yield Case("check directory", ("check", str(folder)))
    yield Case("check missing", ("check", str(folder / "missing.tex")))
    yield Case("check dev-zero", ("check", "/dev/zero"))
    yield Case("check dev-random", ("check", "/dev/urandom"))
    yield Case("read dev-zero", ("read", "--jsonl", "/dev/zero"))
    fifo = folder / "fifo"
    os.mkfifo(fifo)
    yield Case("check fifo", ("check", str(fifo)))
    zero, loop, forbidden = folder / "zero.tex", folder / "loop.tex", folder / "forbidden.tex"
    zero.symlink_to("/dev/zero")
    loop.symlink_to(loop)
    forbidden.write_text("$y = x$")
    forbidden.chmod(0)
    yield Case("check link-to-zero", ("check", str(zero)))
    yield Case("check link-to-itself", ("check", str(loop)))
    yield Case("check forbidden", ("check", str(forbidden)))
    (folder / "huge.tex").open("wb").truncate(3_000_000_000)
    yield Case("check sparse-3-gb", ("check", str(folder / "huge.tex")))
    yield Case("check stdin-zero", ("check", "-"), b"\x00" * 20_000_000)
    yield Case("check name-with-newline", ("check", "a\nb\x1b[31m.tex"))
    yield Case("check long-name", ("check", "a" * 5_000))


def _formulas() -> Iterator[Case]:
    """Lines for the batch reader."""
    lines = [
        json.dumps({"id": 1, "latex": "{" * 60_000}),
        json.dumps({"id": 2, "latex": "9" * 60_000}),
        json.dumps({"id": 3, "latex": "\\frac" * 10_000}),
        json.dumps({"id": 4, "latex": "x" * 200_000}),
        json.dumps({"id": 5, "latex": "\ud800"}),
        json.dumps({"id": 6, "latex": "x^{" * 20_000}),
        '{"id": 7, "latex": ' + "[" * 100_000,
        '{"id": ' + "9" * 100_000 + ', "latex": "x"}',
        "null",
        "",
        '{"id": 8, "latex": "x", "functions": {"a": 1}}',
        json.dumps({"id": 9, "latex": "\\sin x y " * 200}),
        json.dumps({"id": 10, "latex": "x^T " * 300}),
        json.dumps({"id": 11, "latex": "f(" * 900 + "x" + ")" * 900}),
        json.dumps({"id": 12, "latex": "||" * 900}),
        json.dumps({"id": 13, "latex": "\\left." * 60}),
    ]
    yield Case("read lines", ("read", "--jsonl", "-"), "\n".join(lines).encode("utf-8", "surrogatepass"))
    yield Case("read one-long-line", ("read", "--jsonl", "-"), b'{"latex": "' + b"x" * 10_000_000)
    yield Case("read argument", ("read", "--latex", "{" * 100_000))
    yield Case("prove argument", ("prove", "(" * 50_000, "1"))


def cases(folder: Path) -> Iterator[Case]:
    """All of them."""
    for name, content in _texts():
        yield _document(folder, name, content)
    for name, content in _notebooks():
        yield _document(folder, f"notebook-{name}", content, "ipynb")
    yield from _files(folder)
    yield from _formulas()


def run(case: Case, folder: Path, seconds: float, megabytes: float, *, by_processor: bool = False) -> Outcome:
    """One case, in a process of its own."""
    root = str(Path(__file__).parent.parent)
    started = time.monotonic()
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as output:
        stdin.write(case.stdin)
        stdin.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "symderiv", *case.arguments],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": root},
        )
        code, peak, processor = _wait(process)
        spent = time.monotonic() - started
        output.seek(0)
        said = output.read(20_000).decode("utf-8", "replace")
    clean = "Traceback" not in said and not (folder / CANARY).exists()
    taken = processor if by_processor else spent
    ok = clean and code in {0, 1, 2} and taken <= seconds and peak <= megabytes
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
    times = round(spent, 2), round(processor, 2)
    return Outcome(case.name, ok, *times, round(peak, 1), code, last[:90])


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
    """The exit code, the peak of resident memory in megabytes, and the processor time, children included."""
    deadline = time.monotonic() + _KILL
    pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    while not pid and time.monotonic() < deadline:
        time.sleep(0.01)
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    if not pid:
        process.kill()
        pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def _shown(outcome: Outcome) -> str:
    mark = "ok  " if outcome.ok else "FAIL"
    used = f"{outcome.seconds:6.2f} s, processor {outcome.processor:5.2f} s {outcome.megabytes:6.1f} MB"
    return f"{mark} {used}  rc {outcome.code:3d}  {outcome.name}: {outcome.said}"


def _total(outcomes: list[Outcome]) -> str:
    slowest = max((outcome.seconds for outcome in outcomes), default=0.0)
    busiest = max((outcome.processor for outcome in outcomes), default=0.0)
    largest = max((outcome.megabytes for outcome in outcomes), default=0.0)
    good = sum(outcome.ok for outcome in outcomes)
    times = f"slowest {slowest} s, most processor time {busiest} s"
    return f"{good} of {len(outcomes)} ok, {times}, largest {largest} MB"


def main() -> int:
    """Run the cases whose name holds one of the given words, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--megabytes", type=float, default=512.0)
    parser.add_argument("--processor", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [c for c in cases(folder) if not options.names or any(n in c.name for n in options.names)]
        outcomes = []
        for case in chosen:
            found = run(case, folder, options.seconds, options.megabytes, by_processor=options.processor)
            outcomes.append(found)
            print(json.dumps(asdict(found)) if options.json else _shown(found), flush=True)
    if not options.json:
        print(_total(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())

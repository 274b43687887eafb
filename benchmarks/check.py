"""How well hand derivations are checked: slips made on purpose, harmless edits, and the time of a line.

    python -m benchmarks.check [--per-slip N] [--show]

Every wrong line is wrong for certain: its two sides are far apart at a point, in rigorous balls. For each
kind of slip: how many wrong lines are called right (`passed`) or left open, how many first wrong lines
are found, and whether the slip is named rightly, by another name, or not at all.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.mistakes import EDITS, SITES, Hand, edited, rewritten
from benchmarks.wrong_pages import Page, figures, indexed, networks
from symderiv.api import derive
from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.report import CheckReport
from symderiv.field.resolve import Resolver
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, diff, sym
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.prove.balls import value

CATALOG = load()
STYLE = LatexStyle(functions=CATALOG.latex())
X = sym("x")
BODIES = (
    "sin(3*x**2)", "exp(-x**2)", "log(1 + x**2)", "x**2*exp(x)", "x*sin(x)", "x/(1 + x**2)",
    "tanh(2*x + 1)", "sigmoid(w*x + b)", "cos(x**3)", "sqrt(1 + x**2)", "(3*x - 1)**4", "exp(x)/(1 + exp(x))",
    "1/(1 + exp(-x))", "sin(x)*cos(x)", "log(cos(x))", "x**2/(x + 1)", "a*exp(-b*x)", "(x**2 + 1)**3*x",
    "tanh(x)*x", "sigmoid(x)**2", "exp(sin(x))", "log(x)/x", "1/(2 + cos(x))", "softplus(3*x)",
    "(exp(x) - exp(-x))/(exp(x) + exp(-x))", "x**3 - 4*x**2 + 2*x", "a*x**2 + b*x", "tanh(x)**3",
    "x*sigmoid(2*x)", "sin(x)**2", "sqrt(x)*exp(x)", "(2*x + 3)/(x - 1)", "exp(-a*x)*sin(b*x)",
    "(y - sigmoid(x))**2/2", "log(sigmoid(x))", "x**2*log(x)", "1/x**2", "exp(x)*x**3", "sigmoid(x)*tanh(x)",
)  # fmt: skip
TARGETS = ("sigmoid", "tanh", "swish", "softplus", "mish", "gelu", "logcosh", "x/(1 + x**2)", "exp(-exp(-x))")


@dataclass(frozen=True, slots=True)
class Case:
    """A document, the line that goes wrong (None: nothing does), the slip, and others that it could be."""

    slip: str
    text: str
    line: int | None
    also: tuple[str, ...] = ()
    kind: str = "tex"


def differ(left: Term, right: Term) -> bool:
    """Whether the two sides are apart at some point where both have a value."""
    resolver = Resolver(CATALOG.unfold)
    a, b = resolver.resolve(left), resolver.resolve(right)
    names = sorted(a.free_symbols() | b.free_symbols())
    for start in (Fraction(3, 7), Fraction(5, 3), Fraction(11, 4)):
        point = {name: start + Fraction(k, 5) for k, name in enumerate(names)}
        x, y = value(a, point), value(b, point)
        if x is not None and y is not None and abs(x - y) > abs(x) * Fraction(1, 10**9).__float__():
            return True
    return False


def latex(term: Term) -> str:
    """The formula as the sheets set it."""
    return write_latex(term, STYLE)


def written(
    slip: str, lines: list[Term], wrong: int | None, head: str = "", also: Iterable[str] = ()
) -> Case:
    """One `align`, a line for each term."""
    rows = [f"{latex(lines[0])} &= {latex(lines[1])}", *(f"&= {latex(term)}" for term in lines[2:])]
    text = f"${head}$\n\\begin{{align}}\n" + " \\\\\n".join(rows) + "\n\\end{align}\n"
    return Case(slip, text, None if wrong is None else wrong + 3, tuple(also))


def by_hand(per_slip: int) -> Iterator[Case]:
    """Derivatives by the rules, with a slip in one of them."""
    for slip in SITES:
        found: list[Case] = []
        for body in map(read_plain, BODIES):
            for site in range(4):
                hand = Hand(X, slip, site)
                wrong = hand.of(body)
                if hand.made and differ(diff(body, X), wrong):
                    also = [other for other in SITES if other != slip and wrong in _slipped(body, other)]
                    found.append(written(slip, [diff(body, X), wrong], 0, also=also))
        yield from _some(found, per_slip, slip)


def _slipped(body: Term, slip: str) -> list[Term]:
    """All that this slip makes of a derivative: two slips may look the same."""
    return [Hand(X, slip, site).of(body) for site in range(6)]


def _some(found: list[Case], count: int, seed: str) -> list[Case]:
    rng = random.Random(zlib.crc32(seed.encode()))
    return found if len(found) <= count else rng.sample(found, count)


def chains() -> Iterator[tuple[str, list[Term]]]:
    """A definition, and the lines of every route that symderiv takes."""
    for target in TARGETS:
        found = derive(target, routes=["all"])
        named = CATALOG.find(target) is not None
        head = "" if named else f"{latex(found.routes[0].start.args[0])} = {latex(found.definition)}"
        for route in found.routes:
            yield head, [route.start, *(step.after for step in route.steps)]


def copied(per_slip: int) -> Iterator[Case]:
    """Whole derivations with one line copied wrongly; what follows goes on from the right line."""
    routes = list(chains())
    for slip in EDITS:
        rng = random.Random(zlib.crc32(f"copied {slip}".encode()))
        count = 0
        for _ in range(40 * per_slip):
            head, chosen = rng.choice(routes)
            lines = list(chosen)
            place = rng.randrange(1, len(lines))
            wrong = edited(lines[place], slip, rng)
            if wrong is None or not differ(lines[place - 1], wrong):
                continue
            lines[place] = wrong
            yield written(slip, lines, place - 1, head)
            count += 1
            if count == per_slip:
                break


def right() -> Iterator[Case]:
    """Nothing is wrong."""
    for body in map(read_plain, BODIES):
        yield written("none", [diff(body, X), Hand(X).of(body)], None)
    for head, lines in chains():
        yield written("none", lines, None, head)


def harmless(turns: int) -> Iterator[Case]:
    """Right derivations with every line in other words."""
    rng = random.Random(3)
    for head, lines in chains():
        for _ in range(turns):
            yield written("rewritten", [lines[0], *(rewritten(term, rng) for term in lines[1:])], None, head)
    for body in map(read_plain, BODIES):
        yield written("rewritten", [diff(body, X), rewritten(Hand(X).of(body), rng)], None)


def on_pages(pages: Iterable[Page]) -> Iterator[Case]:
    """Whole pages; of several names for one slip the first is the usual one."""
    for page in pages:
        slips = page.slips or ("none",)
        yield Case(slips[0], page.text, page.line, slips[1:], "md")


def measure(title: str, cases: list[Case], *, show: bool) -> None:
    """A row for every slip."""
    rows: dict[str, Counter[str]] = {}
    confusions: Counter[tuple[str, str]] = Counter()
    steps, spent = 0, 0.0
    for case in cases:
        started = time.process_time()
        report = check_text(case.text, CATALOG, kind=case.kind)
        spent += time.process_time() - started
        steps += len(report.lines)
        row = rows.setdefault(case.slip, Counter())
        row["cases"] += 1
        _judge(case, report, row, confusions, show=show)
    columns = ("cases", "found", "passed", "open", "blamed", "right", "other", "none")
    print(f"{title:28s}" + "".join(f"{name:>8s}" for name in columns))
    for slip, row in rows.items():
        print(f"{slip:28s}" + "".join(f"{row[name]:8d}" for name in columns))
    print(f"{steps} lines, {steps / spent:.0f} a second of processor time")
    for (made, named), count in sorted(confusions.items()):
        print(f"  {made} called {named}: {count}")


def _judge(
    case: Case, report: CheckReport, row: Counter[str], confusions: Counter[tuple[str, str]], *, show: bool
) -> None:
    here = [line.verdict for line in report.lines if line.line == case.line]
    if case.line is None:
        row["blamed"] += any(line.verdict == "refuted" for line in report.lines)
    elif "refuted" not in here:
        open_ = {"undecided", "unread"} & set(here)
        row["open" if open_ or not here else "passed"] += 1
    if case.line is None:
        row["open"] += any(line.verdict in {"undecided", "unread"} for line in report.lines)
        if show:
            for line in report.lines:
                if line.verdict in {"refuted", "undecided", "unread"}:
                    print("RIGHT BUT", line.verdict, line.how, line.read)
        return
    first = report.first_wrong
    blamed = report.lines[first] if first is not None else None
    row["found"] += blamed is not None and blamed.line == case.line
    named = blamed.diagnosis.id if blamed is not None and blamed.diagnosis is not None else "none"
    fits = named == case.slip or named in case.also
    row["right" if fits else "none" if named == "none" else "other"] += 1
    if not fits:
        confusions[case.slip, named] += 1
        if show and blamed is not None:
            fix = blamed.diagnosis.fix if blamed.diagnosis else ""
            print(f"{case.slip} called {named}: {blamed.read}   instead {fix}")


def main() -> None:
    """All tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--per-slip", type=int, default=25, help="cases for each kind of slip")
    parser.add_argument("--show", action="store_true", help="print what is named otherwise")
    options = parser.parse_args()
    measure("right", list(right()), show=options.show)
    measure("right, in other words", list(harmless(2)), show=options.show)
    measure("slips of calculus", list(by_hand(options.per_slip)), show=options.show)
    measure("networks", list(on_pages(networks(9 * options.per_slip // 3))), show=options.show)
    measure("indices", list(on_pages(indexed())), show=options.show)
    measure("figures", list(on_pages(figures(4 * options.per_slip // 3))), show=options.show)
    measure("slips of copying", list(copied(options.per_slip)), show=options.show)


if __name__ == "__main__":
    main()

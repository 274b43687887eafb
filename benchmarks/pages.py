"""How long pages take: `python benchmarks/pages.py [NAME ...]`.

For each function: processor time to derive it, to compose its page (pictures included), and to write each
format, all after the imports. What the PDF takes by TeX is the time of TeX itself.
"""

from __future__ import annotations

import resource
import sys

from symderiv import api
from symderiv.catalog import load
from symderiv.sheet.compose import compose
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.gallery import GALLERY_FORMATS
from symderiv.sheet.typesetting import installed

NAMES = ("sigmoid", "tanh", "softmax", "swish")


def spent() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(name: str) -> dict[str, float]:
    """Seconds for each part."""
    found: dict[str, float] = {}
    before = spent()
    subject = api.subject(name, catalog=load())
    found["derive"] = spent() - before
    before = spent()
    compose(subject)
    found["compose"] = spent() - before
    for chosen in (one for one in GALLERY_FORMATS if one != "pdf"):
        before = spent()
        find_format(chosen).render(subject, Options())
        found[chosen] = spent() - before
    for engine in installed():
        before = spent()
        find_format("pdf").render(subject, Options(engine=engine.name))
        found[f"pdf by {engine.name}"] = spent() - before
    return found


def main() -> None:
    """A line for each function; the first is warm-up for what is imported late."""
    names = sys.argv[1:] or list(NAMES)
    measure(names[0])
    for name in names:
        parts = measure(name)
        print(name, ", ".join(f"{part} {seconds:.2f}" for part, seconds in parts.items()))


if __name__ == "__main__":
    main()

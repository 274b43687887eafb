"""What goes to the terminal: results on stdout, notes on stderr, colour only where it is wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TextIO


class Color(StrEnum):
    """When to colour: `auto` looks at the terminal and NO_COLOR."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_choice = Color.AUTO


def choose_color(value: Color) -> Color:
    """Keep the choice for this run (`auto` leaves an earlier choice alone)."""
    global _choice  # noqa: PLW0603  one choice for the whole process, made while options are read
    if value is not Color.AUTO:
        _choice = value
    return value


def reset_color() -> None:
    """Forget the choice of an earlier run in the same process."""
    global _choice  # noqa: PLW0603  as above
    _choice = Color.AUTO


def is_colored(stream: TextIO) -> bool:
    """True if text on the stream is to be coloured."""
    if _choice is not Color.AUTO:
        return _choice is Color.ALWAYS
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: str, styles: Mapping[str, str] | None = None, *, stream: TextIO | None = None) -> None:
    """Write text and one line break; `styles` maps regular expressions to rich styles."""
    stream = sys.stdout if stream is None else stream
    if not styles or not is_colored(stream):
        stream.write(text.removesuffix("\n") + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    painted = Text(text.removesuffix("\n"))
    for pattern, style in styles.items():
        painted.highlight_regex(pattern, style)
    # is_colored has decided: neither NO_COLOR nor the kind of terminal is asked again.
    console = Console(
        file=stream,
        force_terminal=True,
        no_color=False,
        color_system="standard",
        highlight=False,
        soft_wrap=True,
    )
    console.print(painted)


def write_json(value: Mapping[str, Any]) -> None:
    """Write one JSON document, with the version of its shape in front."""
    import json

    write(json.dumps({"schema_version": 1, **value}, indent=2, ensure_ascii=False))


def note(text: str) -> None:
    """A remark that is not a result."""
    write(text, {r"(?s).+": "dim"}, stream=sys.stderr)


def progress(items: Iterable[str], total: int, verb: str) -> Iterator[str]:
    """Pass the items on; where stderr is a terminal and it takes more than a second, show a bar."""
    import time

    started = time.monotonic()
    bar: Any = None
    try:
        for position, item in enumerate(items):
            if bar is None and sys.stderr.isatty() and total > 1 and time.monotonic() - started > 1:
                bar, task = _bar(total)
            if bar is not None:
                bar.update(task, completed=position, description=f"{verb} {item}")
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _bar(total: int) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(file=sys.stderr, no_color=not is_colored(sys.stderr))
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    )
    bar.start()
    return bar, bar.add_task("", total=total)


def speaks_unicode(stream: TextIO) -> bool:
    """True if mathematical signs survive on the stream."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")

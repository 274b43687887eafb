"""`Entry`: what the index of a gallery says about one sheet, as plain data that a file can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term, equation
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Figure
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.json import total
from symderiv.sheet.sections.results import shown_form
from symderiv.sheet.subject import Subject

FOLDER = "sheets"


@dataclass(frozen=True, slots=True)
class Entry:
    """A function and its sheet. Formulas are in plain notation; `files` are (format, path from the index).

    `refuted` and `undecided` count the statements that are not proved, of `statements`; `preview` is the
    SVG of the sheet's first picture, empty where it has none.
    """

    name: str
    title: str
    family: str
    definition: str
    derivative: tuple[str, ...]
    steps: int
    proved: int
    statements: int
    refuted: int
    undecided: int
    letters: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    preview: str = ""
    preview_alt: str = ""

    @property
    def stated(self) -> Term:
        """f(x) = its definition; the definition alone where that is only another name."""
        return read_plain(self.definition)

    @property
    def shown(self) -> tuple[Term, ...]:
        """f'(x) = ..., as people remember it."""
        return tuple(read_plain(part) for part in self.derivative)


def entry(subject: Subject, formats: tuple[str, ...], options: Options) -> Entry:
    """The entry of a sheet that is written in these formats."""
    derivation = subject.derivation
    counted = total(derivation)
    found = [verdict.status for verdict in derivation.verdicts()]
    stated = equation(subject.applied, derivation.definition)
    figure = next((b for b in compose(subject, options).blocks() if isinstance(b, Figure)), None)
    return Entry(
        name=subject.name,
        title=derivation.title,
        family=derivation.record.family,
        definition=write_plain(derivation.definition if subject.is_primitive else stated),
        derivative=tuple(write_plain(part) for part in shown_form(subject) if isinstance(part, Term)),
        steps=int(str(counted["steps"])),
        proved=int(str(counted["proved"])),
        statements=len(found),
        refuted=found.count("refuted"),
        undecided=found.count("undecided"),
        letters=tuple(sorted(subject.functions().items())),
        files=tuple((one, f"{FOLDER}/{subject.name}{find_format(one).extension}") for one in formats),
        preview=figure.svg if figure else "",
        preview_alt=figure.alt if figure else "",
    )


def as_data(found: Entry) -> dict[str, object]:
    """The entry for a JSON file."""
    return asdict(found)


def from_data(data: Mapping[str, object]) -> Entry:
    """The entry that was kept. Raises `TypeError` or `ValueError` for anything else."""
    values = {field.name: _frozen(data[field.name]) for field in fields(Entry) if field.name in data}
    return Entry(**values)  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value

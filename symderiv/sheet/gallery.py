"""`build(outputs, subjects)`: the gallery: a sheet for each function in every format, and an index.

The same subjects give the same bytes: no dates, no versions, no machine in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from symderiv.errors import InputError
from symderiv.notation.term import equation
from symderiv.sheet.atomic import write_files
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Document, Link, Maths, Prose, Section, Table, Words
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.base import DEFAULT, Written
from symderiv.sheet.formats.json import total
from symderiv.sheet.formats.markdown import render_document
from symderiv.sheet.sections.results import shown_form
from symderiv.sheet.sentences import Sentences, listed, load_sentences, words
from symderiv.sheet.subject import Subject

SHEET_FORMATS = ("tex", "markdown", "json")
INDEX = "README.md"
FOLDER = "sheets"


def sheet_files(
    subject: Subject, formats: Sequence[str] = SHEET_FORMATS, options: Options = DEFAULT
) -> dict[str, Written]:
    """File name -> content, one for each format, and the pictures beside them."""
    found: dict[str, Written] = {}
    for name in formats:
        chosen = find_format(name)
        found[f"{subject.name}{chosen.extension}"] = chosen.render(subject, options)
        if chosen.pictures:
            found |= chosen.beside(compose(subject, options))
    return found


def document_files(
    document: Document, formats: Sequence[str], options: Options = DEFAULT
) -> dict[str, Written]:
    """The same for a page that is about no derivation. Formats that know only derivations are refused."""
    found: dict[str, Written] = {}
    for name in formats:
        chosen = find_format(name)
        if chosen.write is None:
            raise InputError(f"this page has no form in the format {name!r}")
        found[f"{document.name}{chosen.extension}"] = chosen.write(document, options)
        found |= chosen.beside(document)
    return found


def write_sheets(
    folder: Path,
    subjects: Iterable[Subject],
    formats: Sequence[str] = SHEET_FORMATS,
    options: Options = DEFAULT,
) -> tuple[Path, ...]:
    """Write sheets into a folder; nothing is written unless every sheet could be made."""
    contents: dict[str, Written] = {}
    for subject in subjects:
        contents |= sheet_files(subject, formats, options)
    return write_files(folder, contents)


def build(
    outputs: Path,
    subjects: Iterable[Subject],
    *,
    options: Options = DEFAULT,
    progress: Callable[[str], None] = lambda name: None,
) -> tuple[Path, ...]:
    """Write the gallery: `README.md`, and `sheets/NAME.tex`, `.md`, `.json` for each subject.

    `progress` is told each name when its sheet is done. Raises `TargetError`; a failure leaves the folder
    as it was.
    """
    contents: dict[str, Written] = {}
    made: list[Subject] = []
    for subject in subjects:
        for name, text in sheet_files(subject, options=options).items():
            contents[f"{FOLDER}/{name}"] = text
        made.append(subject)
        progress(subject.name)
    contents[INDEX] = render_document(index(made, options), options)
    return write_files(outputs, contents)


def index(subjects: Sequence[Subject], options: Options = DEFAULT) -> Document:
    """The index: a table for each family of functions."""
    sentences = load_sentences(options.language, options.templates)
    families = dict.fromkeys(subject.derivation.record.family for subject in subjects)
    sections = [
        Section(family, _family_title(sentences, family), (_table(sentences, subjects, family),))
        for family in families
    ]
    letters: dict[str, str] = {}
    for subject in subjects:
        letters |= subject.functions()
    return Document(
        "gallery",
        sentences.say("sheet.gallery.title"),
        sentences.say("sheet.gallery.intro"),
        tuple(sections),
        tuple(sorted(letters.items())),
        partial=True,  # functions of one variable are shown with primes
    )


def _family_title(sentences: Sentences, family: str) -> Prose:
    key = f"sheet.gallery.{family.replace(' ', '_')}"
    return sentences.say(key) if sentences.has(key) else words(family)


def _table(sentences: Sentences, subjects: Sequence[Subject], family: str) -> Table:
    head = [sentences.say(f"sheet.gallery.{key}") for key in ("function", "definition", "derivative")]
    head += [sentences.say("sheet.gallery.steps"), sentences.say("sheet.gallery.sheets")]
    chosen = [subject for subject in subjects if subject.derivation.record.family == family]
    return Table(tuple(head), tuple(_row(subject) for subject in chosen), "lllrl")


def _row(subject: Subject) -> tuple[Prose, ...]:
    derivation = subject.derivation
    counted = total(derivation)
    stated = equation(subject.applied, derivation.definition)
    return (
        words(derivation.title),
        (Maths((derivation.definition if subject.is_primitive else stated,)),),
        (Maths(shown_form(subject)),),
        (Words(f"{counted['proved']} of {counted['steps']}"),),
        _files(subject),
    )


def _files(subject: Subject) -> Prose:
    formats = [find_format(name) for name in SHEET_FORMATS]
    links = [(Link(f"{FOLDER}/{subject.name}{f.extension}", f.extension.lstrip(".")),) for f in formats]
    return listed(links)

"""`build(outputs, ...)`: the gallery: a sheet for each function in every format, and an index.

The same subjects give the same bytes: no dates, no versions, no machine in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from symderiv.errors import InputError, TargetError
from symderiv.sheet.atomic import remove_files, write_files
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Document, Items, Link, Maths, Paragraph, Prose, Section, Table
from symderiv.sheet.entry import FOLDER, Entry
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.base import DEFAULT, Written
from symderiv.sheet.formats.markdown import render_document
from symderiv.sheet.index_page import index_page
from symderiv.sheet.sentences import Sentences, formula_words, listed, load_sentences, words
from symderiv.sheet.stamp import (
    STAMP,
    Made,
    Part,
    Stamp,
    digest,
    file_digest,
    is_intact,
    read_stamp,
    sheet_key,
)
from symderiv.sheet.subject import Subject

SHEET_FORMATS = ("tex", "markdown", "json")
"""What is written where nobody asks for more: text, and nothing beyond the core is needed."""
GALLERY_FORMATS = ("markdown", "html", "tex", "pdf", "notebook", "json")
KEPT = frozenset({"markdown", "tex", "json"})
"""What the index in Markdown links to: the files that a repository keeps. The web page links to all."""
INDEX = "README.md"
WEB_INDEX = "index.html"


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


Sheet = tuple[Entry, Mapping[str, Written]]
"""The entry of a sheet, and its files by name."""
Maker = Callable[[Sequence[str]], Iterator[Sheet]]
"""Makes the sheets of these names, in their order."""
Parts = Mapping[str, Callable[[], Mapping[str, Written]]]
"""Folder -> what makes its pages, file by file: pages that are about no single function."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: every entry, the names made anew, files removed, and files left that are not ours."""

    entries: tuple[Entry, ...]
    made: tuple[str, ...]
    files: int
    removed: tuple[str, ...]
    left: tuple[str, ...]


def build(
    outputs: Path,
    names: Sequence[str],
    make: Maker,
    *,
    key: str,
    formats: Sequence[str] = SHEET_FORMATS,
    options: Options = DEFAULT,
    parts: Parts = MappingProxyType({}),
) -> Built:
    """Write the gallery: an index, `sheets/NAME.*` for each name, and the pages of each part in its folder.

    What is up to date stays.

    `key` stands for everything that a sheet depends on. A file of an earlier build that belongs to no sheet
    any more is removed, if it holds what was written. Raises `TargetError`; a failure leaves the folder as
    it was.
    """
    if outputs.exists() and not outputs.is_dir():
        raise TargetError(f"{outputs} is not a folder", hint="choose another folder with -o")
    old = read_stamp(outputs)
    sheets, due = _up_to_date(outputs, names, old, key)
    contents: dict[str, Written] = {}
    for name, (found, written) in zip(due, make(due), strict=True):
        files = {f"{FOLDER}/{file}": content for file, content in written.items()}
        contents |= files
        digests = tuple((path, digest(_bytes(content))) for path, content in files.items())
        sheets[name] = Made(sheet_key(key, name), found, digests)
    folders, pages_of_parts = _parts(outputs, parts, old, key)
    contents |= pages_of_parts
    sheets = {name: sheets[name] for name in names}
    entries = tuple(made.entry for made in sheets.values())
    pages = _index_pages(entries, folders, formats, options)
    stamp = Stamp(sheets, folders, {path: digest(_bytes(content)) for path, content in pages.items()})
    contents |= {
        path: text for path, text in pages.items() if file_digest(outputs / path) != stamp.files[path]
    }
    if contents or stamp != old:
        write_files(outputs, {**contents, STAMP: stamp.text()})
    removed, left = _clear(outputs, old, stamp)
    return Built(entries, tuple(due), len(stamp.all_files()), removed, left)


def _parts(outputs: Path, parts: Parts, old: Stamp, key: str) -> tuple[dict[str, Part], dict[str, Written]]:
    """Every part, and the files of those that had to be made again."""
    found: dict[str, Part] = {}
    contents: dict[str, Written] = {}
    for folder, make in parts.items():
        own, made = sheet_key(key, f"{folder}/"), old.parts.get(folder)
        if made is not None and made.key == own and is_intact(outputs, made.files):
            found[folder] = made
            continue
        files = {f"{folder}/{name}": content for name, content in make().items()}
        contents |= files
        found[folder] = Part(own, tuple((path, digest(_bytes(text))) for path, text in files.items()))
    return found, contents


def _up_to_date(
    outputs: Path, names: Sequence[str], old: Stamp, key: str
) -> tuple[dict[str, Made], tuple[str, ...]]:
    """The sheets that need no work, and the names of those that do."""
    kept: dict[str, Made] = {}
    for name in names:
        made = old.sheets.get(name)
        if made is not None and made.key == sheet_key(key, name) and is_intact(outputs, made.files):
            kept[name] = made
    return kept, tuple(name for name in names if name not in kept)


def _clear(outputs: Path, old: Stamp, new: Stamp) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove what an earlier build wrote and this one did not; what was changed since is left."""
    gone = {path: known for path, known in old.all_files().items() if path not in new.all_files()}
    ours = tuple(path for path, known in gone.items() if file_digest(outputs / path) == known)
    left = tuple(path for path in gone if path not in ours and (outputs / path).exists())
    remove_files(outputs, ours)
    return ours, left


def _bytes(content: Written) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _index_pages(
    entries: Sequence[Entry], parts: Mapping[str, Part], formats: Sequence[str], options: Options
) -> dict[str, Written]:
    """The index in Markdown, of what is kept, and as a web page, of everything."""
    document = index(entries, options)
    sentences = load_sentences(options.language, options.templates)
    note = Section("kept", (), (Paragraph(sentences.say("sheet.gallery.kept")),))
    more = (
        [Section("more", sentences.say("sheet.gallery.more"), (_links(sentences, parts),))] if parts else []
    )
    readme = replace(document, sections=(note, *document.sections, *more))
    found: dict[str, Written] = {INDEX: render_document(readme, options)}
    if "html" in formats:
        found[WEB_INDEX] = index_page(document, entries, options)
    return found


def _links(sentences: Sentences, parts: Mapping[str, Part]) -> Items:
    """Each part by the page that it opens with: its `README.md`, or its first page in Markdown."""
    found = []
    for folder, part in parts.items():
        pages = sorted(path for path, _ in part.files if path.endswith(".md"))
        first = next((path for path in pages if path.endswith(f"/{INDEX}")), pages[0])
        found.append(((Link(first, sentences.text(f"sheet.gallery.{folder}")),), ()))
    return Items(tuple(found))


def index(entries: Sequence[Entry], options: Options = DEFAULT) -> Document:
    """The index: a table for each family of functions."""
    sentences = load_sentences(options.language, options.templates)
    families = dict.fromkeys(entry.family for entry in entries)
    sections = [
        Section(
            family.replace(" ", "-"), family_title(sentences, family), (_table(sentences, entries, family),)
        )
        for family in families
    ]
    letters: dict[str, str] = {}
    for entry in entries:
        letters |= dict(entry.letters)
    return Document(
        "gallery",
        sentences.say("sheet.gallery.title"),
        sentences.say("sheet.gallery.intro"),
        tuple(sections),
        tuple(sorted(letters.items())),
        partial=True,  # functions of one variable are shown with primes
        language=options.language,
        words=formula_words(sentences),
    )


def family_title(sentences: Sentences, family: str) -> Prose:
    """What a family of functions is called."""
    key = f"sheet.gallery.{family.replace(' ', '_')}"
    return sentences.say(key) if sentences.has(key) else words(family)


def _table(sentences: Sentences, entries: Sequence[Entry], family: str) -> Table:
    head = [sentences.say(f"sheet.gallery.{key}") for key in ("function", "definition", "derivative")]
    head += [sentences.say("sheet.gallery.steps"), sentences.say("sheet.gallery.sheets")]
    rows = tuple(_row(sentences, entry) for entry in entries if entry.family == family)
    return Table(tuple(head), rows, "lllrl")


def _row(sentences: Sentences, entry: Entry) -> tuple[Prose, ...]:
    return (
        words(entry.title),
        (Maths((entry.stated,)),),
        (Maths(entry.shown),),
        sentences.say("sheet.gallery.count", proved=entry.proved, steps=entry.steps),
        listed([(link,) for link in links(entry)]),
    )


def links(entry: Entry) -> list[Link]:
    """The files of a sheet that are kept, each by its extension."""
    shown = [(name, path) for name, path in entry.files if name in KEPT]
    return [Link(path, find_format(name).extension.lstrip(".")) for name, path in shown]

"""`Stamp`: what a gallery was made from, so that only what changed is made again.

A sheet is made again unless its key is the one of the stamp and each of its files has the bytes that were
written. The key covers all that can change a byte: this program with its catalogue and templates, the
user's catalogues and templates, the options, the formats, and the versions of the packages underneath. The
whole catalogue is in every key, since any record may serve as a lemma on any sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from sys import version_info

from symderiv.errors import TargetError
from symderiv.sheet.entry import Entry, as_data, from_data
from symderiv.sheet.environment import builtin_templates
from symderiv.sheet.formats.base import Options

STAMP = ".symderiv-build.json"
"""The file beside the index that holds the stamp; it is no part of the gallery."""
VERSION = 2
PACKAGES = "sympy numpy scipy jinja2 markupsafe lark python-flint mpmath typst matplotlib nbformat".split()
"""What the bytes of some format may depend on."""


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet that was made: its entry, its key, and the digest of each of its files."""

    key: str
    entry: Entry
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of pages that was made: its key, and the digest of each of its files."""

    key: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Every sheet and part of a gallery by name, and the digests of the files that belong to neither."""

    sheets: Mapping[str, Made] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def all_files(self) -> dict[str, str]:
        """Path -> digest of every file of the gallery."""
        found = dict(self.files)
        for made in self.sheets.values():
            found |= dict(made.files)
        for part in self.parts.values():
            found |= dict(part.files)
        return found

    def text(self) -> str:
        """The stamp as a file."""
        data = {
            "schema_version": VERSION,
            "sheets": {
                name: {"key": made.key, "entry": as_data(made.entry), "files": dict(made.files)}
                for name, made in self.sheets.items()
            },
            "parts": {
                name: {"key": part.key, "files": dict(part.files)} for name, part in self.parts.items()
            },
            "files": dict(self.files),
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_stamp(folder: Path) -> Stamp:
    """The stamp of a gallery; an empty one where there is none, or none that can be read."""
    try:
        data = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        if data["schema_version"] != VERSION:
            return Stamp()
        sheets = {
            str(name): Made(str(one["key"]), from_data(one["entry"]), _pairs(one["files"]))
            for name, one in data["sheets"].items()
        }
        parts = {
            str(name): Part(str(one["key"]), _pairs(one["files"])) for name, one in data["parts"].items()
        }
        return Stamp(sheets, parts, dict(_pairs(data["files"])))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Stamp()


def _pairs(data: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(path), str(digest)) for path, digest in data.items())


def digest(content: bytes) -> str:
    """The digest of a file's content."""
    return sha256(content).hexdigest()


def is_intact(folder: Path, wanted: Iterable[tuple[str, str]]) -> bool:
    """Does each of these files hold what was written?"""
    return all(file_digest(folder / path) == known for path, known in wanted)


def file_digest(path: Path) -> str:
    """The digest of a file; empty where there is none."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def common_key(options: Options, formats: Sequence[str], catalogs: Sequence[Path] = ()) -> str:
    """The part of a key that every sheet shares. Raises `TargetError`."""
    package = Path(str(files("symderiv")))
    found = sha256(f"{VERSION} {tuple(version_info[:3])} {tuple(formats)}".encode())
    found.update(f"{options.language} {options.pictures} {options.engine}".encode())
    for name in PACKAGES:
        found.update(f"{name} {_version(name)}\n".encode())
    for folder in (package, builtin_templates(), *options.templates):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(_content(str(path.relative_to(folder)), path))
        found.update(b"\0")
    for path in catalogs:
        found.update(_content(path.name, path))
    return found.hexdigest()


def sheet_key(common: str, name: str) -> str:
    """The key of one sheet."""
    return sha256(f"{common} {name}".encode()).hexdigest()


def _content(name: str, path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TargetError(f"{path} cannot be read: {error.strerror}") from error
    return f"{name} {len(content)}\n".encode() + content


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"

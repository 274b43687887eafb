"""`Catalog`: the records by name, reading against them, and unfolding names to definitions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from symderiv.catalog.file import build, read_file
from symderiv.catalog.reading import read_formula
from symderiv.catalog.record import Record
from symderiv.errors import CatalogError
from symderiv.notation import names
from symderiv.notation.term import Term

_MAX_UNFOLDING = 32


class Catalog:
    """Records by name and alias. Immutable; two catalogues with the same records behave the same."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.name: record for record in records}
        self._aliases = {alias: record.name for record in self._records.values() for alias in record.aliases}
        self._unfolded: dict[Term, Term] = {}

    def names(self) -> tuple[str, ...]:
        """Names in the order of the files, aliases left out."""
        return tuple(self._records)

    def records(self) -> tuple[Record, ...]:
        """Every record, in the order of the files."""
        return tuple(self._records.values())

    def find(self, name: str) -> Record | None:
        """The record of that name or alias."""
        return self._records.get(self._aliases.get(name, name))

    def callables(self) -> frozenset[str]:
        """Every name and alias that plain text may call."""
        return frozenset(self._records) | frozenset(self._aliases)

    def with_record(self, record: Record) -> Catalog:
        """This catalogue and one record more (a record of the same name is replaced)."""
        return Catalog([*(r for r in self._records.values() if r.name != record.name), record])

    def read(self, text: str, *, functions: Collection[str] = (), symbols: Collection[str] = ()) -> Term:
        """Plain text to a Term; only built-in and catalogue functions, and `functions`, may be called."""
        return read_formula(text, self.callables(), functions=functions, symbols=symbols)

    def latex(self) -> dict[str, str]:
        """LaTeX letter of each function name and alias, for the LaTeX writer."""
        letters = {record.name: record.symbol for record in self._records.values() if record.symbol}
        letters |= {alias: letters[name] for alias, name in self._aliases.items() if name in letters}
        return letters

    def unfold(self, term: Term) -> Term:
        """Replace catalogue calls by their definitions until none is left.

        Functions that the notation knows by itself (tanh, sech, ...) stay, and so do calls with primes:
        what a derivative means is not a matter of notation.
        """
        found = self._unfolded.get(term)
        if found is None:
            found = term
            for _ in range(_MAX_UNFOLDING):
                previous, found = found, found.rebuild(self._definition)
                if previous == found:
                    break
            else:
                raise CatalogError("a definition refers to itself", hint="definitions must not be circular")
            self._unfolded[term] = found
        return found

    def _definition(self, node: Term) -> Term | None:
        target = node.args[0] if node.kind == "index" else node
        if target.kind != "call" or target.name in names.FUNCTIONS:
            return None
        record = self.find(target.name)
        return None if record is None else self._unfold_node(node, record)

    def _unfold_node(self, node: Term, record: Record) -> Term | None:
        def is_ours(candidate: Term) -> bool:
            return (
                candidate.kind == "call"
                and candidate.order == 0
                and len(candidate.args) == 1
                and self.find(candidate.name) is record
            )

        if record.is_vector:
            if node.kind == "index" and is_ours(node.args[0]) and len(node.args) == 2:
                return record.applied(node.args[0].args[0], node.args[1])
            return None
        return record.applied(node.args[0]) if is_ours(node) else None


@lru_cache(maxsize=16)
def _load(extra: tuple[str, ...], state: tuple[object, ...]) -> Catalog:
    tables: dict[str, dict[str, object]] = {}
    builtin = Path(str(files("symderiv.catalog")))
    for path in [*sorted(builtin.glob("*.toml")), *map(Path, extra)]:
        tables |= read_file(path)
    taken: dict[str, str] = {}
    for name, table in tables.items():
        aliases = table.get("aliases", ())
        for word in [name, *(aliases if isinstance(aliases, list) else ())]:
            if word in taken:
                raise CatalogError(f"[{name}]: the name {word!r} is already taken by [{taken[word]}]")
            taken[word] = name
    catalog = Catalog(build(name, table, frozenset(taken)) for name, table in tables.items())
    for record in catalog.records():
        catalog.unfold(record.definition)
    return catalog


def load(*extra_files: str | Path) -> Catalog:
    """The built-in catalogue, and the records of more files on top (same names replace)."""
    return _load(tuple(str(path) for path in extra_files), tuple(_state(Path(path)) for path in extra_files))


def _state(path: Path) -> object:
    """What changes when the file does: a catalogue that was edited is read again."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path.absolute(), found.st_mtime_ns, found.st_size, found.st_ino

"""`Definition`: what a document defines, and which letters that speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import UnsupportedError
from symderiv.notation.term import Term


class UnknownDependencyError(UnsupportedError):
    """The document does not say how one letter depends on another."""

    code = "unknown-dependency"


@dataclass(frozen=True, slots=True)
class Definition:
    """`name = body`, `name(parameters) = body` or `name_indices = body`."""

    name: str
    body: Term
    parameters: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    line: int = 0
    section: int = 0


def component(term: Term) -> str:
    """The name of an entry with a number for its index, such as a[1]; else ""."""
    if term.kind != "index":
        return ""
    base, *indices = term.args
    if base.kind != "symbol" or not all(index.kind == "number" for index in indices):
        return ""
    return f"{base.name}[{', '.join(index.name for index in indices)}]"


def mentioned(definition: Definition) -> list[str]:
    """The letters and functions that a definition speaks of, without those that it binds."""
    found = {node.name for node in definition.body.walk() if node.kind in {"symbol", "call"}}
    found |= {component(node) for node in definition.body.walk() if node.kind == "index"} - {""}
    return sorted(found - set(definition.parameters) - set(definition.indices))

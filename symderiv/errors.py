"""One root error: a code, a message, a hint, and the span of the text it speaks of.

Everything that a user can get wrong ends in a `SymderivError`; the command line prints it in one or
three lines and exits with 2. Nothing below `cli` prints.
"""

from __future__ import annotations

Span = tuple[int, int]


class SymderivError(Exception):
    """`message`, where it is (`span` into `source`), and what to do about it (`hint`).

    `code` is a stable kebab-case id for machines.
    """

    code = "error"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        span: Span | None = None,
        source: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span
        self.source = source
        if code is not None:
            self.code = code

    def located(self, source: str) -> SymderivError:
        """The same error, with the text that its span points into."""
        self.source = source
        return self


class ReadError(SymderivError):
    """The text is not a formula: where, and why."""

    code = "unreadable"


class UnknownNameError(SymderivError):
    """A function name that neither the notation nor the catalogue knows."""

    code = "unknown-name"


class LimitError(SymderivError):
    """A resource limit of `symderiv.limits` was reached."""

    code = "limit"


class UnsupportedError(SymderivError):
    """A well-formed formula outside the class that the exact engine covers."""

    code = "outside-class"


class CatalogError(SymderivError):
    """A catalogue file that breaks the record's format."""

    code = "catalog"


class InputError(SymderivError):
    """A request that does not fit: an unknown option, a variable that does not occur."""

    code = "input"


class TargetError(SymderivError):
    """A file or folder that cannot be read or written."""

    code = "target"


class TemplateError(SymderivError):
    """A template that is missing or broken, with file and line."""

    code = "template"


class MissingExtraError(SymderivError):
    """A package that is not part of the core; the hint is the command that installs it."""

    code = "missing-extra"


class TypesetError(SymderivError):
    """A page that TeX or Typst could not set: the first error, and where the page is kept."""

    code = "typesetting"


class NetworkError(SymderivError):
    """A network whose equations, sizes or values do not fit together."""

    code = "network"

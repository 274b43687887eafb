"""Where templates come from, and the Jinja2 environment of each format.

Search order, first hit wins: the user's folders, then the built-in templates. `builtin/NAME` always
names the original, so that a user's `tex/sheet.tex.j2` may extend `builtin/tex/sheet.tex.j2`.
What a template prints is escaped for its format unless the format itself made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from symderiv.errors import InputError, TargetError, TemplateError
from symderiv.notation.names import suggest

Escape = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The brackets of a template language; LaTeX needs its braces for itself."""

    variable: tuple[str, str] = ("{{", "}}")
    block: tuple[str, str] = ("{%", "%}")
    comment: tuple[str, str] = ("{#", "#}")


TEX_DELIMITERS = Delimiters(("<<", ">>"), ("<%", "%>"), ("<#", "#>"))


def builtin_templates() -> Path:
    """The built-in templates: packaged in a wheel, else the checkout's `templates/`."""
    packaged = Path(str(files("symderiv"))) / "_templates"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2] / "templates"
    if checkout.is_dir():
        return checkout
    raise TemplateError("the built-in templates are missing", hint="reinstall symderiv")


def template_folders(user: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders to search, the user's first. A folder that is not there is an error."""
    for folder in user:
        if not folder.is_dir():
            raise TargetError(f"{folder} is not a folder of templates")
    return (*user, builtin_templates())


@dataclass(frozen=True, slots=True)
class Template:
    """A template by its name in the search: the file that is used, and whether that is the built-in one."""

    name: str
    path: Path
    builtin: bool


def list_templates(user: Sequence[Path] = ()) -> tuple[Template, ...]:
    """Every template and file of sentences, the one that is used, by name."""
    found: dict[str, Template] = {}
    folders = template_folders(user)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(name, Template(name, path, folder is folders[-1]))
    return tuple(found[name] for name in sorted(found))


def builtin_template(name: str) -> Path:
    """The built-in file of that name. Raises `InputError`."""
    known = {template.name: template.path for template in list_templates()}
    if name not in known:
        hint = suggest(name, known) or "`symderiv templates list` names them"
        raise InputError(f"there is no template {name!r}", hint=hint)
    return known[name]


def make_environment(
    user: Sequence[Path] = (),
    *,
    delimiters: Delimiters = Delimiters(),
    escape: Escape = str,
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> jinja2.Environment:
    """An environment that escapes by `escape` whatever is not marked as finished.

    Undefined names are errors; block tags leave no blank lines behind.
    """
    folders = template_folders(user)
    original = jinja2.FileSystemLoader(folders[-1])
    searched: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(folder) for folder in folders[:-1]]
    environment = jinja2.Environment(
        variable_start_string=delimiters.variable[0],
        variable_end_string=delimiters.variable[1],
        block_start_string=delimiters.block[0],
        block_end_string=delimiters.block[1],
        comment_start_string=delimiters.comment[0],
        comment_end_string=delimiters.comment[1],
        loader=jinja2.ChoiceLoader([*searched, original, jinja2.PrefixLoader({"builtin": original})]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Markup is Jinja's word for "finished": `finalize` escapes the rest for this format, and the
        # HTML escape that autoescaping would add then finds nothing to do.
        autoescape=True,
        finalize=lambda value: _finish(value, escape),
    )
    environment.filters.update(filters or {})
    return environment


def _finish(value: object, escape: Escape) -> object:
    if isinstance(value, (Markup, jinja2.Undefined)):
        return value
    return Markup(escape(str(value)))


def render(environment: jinja2.Environment, name: str, values: Mapping[str, object]) -> str:
    """The text of a template. A missing or broken one is a `TemplateError` with file and line."""
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateNotFound as error:
        place = _place(environment, error)
        where = f"{place}: " if place else ""
        raise TemplateError(
            f"{where}there is no template {error.name!r}", hint=_where(environment)
        ) from error
    except jinja2.TemplateSyntaxError as error:
        source = error.filename or error.name or name
        raise TemplateError(f"{source}, line {error.lineno}: {error.message}") from error
    except (
        jinja2.TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
    ) as error:
        place = _place(environment, error)
        if place is None:
            raise
        raise TemplateError(f"{place}: {error}") from error
    except RecursionError as error:
        raise TemplateError(f"{name} includes or extends itself") from error


def _where(environment: jinja2.Environment) -> str:
    loader = environment.loader
    folders = [
        str(folder) for inner in getattr(loader, "loaders", ()) for folder in getattr(inner, "searchpath", ())
    ]
    return "searched in " + ", ".join(folders)


def _place(environment: jinja2.Environment, error: BaseException) -> str | None:
    """File and line of the innermost template in the traceback; None if a template has no part in it."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if "__jinja_template__" in trace.tb_frame.f_globals or _is_template(environment, filename):
            found = f"{filename}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _is_template(environment: jinja2.Environment, filename: str) -> bool:
    return any(
        Path(filename).is_relative_to(folder)
        for inner in getattr(environment.loader, "loaders", ())
        for folder in getattr(inner, "searchpath", ())
    )

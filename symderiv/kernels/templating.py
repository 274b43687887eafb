"""The template of exported modules: packaged in a wheel, else from the checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import jinja2

from symderiv.errors import TemplateError

NAME = "kernels/module.py.j2"


def module_template(name: str = NAME) -> jinja2.Template:
    """The template of a module. Raises `TemplateError` where it is missing."""
    folders = [
        Path(str(files("symderiv"))) / "_templates",
        Path(__file__).resolve().parents[2] / "templates",
    ]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    try:
        return environment.get_template(name)
    except jinja2.TemplateNotFound as error:
        raise TemplateError(f"the template {name} is missing", hint="reinstall symderiv") from error

"""`embedded(figure)`: the picture of a figure as part of a web page: named, described, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from markupsafe import Markup

from symderiv.errors import TargetError
from symderiv.sheet.document import Figure
from symderiv.sheet.escape import escape_html

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_REFUSED = frozenset({"script", "foreignObject", "metadata", "title", "desc", "a", "iframe", "image"})
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def embedded(figure: Figure) -> Markup:
    """The `svg` element. Its ids are made those of this figure, so that two pictures on a page do not mix.

    What a picture does not need is left out: scripts, handlers of events, links to elsewhere. Raises
    `TargetError` where the picture is no SVG.
    """
    if "<!ENTITY" in figure.svg:
        raise TargetError(f"the picture {figure.name!r} declares entities of its own")
    try:
        root = ElementTree.fromstring(figure.svg)
    except ElementTree.ParseError as error:
        raise TargetError(f"the picture {figure.name!r} is not SVG: {error}") from error
    prefix = f"figure-{_word(figure.name)}"
    label = f'<title id="{prefix}-title">{escape_html(figure.alt)}</title>'
    used = frozenset(_references(root))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
    attributes = {"role": "img", "aria-labelledby": f"{prefix}-title"}
    return Markup(_written(root, prefix, attributes, label))


def _references(root: ElementTree.Element) -> Iterator[str]:
    """The ids that something in the picture refers to."""
    for element in root.iter():
        for value in element.attrib.values():
            yield from _REFERENCE.findall(value)
            if value.startswith("#"):
                yield value[1:]


def _word(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)


def _written(element: ElementTree.Element, prefix: str, more: dict[str, str], label: str = "") -> str:
    tag = element.tag.removeprefix(_SVG)
    attributes = {name: value for name, value in map(_plain, element.attrib.items()) if name}
    attributes = {name: _own(name, value, prefix) for name, value in attributes.items()} | more
    inside = label + escape(element.text or "", quote=False)
    for child in element:
        name = str(child.tag).removeprefix(_SVG)
        if name not in _REFUSED and not name.startswith(("{", "<")):
            inside += _written(child, prefix, {})
        inside += escape(child.tail or "", quote=False)
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def _plain(attribute: tuple[str, str]) -> tuple[str, str]:
    """The attribute without its namespace; an empty name for what is left out."""
    name, value = attribute[0].replace(_XLINK, ""), attribute[1]
    refused = name.startswith(("{", "on")) or name in {"version", "type", "title", "show", "actuate", "role"}
    outside = name in {"href", "src"} and not value.startswith("#")
    return ("", "") if refused or outside else (name, value)


def _own(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return f"#{prefix}-{value[1:]}"
    return " ".join(_REFERENCE.sub(rf"url(#{prefix}-\1)", value).split())

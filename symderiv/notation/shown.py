"""`Shown`: values that show themselves in a notebook. How, is said by the layer that writes pages.

A value does not know pages, so that layer registers a face for its class: a function from the value to
texts by MIME type. Without one, a notebook shows the ordinary `repr`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Face = dict[str, str]
"""MIME type -> text."""

_FACES: dict[type, Callable[..., Face]] = {}
_Value = TypeVar("_Value")


class Shown:
    """The base of what shows itself; Jupyter calls `_repr_mimebundle_`."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Face:
        """The value's face, or nothing, so that the ordinary `repr` is shown."""
        face = _FACES.get(type(self))
        return {} if face is None else face(self)


def show_as(kind: type[_Value], face: Callable[[_Value], Face]) -> None:
    """From now on, values of that class have this face."""
    _FACES[kind] = face

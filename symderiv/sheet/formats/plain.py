"""The derivation in plain notation: any line can be given to `symderiv prove`."""

from __future__ import annotations

from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.formats.text import derivation_text
from symderiv.sheet.maths import PlainMaths
from symderiv.sheet.subject import Subject


def _render(subject: Subject, options: Options) -> str:
    return derivation_text(subject, options, PlainMaths())


FORMAT = Format("plain", ".txt", _render, whole=False)

r"""The drawing of a network as SVG for screens and as LaTeX for paper, in black and grey.

Computed values stand in solid boxes, parameters in dashed ones, given numbers in none. The LaTeX needs the
`picture` environment and `graphicx` only.
"""

from __future__ import annotations

from html import escape
from math import atan2, cos, degrees, hypot, sin
from unicodedata import lookup

from symderiv.notation.alphabet import GREEK, spell
from symderiv.sheet.backprop.scene import BOX_WIDTH, Box, Edge, Label, Scene

_SCALE = 4.0
"""SVG units in a millimetre."""
_MARGIN = 3.0
_FONT, _SMALL = 3.0, 2.5
_WIDEST = 160.0
_MARKS = {
    "hat": "\u0302",
    "bar": "\u0304",
    "tilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
"""Accents as combining signs."""


def svg(scene: Scene, title: str) -> str:
    """The drawing as a picture on its own."""
    width, height = scene.width + 2 * _MARGIN, scene.height + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width * _SCALE)} {_n(height * _SCALE)}" '
        f'width="{_n(width * _SCALE)}" height="{_n(height * _SCALE)}" role="img" '
        f'font-family="STIX Two Math, Cambria, Times New Roman, serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_n(width * _SCALE)}" height="{_n(height * _SCALE)}" fill="white"/>',
    ]
    frame = _Frame(height)
    parts += [frame.edge(edge) for edge in scene.edges]
    parts += [frame.box(box) for box in scene.boxes]
    parts += [frame.factor(edge) for edge in scene.edges]
    return "\n".join([*(part for part in parts if part), "</svg>"]) + "\n"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


class _Frame:
    """Millimetres from the lower left corner to SVG units from the upper left one."""

    def __init__(self, height: float) -> None:
        self.height = height

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x + _MARGIN) * _SCALE, (self.height - y - _MARGIN) * _SCALE

    def edge(self, edge: Edge) -> str:
        points = [self.at(*point) for point in edge.points]
        line = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        (x0, y0), (x1, y1) = points[-2:]
        angle = atan2(y1 - y0, x1 - x0)
        tips = [(x1 - 8 * cos(angle + turn), y1 - 8 * sin(angle + turn)) for turn in (0.35, -0.35)]
        head = " ".join(f"{_n(x)},{_n(y)}" for x, y in [(x1, y1), *tips])
        return (
            f'<polyline points="{line}" fill="none" stroke="#555" stroke-width="1.2"/>'
            f'<polygon points="{head}" fill="#555"/>'
        )

    def box(self, box: Box) -> str:
        x, y = self.at(box.x - BOX_WIDTH / 2, box.y + box.height / 2)
        style = {
            "computed": 'fill="#f2f2f2" stroke="black" stroke-width="1.6"',
            "parameter": 'fill="white" stroke="black" stroke-width="1.2" stroke-dasharray="5 3"',
            "given": 'fill="white" stroke="none"',
        }[box.kind]
        size = f'width="{_n(BOX_WIDTH * _SCALE)}" height="{_n(box.height * _SCALE)}"'
        parts = [f'<rect x="{_n(x)}" y="{_n(y)}" {size} rx="4" {style}/>']
        step = box.height / (len(box.lines) + 0.6)
        for number, line in enumerate(box.lines):
            middle = box.y + box.height / 2 - step * (number + 0.95)
            size_ = _FONT if number == 0 else _SMALL
            parts.append(self.text(line, box.x, middle, size_, italic=number == 0))
        return "".join(parts)

    def factor(self, edge: Edge) -> str:
        if edge.label is None:
            return ""
        x, y = label_place(edge)
        return self.text(edge.label, x, y + 0.6, _SMALL, italic=False, halo=True)

    def text(self, label: Label, x: float, y: float, size: float, *, italic: bool, halo: bool = False) -> str:
        at = self.at(x, y)
        style = ' font-style="italic"' if italic else ""
        style += ' stroke="white" stroke-width="4" paint-order="stroke"' if halo else ""
        length = min(size, 1.7 * BOX_WIDTH / max(len(label.plain), 1))
        shown = letters(label.plain) if italic else escape(label.plain)
        return (
            f'<text x="{_n(at[0])}" y="{_n(at[1])}" font-size="{_n(length * _SCALE)}" text-anchor="middle"'
            f"{style}>{shown}</text>"
        )


def letters(name: str) -> str:
    """A name in SVG text: w_1__2 as w with 1 below and (2) above, alpha as α, hat_y as ŷ."""
    spelling = spell(name)
    if spelling is None:
        return escape(name)
    base = _greek(spelling.base) + "".join(_MARKS.get(accent, "") for accent in spelling.accents)
    below = ",".join(map(_greek, spelling.subscripts))
    above = f"({','.join(spelling.mark.split('_'))})" if spelling.mark else ""
    text = escape(base)
    for part, shift in ((below, 0.25), (above, -0.45)):
        if part:
            text += f'<tspan dy="{shift}em" font-size="70%">{escape(part)}</tspan>'
            text += f'<tspan dy="{-0.7 * shift:.3f}em">&#8203;</tspan>'
    return text


def _greek(word: str) -> str:
    """α for alpha; other words as they are."""
    case = "CAPITAL" if word[:1].isupper() else "SMALL"
    name = "LAMDA" if word.lower() == "lambda" else word.upper()
    try:
        return lookup(f"GREEK {case} LETTER {name}") if word in GREEK else word
    except KeyError:
        return word


def label_place(edge: Edge) -> tuple[float, float]:
    """The middle of the last piece of an edge."""
    (x0, y0), (x1, y1) = edge.points[-2:]
    return (x0 + x1) / 2, (y0 + y1) / 2


def picture(scene: Scene) -> str:
    """The drawing as LaTeX."""
    lines = [rf"\begin{{picture}}({_n(scene.width)},{_n(scene.height)})"]
    lines += [piece for edge in scene.edges for piece in _tex_edge(edge)]
    lines += [piece for box in scene.boxes for piece in _tex_box(box)]
    for edge in scene.edges:
        if edge.label is not None:
            x, y = label_place(edge)
            lines.append(_centred(x, y, rf"\colorbox{{white}}{{\scriptsize ${edge.label.latex}$}}", 16.0))
    lines.append(r"\end{picture}")
    drawing = "%\n".join(lines)
    width = rf"{_n(_WIDEST)}mm"
    resized = rf"\resizebox{{{width}}}{{!}}{{{drawing}}}" if scene.width > _WIDEST else drawing
    return rf"{{\setlength{{\unitlength}}{{1mm}}\setlength{{\fboxsep}}{{0.6pt}}{resized}}}"


def _tex_edge(edge: Edge) -> list[str]:
    found = []
    for (x0, y0), (x1, y1) in zip(edge.points, edge.points[1:], strict=False):
        length, angle = hypot(x1 - x0, y1 - y0), degrees(atan2(y1 - y0, x1 - x0))
        rule = rf"\rule[-0.2pt]{{{length:.2f}mm}}{{0.4pt}}"
        found.append(rf"\put({_n(x0)},{_n(y0)}){{\rotatebox[origin=lB]{{{angle:.2f}}}{{{rule}}}}}")
    (x0, y0), (x1, y1) = edge.points[-2:]
    angle = atan2(y1 - y0, x1 - x0)
    for turn in (20.0, -20.0):
        back = degrees(angle) + turn
        x, y = x1 - 2 * cos(angle + turn * 0.0174533), y1 - 2 * sin(angle + turn * 0.0174533)
        rule = r"\rule[-0.25pt]{2mm}{0.5pt}"
        found.append(rf"\put({x:.2f},{y:.2f}){{\rotatebox[origin=lB]{{{back:.2f}}}{{{rule}}}}}")
    return found


def _tex_box(box: Box) -> list[str]:
    x, y = box.x - BOX_WIDTH / 2, box.y - box.height / 2
    found = []
    size = f"({_n(BOX_WIDTH)},{_n(box.height)})"
    if box.kind == "computed":
        found.append(rf"\put({_n(x)},{_n(y)}){{\linethickness{{0.8pt}}\framebox{size}{{}}}}")
    elif box.kind == "parameter":
        found.append(rf"\put({_n(x)},{_n(y)}){{\dashbox{{1}}{size}{{}}}}")
    step = box.height / (len(box.lines) + 0.6)
    for number, line in enumerate(box.lines):
        middle = box.y + box.height / 2 - step * (number + 0.8)
        text = rf"${line.latex}$" if number == 0 else rf"\scriptsize ${line.latex}$"
        found.append(_centred(box.x, middle, text, BOX_WIDTH - 1))
    return found


def _centred(x: float, y: float, text: str, width: float) -> str:
    fitted = rf"\sbox{{\fitbox}}{{{text}}}\ifdim\wd\fitbox>{_n(width)}mm "
    fitted += rf"\resizebox{{{_n(width)}mm}}{{!}}{{\usebox{{\fitbox}}}}\else\usebox{{\fitbox}}\fi"
    return rf"\put({_n(x)},{_n(y)}){{\makebox(0,0){{{fitted}}}}}"

"""The pictures on paper: matplotlib, as SVG and PDF, the same bytes each time, legible in grey.

matplotlib is the extra `plot`. Its global state is not touched: settings hold inside one drawing.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from symderiv.errors import MissingExtraError
from symderiv.sheet.pictures.curves import Curves
from symderiv.sheet.pictures.losses import PRECISIONS, Loss

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = {
    "value": ("#1f3f66", "-", 1.9),
    "first": ("#a8481b", (0, (5, 2)), 1.6),
    "second": ("#5c6b2e", (0, (1.2, 1.4)), 1.5),
}
"""Colour, dashes and width of each curve: the dashes alone tell them apart."""
_ROLES = {"component": "value", "own": "first", "other": "second", "output": "first", "display": "first"}
_GREY = "#6b6b6b"
_SETTINGS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "symderiv",
    "mathtext.fontset": "cm",
    "font.family": "serif",
    "font.serif": ["cmr10", "DejaVu Serif"],
    "axes.formatter.use_mathtext": True,
    "axes.unicode_minus": False,
    "font.size": 9.0,
    "axes.linewidth": 0.7,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "pdf.fonttype": 42,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, twice: text for screens and bytes for paper."""

    svg: str
    pdf: bytes


def is_available() -> bool:
    """Is matplotlib installed?"""
    return find_spec("matplotlib") is not None


def require() -> None:
    """Raise `MissingExtraError` where there is no matplotlib."""
    if not is_available():
        raise MissingExtraError("pictures need matplotlib", hint="pip install 'symderiv[plot]'")


def draw_curves(picture: Curves, labels: Mapping[str, str]) -> Picture:
    """f, f' and f'' over centred axes; `labels` are LaTeX for each curve, without dollars."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_SETTINGS}):
        figure = Figure(figsize=(5.2, 2.6), layout="constrained")
        axes = figure.add_subplot()
        window = picture.window
        axes.set_xlim(window.left, window.right)
        axes.set_ylim(window.low, window.high)
        _centre(axes)
        for slope, start, left, right in picture.asymptotes:
            heights = [start + slope * x for x in (left, right)]
            axes.plot([left, right], heights, color=_GREY, linewidth=0.7, linestyle=(0, (6, 3)), zorder=1)
        for curve in picture.curves:
            colour, dashes, width = INK[_ROLES.get(curve.label, curve.label)]
            for number, segment in enumerate(curve.segments):
                label = _mathtext(labels[curve.label]) if number == 0 else None
                axes.plot(*_columns(segment), color=colour, linestyle=dashes, linewidth=width, label=label)
        for mark in picture.marks:
            colour = INK[mark.label][0]
            axes.plot([mark.x], [mark.y], "o", color=colour, markersize=4, zorder=5)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.04), ncols=3, frameon=False, handlelength=3)
        return _saved(figure)


def draw_losses(curves: Sequence[Loss], labels: Mapping[str, str]) -> Picture:
    """The relative error of each form along x, one panel for each precision; `labels` are plain words."""
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_SETTINGS}):
        figure = Figure(figsize=(5.6, 2.5), layout="constrained")
        panels = figure.subplots(1, len(PRECISIONS), sharey=True)
        for axes, precision in zip(panels, PRECISIONS, strict=True):
            floor = precision.unit / 4
            axes.set_title(precision.name, fontsize=9)
            axes.set_xscale("symlog", linthresh=0.125, linscale=0.3)
            axes.set_yscale("log")
            axes.set_xticks([-100, -1, 1, 100])
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:g}$"))
            axes.axhline(1.0, color=_GREY, linewidth=0.7, linestyle=(0, (6, 3)))
            axes.axhline(precision.unit, color=_GREY, linewidth=0.7, linestyle=(0, (1, 2)))
            for curve in curves:
                if curve.precision == precision.name:
                    role = "value" if curve.form == "input" else "first"
                    colour, dashes, _ = INK[role]
                    xs, errors = _columns(curve.points)
                    shown = [max(error, floor) for error in errors]
                    axes.plot(
                        xs, shown, color=colour, linestyle=dashes, linewidth=1.1, label=labels[curve.form]
                    )
            axes.tick_params(which="minor", length=0)
            axes.set_xlabel(_mathtext("x"))
        panels[0].set_ylabel(labels["error"])
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=2, frameon=False, handlelength=3)
        return _saved(figure)


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _centre(axes: Axes) -> None:
    """Axes through the origin where it is in the picture, else at its edge; no number at the origin."""
    left, right = axes.get_xlim()
    low, high = axes.get_ylim()
    for side in ("right", "top"):
        axes.spines[side].set_visible(False)
    for side, inside in (("left", left < 0 < right), ("bottom", low < 0 < high)):
        axes.spines[side].set_position("zero" if inside else ("outward", 0))
        axes.spines[side].set_color(_GREY)
    crossing = left < 0 < right and low < 0 < high

    def label(value: float, _: object) -> str:
        return "" if crossing and value == 0 else f"${value:.10g}$"

    from matplotlib.ticker import FuncFormatter

    axes.xaxis.set_major_formatter(FuncFormatter(label))
    axes.yaxis.set_major_formatter(FuncFormatter(label))
    axes.tick_params(colors=_GREY, labelsize=8)
    axes.set_axisbelow(False)  # numbers stand before the curves
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.6})


def _mathtext(latex: str) -> str:
    """LaTeX as matplotlib reads it; where it does not, the letters alone."""
    from matplotlib.mathtext import MathTextParser

    text = f"${latex}$"
    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return re.sub(r"\\[A-Za-z]+|[{}$]", "", latex)
    return text


def _saved(figure: Figure) -> Picture:
    """SVG and PDF without a date, a version or an address."""
    svg, pdf = io.StringIO(), io.BytesIO()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it remarks on the dates within fonts
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    figure.savefig(pdf, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})
    return Picture(_slim(svg.getvalue()), pdf.getvalue())


def _slim(svg: str) -> str:
    """The drawing alone, in hundredths of a point: no XML declaration, document type or metadata."""
    drawing = svg[svg.index("<svg") :]
    drawing = re.sub(r"\s*<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r"(?<=[ML ])(-?\d+\.\d{3,})(?=[ \n\"])", lambda m: f"{float(m[1]):.2f}", drawing)
    return re.sub(r"\n\s*", "\n", drawing).strip() + "\n"

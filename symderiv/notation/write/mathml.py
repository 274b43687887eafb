r"""MathML Core for pages without scripts: `e^{-x}` is `<msup><mi>e</mi><mrow>...</mrow></msup>`.

There is one typesetter, that of LaTeX: it chooses brackets, dots and slashes. What it wrote is set again
here, sign by sign, so that a page on a screen is the page on paper. Function application and products
without a sign get the invisible operators that screen readers speak.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from html import escape

from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.mathml_rows import Composer
from symderiv.notation.write.products import FUNCTION_LETTERS

_RELATIONS = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "==": "="}


def write_mathml(term: Term, style: LatexStyle = LatexStyle()) -> str:
    """The markup of one formula, without the `math` element around it."""
    return f"<mrow>{mathml(write_latex(term, style), functions=style.functions.values())}</mrow>"


def write_mathml_line(left: Term, relation: str, right: Term, style: LatexStyle = LatexStyle()) -> str:
    """`left relation right` in display style, as two `math` elements that a narrow page may set below each
    other.
    """
    sides = write_latex(left, style), f"{_RELATIONS.get(relation, relation)} {write_latex(right, style)}"
    return "<wbr>".join(
        math_element(side, display=True, continued=place > 0, functions=style.functions.values())
        for place, side in enumerate(sides)
    )


def math_element(
    latex: str,
    *,
    display: bool = False,
    continued: bool = False,
    label: str = "",
    functions: Collection[str] = (),
) -> str:
    """A `math` element that flows with the text; what the LaTeX writer wrote is its `alttext`.

    `continued` is for a part that begins with the sign that joins it to the part before. `label` is its name
    where it names something else, such as a column.
    """
    style = ' displaystyle="true"' if display else ""
    style += f' aria-label="{escape(label)}"' if label else ""
    inside = mathml(latex, continued=continued, functions=functions)
    spoken = escape(" ".join(latex.split()))
    return f'<math{style} alttext="{spoken}">{inside}</math>'


def mathml(latex: str, *, continued: bool = False, functions: Collection[str] = ()) -> str:
    """What stands within a `math` element, for LaTeX of the writer. Never raises.

    `functions` are the letters that are applied to the bracket after them. A control word that is not
    known is shown as it stands.
    """
    return _composed(latex, continued, frozenset(functions) | FUNCTION_LETTERS)


@lru_cache(maxsize=4096)
def _composed(latex: str, continued: bool, functions: frozenset[str]) -> str:
    return Composer(latex, functions).whole(continued=continued)

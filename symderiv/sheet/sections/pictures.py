"""The pictures of a sheet: the function with its derivatives, and where its forms lose digits.

They are left out where matplotlib is not installed.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from symderiv.notation.term import Term, call, diff, index, num, sym
from symderiv.sheet.document import Figure, Maths, Paragraph, Prose, Section
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.pictures import drawing
from symderiv.sheet.pictures.curves import Curves, curves
from symderiv.sheet.pictures.losses import PRECISIONS, Loss, losses
from symderiv.sheet.sections.numeric import parse
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import listed

_WORDS = ("output", "display", "input", "error")
_WORTH_SHOWING = 16.0
"""A loss is shown where some form is off by more than that many roundings."""


def picture(page: Page) -> Section | None:
    """f, f' and f'' with asymptotes and extrema."""
    found = curves(page.subject) if drawing.is_available() else None
    if found is None:
        return None
    drawn = drawing.draw_curves(found, _labels(page))
    figure = Figure("curves", _curves_alt(page, found), _curves_caption(page, found), drawn.svg, drawn.pdf)
    return Section("picture", page.say("pictures.title.curves"), (figure,))


def accuracy(page: Page) -> Section | None:
    """The relative error of each form along x; nothing where no form loses more than a few roundings."""
    found = losses(page.subject) if drawing.is_available() else ()
    if not any(error > _WORTH_SHOWING * _unit(loss) for loss in found for _, error in loss.points):
        return None
    labels = {word: page.sentences.text(f"pictures.losses.{word}") for word in _WORDS}
    drawn = drawing.draw_losses(found, labels)
    caption = page.say("pictures.losses.caption", x=page.subject.variable)
    figure = Figure("losses", _losses_alt(page, found), caption, drawn.svg, drawn.pdf)
    said = Paragraph(page.say("pictures.losses.intro"))
    return Section("losses", page.say("pictures.title.losses"), (said, figure))


def _unit(loss: Loss) -> float:
    return next(one.unit for one in PRECISIONS if one.name == loss.precision)


def _labels(page: Page) -> dict[str, str]:
    """LaTeX for each curve."""
    subject = page.subject
    maths = LatexMaths(subject.functions(), partial=subject.derivation.record.takes_vector)
    if not subject.derivation.record.is_vector:
        x = subject.variable
        terms = {
            "value": subject.applied,
            "first": subject.prime,
            "second": call(subject.name, x, order=2),
        }
    else:
        first = index(subject.whole, num(1))
        own, other = (diff(first, index(subject.variable, num(k))) for k in (1, 2))
        terms = {"component": first, "own": own, "other": other}
    return {label: maths.term(term) for label, term in terms.items()}


def _curves_caption(page: Page, found: Curves) -> Prose:
    subject = page.subject
    if subject.derivation.record.is_vector:
        return page.say("pictures.curves.caption_vector", z=index(subject.variable, num(1)))
    key = {3: "caption", 2: "caption_first", 1: "caption_value"}[len(found.curves)]
    said = [page.say(f"pictures.curves.{key}", f=subject.applied)]
    if found.given:
        values = listed([(Maths(equals(sym(name), _number(value))),) for name, value in found.given])
        said.append(page.say("pictures.curves.given", list=values))
    if found.asymptotes:
        said.append(page.say("pictures.curves.approached"))
    if found.marks:
        said.append(page.say("pictures.curves.marked"))
    return listed(said, "; ")


def _number(value: Fraction) -> Term:
    """A value that was put in, as a decimal where it has one."""
    digits = Decimal(value.numerator) / Decimal(value.denominator)
    return parse(format(digits.normalize(), "f")) if Fraction(digits) == value else num(value)


def _curves_alt(page: Page, found: Curves) -> str:
    key = "alt_vector" if page.subject.derivation.record.is_vector else "alt"
    left, right = (f"{end:g}" for end in (found.window.left, found.window.right))
    title = page.subject.derivation.title
    return plain(page.say(f"pictures.curves.{key}", name=title, left=left, right=right))


def _losses_alt(page: Page, found: tuple[Loss, ...]) -> str:
    names = {loss.form: page.sentences.text(f"pictures.losses.{loss.form}") for loss in found}
    worst = [
        page.say(
            "pictures.losses.worst",
            form=names[loss.form],
            size=f"{max(error for _, error in loss.points):.0e}",
            precision=loss.precision,
        )
        for loss in found
    ]
    title = page.subject.derivation.title
    return plain(page.say("pictures.losses.alt", name=title, largest=listed(worst)))


def plain(prose: Prose) -> str:
    """A sentence as text alone."""
    return "".join(
        str(part.formula[0]) if isinstance(part, Maths) else getattr(part, "text", "") for part in prose
    )

"""The table of slips, in the order in which they are tried, and `diagnose`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from symderiv.check.knowledge import is_number
from symderiv.check.report import Diagnosis
from symderiv.check.slips import algebra, calculus, figures, indices, places
from symderiv.check.slips.wrong import Wrong
from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.plain import write_plain

Slip = Callable[[Wrong], Iterator[Term]]

SLIPS: tuple[tuple[str, Slip], ...] = (
    ("wrong-path", calculus.wrong_path),
    ("product-of-derivatives", calculus.product_of_derivatives),
    ("quotient-swapped", calculus.quotient_swapped),
    ("output-form-as-input-form", calculus.output_form_as_input_form),
    ("diagonal-only-softmax", indices.diagonal_only_softmax),
    ("missing-delta", indices.missing_delta),
    ("dropped-inner-derivative", calculus.dropped_inner_derivative),
    ("sign", algebra.sign),
    ("wrong-index", indices.wrong_index),
    ("dropped-case", places.dropped_case),
    ("domain", places.domain),
    ("rounding", figures.rounding),
    ("arithmetic", figures.arithmetic),
    ("wrong-constant-factor", algebra.wrong_constant_factor),
    ("exponent", algebra.exponent),
    ("dropped-factor", algebra.dropped_factor),
    ("dropped-term", algebra.dropped_term),
)
"""Every slip by its id: the function yields right sides with that slip undone, the likeliest first."""

_CANDIDATES = 240
_OF_FIGURES = frozenset({"sign", "rounding", "arithmetic"})


def diagnose(wrong: Wrong) -> Diagnosis | None:
    """The first slip whose undoing makes the step prove; None where no cause is found."""
    figures_only = is_number(wrong.right)
    for name, undo in SLIPS:
        if figures_only and is_number(wrong.knowledge.with_values(wrong.a)) and name not in _OF_FIGURES:
            continue  # with numbers for letters, a wrong factor fits by chance
        for candidate in islice(undo(wrong), _CANDIDATES):
            if wrong.is_over():
                return None
            if wrong.proves(candidate):
                style = LatexStyle(functions=wrong.judge.catalog.latex())
                return Diagnosis(
                    name, name.replace("-", " "), write_plain(candidate), write_latex(candidate, style)
                )
    return None

"""The table of slips, and `diagnose`: the likeliest slip whose undoing makes a refuted step prove.

Several slips can explain one line: a factor 2 that is missing is also a wrong constant. Each slip has a
weight, small where it says much about the line (a quotient rule the wrong way round, a lost inner
derivative), large where it says little (some factor, some term); how much has to be written to undo it is
added. The cheapest explanation that is proved is named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice

from symderiv.check.report import Diagnosis
from symderiv.check.slips import algebra, calculus, figures, indices, places
from symderiv.check.slips.wrong import Guess, Wrong
from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from symderiv.notation.write.plain import write_plain

Slip = Callable[[Wrong], Iterator[Guess]]

SLIPS: tuple[tuple[str, float, Slip], ...] = (
    ("wrong-path", 0.0, calculus.wrong_path),
    ("product-of-derivatives", 0.0, calculus.product_of_derivatives),
    ("quotient-swapped", 0.0, calculus.quotient_swapped),
    ("diagonal-only-softmax", 0.0, indices.diagonal_only_softmax),
    ("dropped-case", 0.0, places.dropped_case),
    ("domain", 0.0, places.domain),
    ("output-form-as-input-form", 0.2, calculus.output_form_as_input_form),
    ("missing-delta", 0.4, indices.missing_delta),
    ("dropped-inner-derivative", 0.7, algebra.dropped_inner_derivative),
    ("sign", 1.0, algebra.sign),
    ("wrong-index", 1.0, indices.wrong_index),
    ("arithmetic", 1.5, figures.arithmetic),
    ("wrong-constant-factor", 2.0, algebra.wrong_constant_factor),
    ("exponent", 2.0, algebra.exponent),
    ("dropped-factor", 2.0, algebra.dropped_factor),
    ("dropped-term", 2.0, algebra.dropped_term),
)
"""Every slip by its id and weight: the function yields right sides with that slip undone."""

FIGURES: tuple[tuple[str, float, Slip], ...] = (
    ("rounding", 0.0, figures.rounding),
    ("sign", 0.5, figures.sign_of_figures),
    ("dropped-factor", 1.0, figures.factor_of_figures),
    ("arithmetic", 2.0, figures.arithmetic),
)
"""The same for numbers: with numbers for letters, a wrong factor would fit by chance."""

_CANDIDATES = 160
_PROOFS = 24


def diagnose(wrong: Wrong) -> Diagnosis | None:
    """The likeliest slip; None where no cause is found."""
    table = FIGURES if wrong.figures else SLIPS
    open_: dict[Term, tuple[float, str]] = {}
    seen: set[Term] = set()
    for place, (name, weight, undo) in enumerate(table):
        for guess in islice(undo(wrong), _CANDIDATES):
            if wrong.is_over():
                break
            cost = weight + guess.size
            known = open_.get(guess.term)
            if guess.term in seen or (known is not None and known[0] <= cost):
                continue
            if known is not None or wrong.may_be(guess.term):
                open_[guess.term] = (cost, name)
        rest = min((later for _, later, _ in table[place + 1 :]), default=math.inf)
        found = _proved(wrong, open_, seen, rest)
        if found is not None:
            return found
    return None


def _proved(
    wrong: Wrong, open_: dict[Term, tuple[float, str]], seen: set[Term], rest: float
) -> Diagnosis | None:
    """The cheapest guess that is proved, among those that no later slip can undercut."""
    ready = [(cost, name, term) for term, (cost, name) in open_.items() if cost <= rest]
    for _, name, term in sorted(ready, key=lambda item: item[0]):  # stable: ties in the order of the table
        if len(seen) >= _PROOFS or wrong.is_over():
            return None
        del open_[term]
        seen.add(term)
        if wrong.is_proved(term):
            return _named(name, term, wrong)
    return None


def _named(name: str, term: Term, wrong: Wrong) -> Diagnosis:
    style = LatexStyle(functions=wrong.judge.catalog.latex())
    return Diagnosis(name, name.replace("-", " "), write_plain(term), write_latex(term, style))

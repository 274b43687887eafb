"""One entry of a vector has a value: sums over the entries know it, or say that they cannot."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.check.checker import check_text


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{e^{z_2}}{\sum_{k=1}^{2} e^{z_k}} = \frac{e^{z_2}}{1 + e^{z_2}}", "proved"),
        (r"\sum_{k=1}^{3} z_k = z_2 + z_3", "proved"),
        (r"\frac{e^{z_2}}{\sum_{k=1}^{n} e^{z_k}} = \frac{e^{z_2}}{1 + e^{z_2}}", "undecided"),
    ],
)
def test_a_given_entry_in_a_sum(claim: str, verdict: str) -> None:
    report = check_text(f"Let $z_1 = 0$.\n\n$${claim}$$\n", load(), kind="md")
    assert report.lines[-1].verdict == verdict

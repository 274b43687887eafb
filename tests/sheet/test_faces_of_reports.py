"""Certificates and checked derivations show themselves in a notebook, a row for each finding."""

from __future__ import annotations

from symderiv import api


def test_a_certificate_shows_its_measurements() -> None:
    certificate = api.export(["tanh"]).certificate
    face = certificate._repr_mimebundle_()["text/markdown"]
    rows = face.splitlines()
    assert len(rows) == 2 + sum(len(report.measured) for report in certificate.reports)
    assert "| `tanh_grad` | float32 | proved |" in face


def test_a_checked_derivation_shows_what_is_wrong() -> None:
    report = api.check("Let $y = |x|x$. Then $\\frac{d}{dx}\\sin 2x = \\cos 2x$.", kind="md")
    face = report._repr_mimebundle_()["text/markdown"]
    first, second = face.splitlines()[2:]
    assert "definition" in first
    assert first.count(" | ") == second.count(" | ") == 3
    assert "| refuted |" in second
    assert "dropped-inner-derivative" in second
    assert "cos" in second.split(" | ")[-1]

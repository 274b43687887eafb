"""An error that is carried forward is told from a new one."""

from __future__ import annotations

from symderiv.catalog import load
from symderiv.check.checker import check_text
from symderiv.check.report import Line

_NEURON = r"""$$z = wx+b, \quad a = \sigma(z), \quad L = \frac12(y-a)^2$$
$$\frac{\partial L}{\partial a} = y - a$$
"""


def lines(text: str) -> list[Line]:
    return list(check_text(text, load(), kind="md").lines)


def test_through_the_chain_of_a_graph() -> None:
    found = lines(_NEURON + r"$$\frac{\partial L}{\partial w} = (y-a)\,a(1-a)\,x$$")
    assert (found[-1].verdict, found[-1].carried) == ("refuted", 2)


def test_through_a_chain_that_is_written_out() -> None:
    chain = r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}"
    found = lines(_NEURON + rf"$$\frac{{\partial L}}{{\partial z}} = {chain} = (y-a)\,a(1-a)$$")
    assert [(line.verdict, line.carried) for line in found[-2:]] == [("proved", None), ("refuted", 2)]


def test_a_new_error_is_not_carried() -> None:
    found = lines(_NEURON + r"$$\frac{\partial L}{\partial b} = (a-y)\,a(1+a)$$")
    assert (found[-1].verdict, found[-1].carried) == ("refuted", None)


def test_a_derivative_at_another_place() -> None:
    found = lines(
        r"""$$\sigma'(x) = \sigma(x)(1+\sigma(x))$$
$$\frac{d}{dx}\sigma(3x) = 3\sigma'(3x) = 3\sigma(3x)(1+\sigma(3x))$$"""
    )
    assert [line.carried for line in found] == [None, None, 1]


def test_steps_behind_a_wrong_one_are_right_in_themselves() -> None:
    found = lines(
        r"""$$\frac{d}{dx} x^2 = 3x$$
\begin{align}
\frac{d}{dx} x^2 e^x &= 2x e^x - x^2 e^x \\
&= x(2 - x)e^x \\
&= x(2 + x)e^x
\end{align}"""
    )
    assert [line.verdict for line in found[1:]] == ["refuted", "proved", "refuted"]
    assert [line.carried for line in found[1:]] == [None, 3, 3]
    assert "equal to the head" in found[-1].notes[-1]


def test_a_wrong_number_further_down() -> None:
    found = lines(
        r"""Let $x = 2$ and $w = 3$.
$$z = wx = 7$$
$$y = z^2 = 49$$"""
    )
    assert [line.verdict for line in found if line.line == 2] == ["definition", "refuted"]
    assert (found[-1].verdict, found[-1].carried) == ("refuted", 2)

"""A symbol is a letter, never a command."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.catalog.symbol import checked_symbol
from symderiv.errors import InputError

LETTERS = [
    "",
    "f",
    r"\sigma",
    r"\phi_{\beta}",
    r"\operatorname{ReLU}",
    r"\operatorname{GELU}_{\tanh}",
    "f^{*}'",
    r"\hat{\mathcal{L}}",
    r"\text{my f}",
    r"\operatorname*{soft\,max}",
    "h_1",
]
COMMANDS = [
    r"\input{x}",
    r"\write18{x}",
    r"\catcode`\$=1",
    "$",
    "#",
    "%",
    "&",
    "~",
    "f\n",
    r"\\",
    "{",
    "}",
    "}{",
    "_",
    "x_",
    r"\def\x{y}",
    r"\csname input\endcsname",
    "\u202e",
    r"\verb|x|",
    "f" * 65,
    r"\^^69nput{x}",
    "^^5cinput",
]


@pytest.mark.parametrize("text", LETTERS)
def test_letters(text):
    assert checked_symbol(text) == text


@pytest.mark.parametrize("text", COMMANDS)
def test_commands(text):
    with pytest.raises(InputError):
        checked_symbol(text)


def test_the_catalogue_has_letters_only():
    for record in load().records():
        assert checked_symbol(record.symbol) == record.symbol

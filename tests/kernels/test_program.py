"""Programs: sharing, simplification, allocation, and text that reads back to the same program."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from symderiv.errors import ReadError
from symderiv.kernels import numbers
from symderiv.kernels.allocation import TARGET, allocate
from symderiv.kernels.constants import nearest, remainder, rounded
from symderiv.kernels.program import Builder
from symderiv.kernels.source import read_numbers, read_program, write_program
from symderiv.kernels.words import Pair, product, two_product, two_sum


def test_common_parts_are_one_value():
    put = Builder()
    x = put.input("x")
    assert put.op("exp", x) == put.op("exp", x)
    assert put.op("add", x, put.const(1.0)) == put.op("add", put.const(1.0), x)


def test_neutral_elements_vanish_and_signs_move():
    put = Builder()
    x, y = put.input("x"), put.input("y")
    assert put.op("mul", x, put.const(1.0)) == x
    assert put.op("add", x, put.const(0.0)) == x
    assert put.op("neg", put.op("neg", x)) == x
    assert put.nodes[put.op("add", x, put.op("neg", y))].op == "sub"


@pytest.mark.parametrize("name", ["sigmoid", "swish", "gelu", "mish", "elu", "swish_beta"])
def test_text_reads_back_to_the_same_numbers(kernel_of, name):
    kernel = kernel_of(name)
    points = np.linspace(-9, 9, 301)
    fixed = dict(kernel.parameters)
    for part in kernel.kernels:
        for program in (part.narrow, part.wide):
            constants: dict[str, str] = {}
            source = write_program(program, part.variable, constants)
            body = ast.parse("\n".join(source.lines)).body
            known = {text: (meaning, rounded(meaning)) for meaning, text in constants.items()}
            numbers_ = read_numbers(ast.parse(f"({', '.join(source.numbers)},)", mode="eval").body)
            numbers_ = numbers_ if source.numbers else ()
            again = read_program(body, part.variable, tuple(fixed), known, numbers_)
            inputs = {**fixed, part.variable: points}
            with np.errstate(all="ignore"):
                first, second = numbers.run(program, inputs), numbers.run(again, inputs)
            np.testing.assert_array_equal(first, second)


def test_no_block_is_read_after_it_was_given_away(kernel_of):
    """The text, run on real blocks, computes what the interpreter computes."""
    kernel = kernel_of("gelu").gradient
    allocation = allocate(kernel.wide, "x")
    assert allocation.count < kernel.wide.operations()
    assert allocation.block[kernel.wide.result] == TARGET
    for place, node in enumerate(kernel.wide.nodes):
        if node.op in ("select", "patch") and place in allocation.block:
            kept = {allocation.block.get(node.args[0]), allocation.block.get(node.args[2])}
            assert allocation.block[place] not in kept


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "_exp(x, out, s[1])",
        "_system(x, out)",
        "np.exp(x, out)",
        "_exp(s[1], out)",
        "_exp(x, y)",
        "_exp(x, out=out)",
        "out[:] = 0",
    ],
)
def test_a_line_that_is_no_operation_is_refused(line):
    with pytest.raises(ReadError):
        read_program(ast.parse(line).body, "x", (), {})


def test_two_words_are_exact():
    put = Builder()
    a, b = put.input("a"), put.input("b")
    pair = two_product(put, a, b)
    total = two_sum(put, a, b)
    values = {"a": np.array([1 + 2.0**-40, 3.1]), "b": np.array([1 - 2.0**-39, 7.7])}
    from fractions import Fraction

    high, low = (numbers.run(put.finish(p), values) for p in (pair.high, pair.low))
    for k in range(2):
        exact = Fraction(values["a"][k]) * Fraction(values["b"][k])
        assert Fraction(high[k]) + Fraction(low[k]) == exact
    high, low = (numbers.run(put.finish(p), values) for p in (total.high, total.low))
    for k in range(2):
        assert Fraction(high[k]) + Fraction(low[k]) == Fraction(values["a"][k]) + Fraction(values["b"][k])
    assert isinstance(product(put, pair, Pair(a)), Pair)


def test_constants_have_two_words():
    assert nearest("sqrt(2/pi)") == pytest.approx((2 / np.pi) ** 0.5, rel=1e-16)
    assert 0 < abs(remainder("pi")) < 2.0**-52
    assert rounded("low word of pi") == remainder("pi") == 1.2246467991473532e-16

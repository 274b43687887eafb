"""Programs in fewer passes: the same values, sign by sign, and one quotient for the whole line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.kernels import numbers
from symderiv.kernels.allocation import TARGET, allocate
from symderiv.kernels.program import Builder, Node
from symderiv.kernels.source import write_program
from symderiv.kernels.tidying import passes, tidied

UNARY = ("neg", "abs", "exp", "expm1", "arctan", "sqrt", "mask_of")
BINARY = ("add", "sub", "mul", "div", "min", "max", "select_of")
POINTS = np.array(
    [-np.inf, -3e300, -745.5, -2.5, -1.0, -1e-320, -0.0, 0.0, 5e-310, 0.3, 1.0, 7.25, 800.0, np.inf]
)


@st.composite
def programs(draw):
    put = Builder()
    numbers_ = [put.const(value) for value in (0.0, 1.0, -2.0, 0.5, 900.0)]
    places = [put.input("x")]
    for _ in range(draw(st.integers(3, 14))):
        one, other = draw(st.sampled_from(places)), draw(st.sampled_from(places + numbers_))
        if draw(st.booleans()):
            one, other = (one, other) if other in numbers_ else (other, one)
        op = draw(st.sampled_from(UNARY + BINARY))
        if op == "mask_of":
            mask = put.put(Node("mask", (put.put(Node("sub", (one, other))),)))
            places.append(put.op("select", mask, one, other))
        elif op == "select_of":
            places.append(put.op("select", put.put(Node("mask", (places[0],))), one, other))
        else:
            found = put.op(op, *((one,) if op in UNARY else (one, other)))
            places += [found] if put.nodes[found].op != "const" else []
    return put.finish(places[-1])


@settings(max_examples=400, deadline=None)
@given(programs())
def test_the_same_values_to_the_last_bit(program):
    short = tidied(program)
    assert passes(short) <= passes(program)
    with np.errstate(all="ignore"):
        wanted = np.broadcast_to(numbers.run(program, {"x": POINTS}), POINTS.shape)
        found = np.broadcast_to(numbers.run(short, {"x": POINTS}), POINTS.shape)
    np.testing.assert_array_equal(found, wanted)


@settings(max_examples=200, deadline=None)
@given(programs())
def test_the_text_computes_what_the_interpreter_computes(program):
    """The kernel's lines, run on real blocks that are shared as the allocation says."""
    from symderiv.kernels import runtime

    source = write_program(program, "x", {})
    assert allocate(program, "x").count == source.blocks
    x, out = POINTS.copy(), np.empty_like(POINTS)
    names = vars(runtime) | {"x": x, "out": out, "s": [np.empty_like(x) for _ in range(source.blocks)]}
    names["k"] = [np.array(float(number)) for number in source.numbers]
    with np.errstate(all="ignore"):
        wanted = np.broadcast_to(numbers.run(program, {"x": POINTS}), POINTS.shape)
        for line in source.lines:
            name, _, rest = line.partition("  #")[0].rstrip(")").partition("(")
            given_ = [part.partition("=")[2] or part for part in rest.split(", ")]
            arguments = [_argument(part, names) for part in given_]
            if "out=" in rest:
                names[name](*arguments[:-1], out=arguments[-1])
            else:
                names[name](*arguments)
    np.testing.assert_array_equal(out, wanted)
    np.testing.assert_array_equal(x, POINTS)


def _argument(text, names):
    stem, _, index = text.partition("[")
    if stem not in names:
        return float(text.strip("()"))
    return names[stem][int(index.rstrip("]"))] if index else names[stem]


def test_signs_cost_nothing_where_a_sum_can_take_them():
    put = Builder()
    y = put.input("y")
    product = put.op("mul", put.op("add", y, put.const(-1.0)), put.op("neg", y))
    assert tidied(put.finish(product)).operations() == 2


def test_two_clamps_are_one():
    put = Builder()
    x = put.input("x")
    both = put.op("max", put.op("min", x, put.const(4.0)), put.const(-4.0))
    short = tidied(put.finish(both))
    assert [node.op for node in short.nodes if node.args] == ["clip"]


def test_one_side_has_no_absolute_value():
    put = Builder()
    program = put.finish(put.op("neg", put.op("expm1", put.op("neg", put.op("abs", put.input("y"))))))
    assert all(node.op not in ("abs", "negabs") for node in tidied(program, "y", 1).nodes)
    points = np.array([0.0, 0.5, 3.0])
    for side in (1, -1):
        np.testing.assert_array_equal(
            numbers.run(tidied(program, "y", side), {"y": side * points}),
            numbers.run(program, {"y": side * points}),
        )


@pytest.mark.parametrize(("name", "selects"), [("swish", 0), ("logsigmoid", 0), ("mish", 0)])
def test_gates_are_one_quotient_in_single_precision(kernel_of, name, selects):
    """The derivative of a gate is one function of e^x on both sides: no select, and within its bound."""
    kernel = kernel_of(name).gradient
    assert sum(node.op == "select" for node in kernel.narrow.nodes) == selects
    assert kernel.verdicts[0].is_proved


def test_an_even_function_keeps_its_magnitude(kernel_of):
    """sigma' falls on both sides: a clamped exponential would lose one of them."""
    kernel = kernel_of("sigmoid").gradient
    assert any(node.op in ("abs", "negabs") for node in kernel.narrow.nodes)


def test_the_target_holds_the_result(kernel_of):
    for kernel in kernel_of("gelu").kernels:
        allocation = allocate(kernel.narrow, kernel.variable)
        assert allocation.block[kernel.narrow.result] == TARGET
        assert max(allocation.block.values(), default=TARGET) < allocation.count or allocation.count == 0


def test_a_denominator_keeps_the_sign_of_its_zero():
    """-(x - 1) is -0 at 1, and 1 - x is 0: their reciprocals are two infinities. 1 + e^x is never 0."""
    put = Builder()
    x, one = put.input("x"), put.const(1.0)
    negative = put.op("neg", put.op("add", put.op("neg", x), one))
    total = put.op("sub", put.op("neg", x), put.const(-1.0))
    for below in (negative, total, put.op("neg", put.op("mul", total, put.op("add", x, x)))):
        for program in (
            put.finish(put.op("div", one, below)),
            put.finish(put.op("neg", put.op("div", x, below))),
        ):
            with np.errstate(all="ignore"):
                wanted, found = (numbers.run(one, {"x": POINTS}) for one in (program, tidied(program)))
            np.testing.assert_array_equal(found, wanted)
    grown = put.op("add", put.op("neg", put.op("exp", x)), put.const(-1.0))
    assert tidied(put.finish(put.op("neg", put.op("div", x, grown)))).operations() == 3

"""Patches next to roots: proved to be the formula on their whole interval, and a changed one is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.kernels.bounds import patch_bound
from symderiv.kernels.program import Program


def patched_programs(kernel):
    return [
        (one.wide, one.reference)
        for one in (kernel.value, kernel.gradient)
        if any(node.op == "patch" for node in one.wide.nodes)
    ]


@pytest.mark.parametrize("text", ["x*sigmoid(x)", "x*exp(-x**2)", "log(cosh(x))", "atan(x) - x/2"])
def test_a_patch_is_the_formula_to_the_last_bits(kernel_of, text):
    found = patched_programs(kernel_of(text, "patched"))
    assert found
    for program, reference in found:
        bound = patch_bound(program, reference, "x", 2.0**-52)
        assert bound is not None and bound < 2.0**-50


def test_a_changed_coefficient_is_seen(kernel_of):
    """Each number of the polynomial, moved by a millionth of the largest one."""
    program, reference = patched_programs(kernel_of("x*sigmoid(x)", "patched"))[0]
    place = max(k for k, node in enumerate(program.nodes) if node.op == "patch")
    steps = [k for k in range(place) if program.nodes[k].op == "const" and abs(program.nodes[k].value) < 0.3]
    seen = 0
    for k in steps[-12:]:
        nodes = list(program.nodes)
        nodes[k] = replace(nodes[k], value=nodes[k].value + 1e-6)
        bound = patch_bound(Program(tuple(nodes), program.result), reference, "x", 2.0**-40)
        seen += bound is None or bound > 2.0**-40
    assert seen >= 8

"""The tie: what a program means is its formula, and a changed program is refuted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.catalog import load
from symderiv.kernels.program import Program
from symderiv.kernels.tie import tied
from symderiv.prove import Prover

NAMES = ["sigmoid", "tanh", "swish", "gelu", "gelu_tanh", "mish", "elu", "softplus", "relu", "softsign"]


@pytest.mark.parametrize("name", NAMES)
def test_every_kernel_is_proved(kernel_of, name):
    for kernel in kernel_of(name).kernels:
        assert [verdict.status for verdict in kernel.verdicts] == ["proved", "proved"], kernel.part


def mutants(program: Program):
    """One arithmetic operation exchanged for another, or one constant moved."""
    swap = {"add": "sub", "sub": "add", "mul": "add", "div": "mul", "exp": "expm1"}
    for place, node in enumerate(program.nodes):
        changed = None
        if node.op in swap:
            changed = replace(node, op=swap[node.op])
        elif node.op == "const" and not node.meaning and node.value in (1.0, 2.0, 4.0):
            changed = replace(node, value=node.value + 1.0)
        if changed is not None:
            nodes = list(program.nodes)
            nodes[place] = changed
            yield Program(tuple(nodes), program.result)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "softsign", "arctan"])
def test_a_changed_program_is_not_proved(kernel_of, name):
    kernel = kernel_of(name).gradient
    prover = Prover(load(), {})
    seen = 0
    for mutant in mutants(kernel.narrow):
        seen += 1
        assert tied(mutant, kernel.formula, prover, "x").status == "refuted"
    assert seen >= 2

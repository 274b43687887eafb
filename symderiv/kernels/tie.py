"""The tie between a program and a formula: what the program means in exact arithmetic, as a Term.

Low words of two-word arithmetic are 0 in exact arithmetic, and vanish by themselves. Clamps stand for
the argument: beyond them the value is the limit to the last bit, which is measured, not proved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import cast

import sympy
from sympy import Expr, Symbol

from symderiv.errors import UnsupportedError
from symderiv.kernels.constants import LOW, constant_term
from symderiv.kernels.program import Node, Program
from symderiv.kernels.widening import PREFIX
from symderiv.meaning import Assumption, differentiate, to_sympy, to_term
from symderiv.notation.term import Term, diff, neg, sym
from symderiv.prove import Prover, Verdict


def meaning(program: Program) -> Term:
    """The formula that a program computes in exact arithmetic. Raises `UnsupportedError`."""
    values: list[Expr] = []
    for node in program.nodes:
        values.append(_meaning(node, [values[place] for place in node.args], program))
    return to_term(values[program.result])


def tied(program: Program, formula: Term, prover: Prover, variable: str, side: int = 0) -> Verdict:
    """Is the program equal to the formula? Proved, refuted with a witness, or undecided.

    With a `side` (+1, -1) only on that side of 0. Where the whole line is undecided, each half and 0.
    """
    try:
        term = meaning(program)
    except UnsupportedError as error:
        return Verdict("undecided", "outside-class", note=error.message)
    if side:
        return _half(term, formula, prover, variable, side)
    verdict = prover.prove(term, formula)
    if verdict.status != "undecided":
        return verdict
    parts = [_half(term, formula, prover, variable, half) for half in (1, -1)]
    parts.append(_at_zero(term, formula, prover, variable))
    return next((part for part in parts if not part.is_proved), Verdict("proved", "cells"))


def _half(term: Term, formula: Term, prover: Prover, variable: str, side: int) -> Verdict:
    """The equality for side * variable > 0, with the variable's magnitude as the variable."""
    positive = Symbol(variable, positive=True)
    plain = Symbol(variable)
    left = to_sympy(term).subs(plain, side * positive)
    left = left.replace(sympy.erfc, lambda u: 1 - sympy.erf(u)).doit()
    derived = formula.kind == "diff"
    body = formula.args[0] if derived else formula
    body = body.substitute({variable: neg(sym(variable))}) if side < 0 else body
    right = to_term(to_sympy(body, prover.catalog).subs(plain, positive).subs(positive, plain))
    if derived:
        right = diff(right, formula.args[1])
        right = neg(right) if side < 0 else right
    narrowed = Prover(prover.catalog, {**_known(prover), variable: "positive"})
    left = _reflected(left.subs(positive, plain), to_sympy(right), narrowed)
    return narrowed.prove(to_term(left), right)


def _reflected(left: Expr, right: Expr, prover: Prover) -> Expr:
    """atan(w) = pi/2 - atan(1/w), where the other side speaks of 1/w and the prover agrees."""
    wanted = {arc.args[0] for arc in right.atoms(sympy.atan)}
    for arc in sorted(left.atoms(sympy.atan), key=sympy.default_sort_key):
        inverse = sympy.cancel(1 / arc.args[0])
        other = sympy.pi / 2 - sympy.atan(inverse)
        if inverse in wanted and prover.prove(to_term(arc), to_term(other)).is_proved:
            left = left.subs(arc, other)
    return left


def _known(prover: Prover) -> dict[str, Assumption]:
    return cast("dict[str, Assumption]", prover.assumptions)


def _at_zero(term: Term, formula: Term, prover: Prover, variable: str) -> Verdict:
    """The equality at the point 0."""
    left = to_sympy(term).subs(Symbol(variable), 0)
    if formula.kind == "diff":
        body = to_sympy(formula.args[0], prover.catalog)
        right = differentiate(body, Symbol(variable)).subs(Symbol(variable), 0)
    else:
        right = to_sympy(formula, prover.catalog).subs(Symbol(variable), 0)
    return prover.prove(to_term(left), to_term(right))


def _meaning(node: Node, args: Sequence[Expr], program: Program) -> Expr:
    if node.op == "input":
        return Symbol(node.name)
    if node.op == "const":
        return _constant(node)
    if node.op in ("min", "max"):
        return _clamped(node, args, program)
    if node.op == "clip" and args[1:] == [0, 0]:
        return sympy.Integer(0)  # it carries NaN, and is 0
    if node.op in ("mask", "clip", "zero"):
        return args[0]
    if node.op == "patch":
        return args[2]  # the patch itself is measured against the formula, not proved
    if node.op == "select" and program.nodes[node.args[0]].op == "zero":
        return sympy.Piecewise((args[1], sympy.Eq(args[0], 0)), (args[2], True), evaluate=False)
    if node.op in ("select", "wide_select"):
        return sympy.Piecewise((args[1], args[0] < 0), (args[2], True), evaluate=False)
    if node.op in ("widen", "rounded", "widen_pair"):
        return sympy.Add(*args)  # in exact arithmetic a wide number is the number, and a low word is 0
    found = _OPERATIONS.get(node.op.removeprefix(PREFIX))
    if found is None:
        raise UnsupportedError(f"{node.op} has no meaning in exact arithmetic")
    return found(*args)


def _constant(node: Node) -> Expr:
    if node.meaning.removeprefix("-(").startswith(LOW):
        return sympy.Integer(0)
    if node.meaning:
        return to_sympy(constant_term(node.meaning))
    value = Fraction(node.value)
    return sympy.Rational(value.numerator, value.denominator)


def _clamped(node: Node, args: Sequence[Expr], program: Program) -> Expr:
    """A clamp by a constant stands for its other argument; min(|x|, 0) carries NaN and is 0.

    max(x, 0) stands for x: it is only used where a select has settled that x is positive.
    """
    constants = [program.nodes[place].op == "const" for place in node.args]
    if constants[0] == constants[1]:
        return (sympy.Min if node.op == "min" else sympy.Max)(*args)
    bound, other = (args[0], args[1]) if constants[0] else (args[1], args[0])
    return sympy.Integer(0) if bound == 0 and node.op == "min" else other


_OPERATIONS: dict[str, Callable[..., Expr]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "power": lambda a, b: a**b,
    "hypot": lambda a, b: sympy.sqrt(a**2 + b**2),
    "neg": lambda a: -a,
    "abs": sympy.Abs,
    "negabs": lambda a: -sympy.Abs(a),
    "sqrt": sympy.sqrt,
    "exp": sympy.exp,
    "expm1": lambda a: sympy.exp(a) - 1,
    "log": sympy.log,
    "log1p": lambda a: sympy.log(1 + a),
    "sin": sympy.sin,
    "cos": sympy.cos,
    "arctan": sympy.atan,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arcsinh": sympy.asinh,
    "arccosh": sympy.acosh,
    "arctanh": sympy.atanh,
    "erf": sympy.erf,
    "erfcx": lambda a: sympy.exp(a**2) * sympy.erfc(a),
    "mills": lambda a: sympy.exp(a**2 / 2) * sympy.erfc(a / sympy.sqrt(2)),
}

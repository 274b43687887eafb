"""Random Terms of every kind, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from symderiv.notation import names
from symderiv.notation.term import (
    TRUE,
    Term,
    add,
    at_point,
    call,
    case,
    const,
    diff,
    div,
    equation,
    index,
    mul,
    neg,
    num,
    piecewise,
    power,
    relation,
    repeated,
    sym,
    total,
)

_TAKEN = {
    *names.FUNCTIONS,
    *names.STRUCTURES,
    *names.CONSTANTS,
    *names.RESERVED,
    *names.SPELLINGS,
    names.COMPLEX_UNIT,
}

letters = st.sampled_from(
    "x y z w b a f g s L alpha beta sigma delta d hat_y z__2 w_ij__k x_1 x_1_2 w_new loss y_ x1".split()
)
words = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,7}", fullmatch=True).filter(lambda name: name not in _TAKEN)
symbols = (letters | words).map(sym)
numbers = st.sampled_from("0 1 2 3 10 0.5 .25 2. 0.044715 1e-5 1.5E3 12345678901234567890".split()).map(num)
atoms = st.one_of(symbols, numbers, st.sampled_from(["pi", "e"]).map(const))
single = st.sampled_from(sorted(name for name, arity in names.FUNCTIONS.items() if arity == (1, 1)))
functions = st.one_of(single, st.sampled_from(["sigmoid", "swish", "f", "g_1", "sigma", "h__2"]))
relations = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
indices = st.one_of(st.sampled_from("ijk").map(sym), numbers, symbols)

_infinite = st.sampled_from([sym("oo"), neg(sym("oo"))])


def _compound(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda args: add(*args)),
        several.map(lambda args: mul(*args)),
        inner.map(neg),
        st.builds(div, inner, inner),
        st.builds(power, inner, inner),
        st.builds(lambda name, arg, order: call(name, arg, order=order), functions, inner, st.integers(0, 3)),
        st.builds(
            lambda name, args: call(name, *args),
            st.sampled_from(["Max", "Min"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(call, st.sampled_from(["delta", "hadamard", "inner"]), inner, inner),
        st.builds(lambda base, args: index(base, *args), inner, st.lists(indices, min_size=1, max_size=2)),
        st.builds(diff, inner, st.one_of(symbols, st.builds(index, symbols, indices)), st.integers(1, 3)),
        st.builds(total, inner, symbols, inner, inner),
        st.builds(repeated, inner, symbols, inner, inner),
        st.builds(at_point, inner, symbols, inner),
        st.builds(lambda body, x, a: Term("limit", (body, x, a)), inner, symbols, inner | _infinite),
        st.builds(lambda *args: call("norm", *args), inner),
        st.builds(lambda a, b: call("matrix", call("row", a, b), call("row", b, a)), inner, inner),
        st.builds(lambda a, b: call("p", call("given", a, b)), inner, inner),
        st.builds(_cases, inner, inner, conditions(inner)),
    )


def _cases(first: Term, second: Term, condition: Term) -> Term:
    return piecewise(case(first, condition), case(second, TRUE))


def conditions(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Relations, and what `and` and `or` make of them."""
    simple = st.builds(relation, relations, inner, inner)
    return st.one_of(
        simple,
        st.builds(lambda a, b: Term("and", (a, b)), simple, simple),
        st.builds(lambda a, b, c: Term("or", (a, Term("and", (b, c)))), simple, simple, simple),
    )


expressions = st.recursive(atoms, _compound, max_leaves=12)
claims = st.one_of(expressions, conditions(expressions), st.builds(equation, expressions, expressions))

r"""Steps with vectors and matrices: the order of factors counts, and shapes are not known.

What is proved here holds in every ring with an involution, so for matrices of all shapes that fit: sums
and products are expanded without moving a factor past another, `(AB)^\top = B^\top A^\top`, numbers move
freely. What fails for arrays of one entry already is refuted. Everything else is undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.errors import UnsupportedError
from symderiv.notation.alphabet import spell
from symderiv.notation.names import ARRAYS
from symderiv.notation.term import ONE, Term, call, index, mul, sym, total

if TYPE_CHECKING:
    from symderiv.catalog import Catalog

Word = tuple[Term, ...]
Form = dict[Word, Fraction]
_LARGEST = 400
_OF_ONE_ENTRY = frozenset({"transpose", "hadamard", "inner", "norm"})
_IDENTITIES = frozenset({"I", "E", "J"})


def speaks_of_arrays(term: Term, letters: frozenset[str]) -> bool:
    """Whether a vector operation, or a product of two of the letters that stand for arrays, occurs."""
    return any(
        (node.kind == "call" and node.name in ARRAYS)
        or (node.kind in {"mul", "div", "pow"} and sum(_holds(arg, letters) for arg in node.args) > 1)
        for node in term.walk()
    )


def _holds(term: Term, letters: frozenset[str]) -> bool:
    """Whether a letter of an array occurs; an entry of one, w[i], is a number."""
    stack = [term]
    while stack:
        node = stack.pop()
        if node.kind == "symbol" and _base(node.name) in letters:
            return True
        stack.extend(node.args[1:] if node.kind == "index" else node.args)
    return False


def _base(name: str) -> str:
    spelling = spell(name)
    return name if spelling is None else spelling.base


def same(a: Term, b: Term) -> bool:
    """Whether the two are equal for arrays of every shape that fits."""
    try:
        return _form(a) == _form(b)
    except UnsupportedError:
        return False


def _form(term: Term) -> Form:
    match term.kind:
        case "number":
            return _clean({(): term.value()})
        case "add":
            return _sum(map(_form, term.args))
        case "neg":
            return _times(_form(term.args[0]), {(): Fraction(-1)})
        case "mul":
            result: Form = {(): Fraction(1)}
            for arg in term.args:
                result = _times(result, _form(arg))
            return result
        case "div" if term.args[1].kind == "number" and term.args[1].value():
            return _times(_form(term.args[0]), {(): 1 / term.args[1].value()})
        case "pow" if term.args[1].kind == "number" and term.args[1].name in {"1", "2", "3"}:
            return _form(mul(*[term.args[0]] * int(term.args[1].name)))
        case "call" if term.name == "transpose" and len(term.args) == 1:
            return _turned(_form(term.args[0]))
        case "call" if term.name == "inner" and len(term.args) == 2:
            return _times(_turned(_form(term.args[0])), _form(term.args[1]))
        case "call" if term.name == "hadamard":
            return _entrywise(_form(term.args[0]), _form(term.args[1]))
    return {(term,): Fraction(1)}


def _clean(form: Form) -> Form:
    if len(form) > _LARGEST:
        raise UnsupportedError("too many summands")
    return {word: value for word, value in form.items() if value}


def _sum(forms: Iterator[Form]) -> Form:
    result: Form = {}
    for form in forms:
        for word, value in form.items():
            result[word] = result.get(word, Fraction(0)) + value
    return _clean(result)


def _times(a: Form, b: Form) -> Form:
    if len(a) * len(b) > _LARGEST:
        raise UnsupportedError("too many summands")
    return _sum(iter([{x + y: p * q} for x, p in a.items() for y, q in b.items()]))


def _turned(form: Form) -> Form:
    return {tuple(_transpose(atom) for atom in reversed(word)): value for word, value in form.items()}


def _transpose(atom: Term) -> Term:
    if atom.kind == "call" and atom.name == "transpose":
        return atom.args[0]
    return call("transpose", atom)


def _entrywise(a: Form, b: Form) -> Form:
    """Bilinear and commutative; the product of two words is one letter."""
    if () in a or () in b or len(a) * len(b) > _LARGEST:
        raise UnsupportedError("a number in an entrywise product")
    parts: list[Form] = []
    for x, p in a.items():
        for y, q in b.items():
            pair = sorted((_word(x), _word(y)), key=str)
            parts.append({(call("hadamard", *pair),): p * q})
    return _sum(iter(parts))


def _word(word: Word) -> Term:
    return word[0] if len(word) == 1 else mul(*word)


def of_one_entry(term: Term) -> Term | None:
    """What the term says where every array has one entry; None where that says nothing about others."""
    for node in term.walk():
        if node.kind in {"sum", "prod", "index", "piecewise", "limit"} or node.name in _IDENTITIES:
            return None
        if node.kind == "call" and node.name in ARRAYS and node.name not in _OF_ONE_ENTRY:
            return None

    def visit(node: Term) -> Term | None:
        if node.kind != "call" or node.name not in _OF_ONE_ENTRY:
            return None
        args = [arg.rebuild(visit) for arg in node.args]
        if node.name == "transpose":
            return args[0]
        return call("Abs", args[0]) if node.name == "norm" else mul(*args)

    return term.rebuild(visit)


def entries(a: Term, b: Term) -> tuple[Term, Term] | None:
    r"""The claim with `w^\top x` as the sum of `w_i x_i`, and a gradient by w entry by entry; else None.

    Only small letters are vectors; everything that is no vector is a number.
    """
    vectors = {name for side in (a, b) for pair in _pairs(side) for name in pair}
    if not vectors:
        return None
    ends = {node.args[3] for side in (a, b) for node in side.walk() if node.kind == "sum"}
    size = ends.pop() if len(ends) == 1 else sym("n")
    taken = a.symbols() | b.symbols()
    bound, free = (sym(next(k for k in letters if k not in taken)) for letters in ("klmpqruv", "jihst"))
    a, b = (_summed(side, bound, size) for side in (a, b))
    if a.kind == "diff" and len(a.args) == 2 and a.args[1].kind == "symbol" and a.args[1].name in vectors:
        by = index(a.args[1], free)
        a = a.with_args(a.args[0], by)
        b = b.substitute({name: index(sym(name), free) for name in vectors - {a.args[1].args[0].name}})
        b = b.rebuild(_entry_of_entry)
    elif any(node.kind == "diff" and _base(node.args[1].name) in vectors for node in a.walk()):
        return None
    rest = {node.name for side in (a, b) for node in side.walk() if _stands_alone(side, node, vectors)}
    return None if rest else (a, b)


def _pairs(term: Term) -> Iterator[tuple[str, str]]:
    for node in term.walk():
        if node.kind == "mul":
            for first, second in zip(node.args, node.args[1:], strict=False):
                if _is_vector(second) and _is_turned(first):
                    yield first.args[0].name, second.name
        elif node.kind == "call" and node.name == "inner" and all(map(_is_vector, node.args)):
            yield node.args[0].name, node.args[1].name


def _is_turned(term: Term) -> bool:
    return term.kind == "call" and term.name == "transpose" and _is_vector(term.args[0])


def _is_vector(term: Term) -> bool:
    return term.kind == "symbol" and _base(term.name)[:1].islower()


def _summed(term: Term, bound: Term, size: Term) -> Term:
    def product(left: Term, right: Term) -> Term:
        return total(mul(index(left, bound), index(right, bound)), bound, ONE, size)

    def visit(node: Term) -> Term | None:
        if node.kind == "call" and node.name == "inner" and all(map(_is_vector, node.args)):
            return product(*node.args)
        if node.kind != "mul":
            return None
        factors: list[Term] = []
        rest = [arg.rebuild(visit) for arg in node.args]
        while rest:
            first = rest.pop(0)
            paired = _is_turned(first) and bool(rest) and _is_vector(rest[0])
            factors.append(product(first.args[0], rest.pop(0)) if paired else first)
        return mul(*factors) if len(factors) > 1 else factors[0]

    return term.rebuild(visit)


def _entry_of_entry(node: Term) -> Term | None:
    """What had an index before keeps its own: x[j][k] is x[k]."""
    if node.kind == "index" and node.args[0].kind == "index":
        return index(node.args[0].args[0], *node.args[1:])
    return None


def _stands_alone(side: Term, node: Term, vectors: set[str]) -> bool:
    """Whether a vector is left without an index, or a vector operation is left."""
    if node.kind == "call" and node.name in ARRAYS:
        return True
    if node.kind != "symbol" or node.name not in vectors:
        return False
    return not any(other.kind == "index" and other.args[0] is node for other in side.walk())


def of_one_size(a: Term, b: Term, catalog: Catalog) -> tuple[Term, Term]:
    """The claim with sums over entries ending at n, as in the catalogue's vector functions."""
    records = [catalog.find(name) for name in sorted(a.functions() | b.functions())]
    if not any(record is not None and record.is_vector for record in records):
        return a, b
    ends = {node.args[3] for side in (a, b) for node in side.walk() if node.kind == "sum"}
    if len(ends) != 1 or "n" in a.free_symbols() | b.free_symbols():
        return a, b
    (end,) = ends
    put = {end.name: sym("n")} if end.kind == "symbol" else {}
    return a.substitute(put), b.substitute(put)

"""∂z[i]/∂z[j] = δ(i, j), sums term by term, Σ_k f(k) δ(k, j) = f(j): the moves beside the table.

Everything else (quotients, chains, named functions) is done by the rows of `derive.rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.derive.algebra import is_number, join_product, join_sum, literal, negate, put, tidy
from symderiv.derive.engine import MAX_STEPS, Lemma, Move, count_derivatives, first_derivative, is_linear
from symderiv.derive.lines import Detail
from symderiv.derive.rules import RuleKind, apply, derivative, match, rules
from symderiv.derive.step import Path
from symderiv.errors import LimitError, UnsupportedError
from symderiv.notation import names
from symderiv.notation.term import ONE, ZERO, Term, call, sym, total

Jacobian = Callable[[Term, Term, Term], "Term | None"]
"""(vector function of a vector, its index, index of the variable) -> the closed form derived for it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Derivatives found before: of scalar functions, of vector functions."""

    lemma: Lemma
    jacobian: Jacobian


Rewritten = tuple[str, RuleKind, Term, tuple[tuple[str, Term], ...]]


def expand_vector(
    state: Term,
    lemma: Lemma,
    jacobian: Jacobian,
    *,
    banned: frozenset[str] = frozenset(),
    sifting: bool = True,
) -> list[Move]:
    """Apply rules until no inert derivative and no δ under a sum is left. Raises `UnsupportedError`.

    Without `sifting` the sums with a δ are left as they are.
    """
    known = _Known(lemma, jacobian)
    moves: list[Move] = []
    while (place := _next(state) if sifting else first_derivative(state)) is not None:
        if len(moves) >= MAX_STEPS:
            raise LimitError(f"the derivation takes more than {MAX_STEPS} steps", hint="a smaller formula")
        path, node = place, state.part(place)
        rewritten = _sifted(node) if node.kind == "sum" else _rewritten(node, known, banned)
        rule, kind, part, bindings = rewritten
        after = _signs_in_front(_without_empty_sums(put(state, path, part)))
        moves.append(Move(rule, kind, state, after, path, bindings, count_derivatives(part)))
        state = after
    return moves


def _next(state: Term) -> Path | None:
    """A sum that is ready to be sifted, else the next inert derivative."""
    ready = _ready_sum(state)
    return first_derivative(state) if ready is None else ready


def _ready_sum(term: Term) -> Path | None:
    if term.kind == "sum" and not count_derivatives(term) and _deltas(term):
        return ()
    for position, arg in enumerate(term.args):
        found = _ready_sum(arg)
        if found is not None:
            return (position, *found)
    return None


def _deltas(node: Term) -> list[Term]:
    """The δ in the body of a sum that hold its bound index."""
    body, bound = node.args[0], node.args[1]
    return [d for d in body.walk() if d.kind == "call" and d.name == "delta" and bound in d.args]


def _rewritten(node: Term, known: _Known, banned: frozenset[str]) -> Rewritten:
    body, variable = node.args[0], node.args[1]
    if len(node.args) == 3:
        raise UnsupportedError("derivatives of a vector function are taken one at a time", span=node.span)
    if body.kind == "index" and variable.kind == "index" and body.args[0] == variable.args[0]:
        return "kronecker-delta", "function", _delta(body, variable), (("u", body), ("v", variable))
    if body.kind == "index" and body.args[0].kind == "call":
        return _known_jacobian(body, variable, known.jacobian)
    if body.kind == "sum":
        return "sum-rule", "structure", _inside(body, variable), (("u", body), ("x", variable))
    for rule in rules():
        if rule.id in banned or (bindings := match(rule, node)) is None:
            continue
        kind = rule.kind
        inner = bindings.get("u")
        if kind in ("function", "lemma") and inner is not None and not _is_plain(inner, variable):
            kind = "structure"
        return rule.id, kind, apply(rule, node, bindings), tuple(sorted(bindings.items()))
    if body.kind == "call" and len(body.args) == 1:
        return _named(body, variable, known.lemma)
    what = body.name if body.kind == "call" else f"this {body.kind}"
    raise UnsupportedError(f"no rule for the derivative of {what} in a vector function", span=body.span)


def _known_jacobian(body: Term, variable: Term, jacobian: Jacobian) -> Rewritten:
    """∂softmax(z)[i]/∂z[j] by what was derived for softmax."""
    vector = body.args[0]
    if len(body.args) == 2 and vector.args == (variable.args[0],):
        found = jacobian(vector, body.args[1], variable.args[1])
        if found is not None:
            return "known-derivative", "structure", found, (("f", body), ("x", variable))
    raise UnsupportedError(f"no rule for the derivative of {body}", span=body.span)


def _is_plain(term: Term, variable: Term) -> bool:
    """Linear in the entries: z[i], -z[k], beta*z[i] + 1."""
    if term.kind == "index":
        return True
    return is_linear(term, variable) or (
        term.kind in ("neg", "add", "mul", "div")
        and all(_is_plain(a, variable) or not _varies(a, variable) for a in term.args)
        and (term.kind != "mul" or sum(_varies(a, variable) for a in term.args) == 1)
    )


def _varies(term: Term, variable: Term) -> bool:
    return variable.args[0].name in term.free_symbols()


def _named(body: Term, variable: Term, lemma: Lemma) -> Rewritten:
    inner = body.args[0]
    known = lemma(body.name) if body.order == 0 else None
    if known is not None:
        letter, outer = known
        rule, value = "known-derivative", outer.substitute({letter: inner})
    elif body.name in names.FUNCTIONS:
        raise UnsupportedError(f"no rule for the derivative of {body.name}", span=body.span)
    else:
        rule, value = "chain-rule", call(body.name, inner, order=body.order + 1)
    kind: RuleKind = "function" if _is_plain(inner, variable) else "structure"
    bindings = (("f", body), ("u", inner), ("x", variable))
    return rule, kind, join_product(value, derivative(inner, variable)), bindings


def _delta(entry: Term, variable: Term) -> Term:
    """The product of δ over the axes."""
    if len(entry.args) != len(variable.args):
        raise UnsupportedError(f"{entry} and {variable} have different numbers of indices", span=entry.span)
    factors = []
    for left, right in zip(entry.args[1:], variable.args[1:], strict=True):
        values = literal(left), literal(right)
        if left == right:
            factors.append(ONE)
        elif None not in values:
            factors.append(ZERO)
        else:
            factors.append(call("delta", left, right))
    return join_product(*factors)


def _inside(node: Term, variable: Term) -> Term:
    """The derivative under the sum; a bound index that is also the variable's gets another letter."""
    body, bound, low, high = node.args
    taken = frozenset().union(*(arg.free_symbols() for arg in variable.args[1:]))
    if bound.name in taken:
        fresh = fresh_letter(taken | node.symbols())
        body, bound = body.substitute({bound.name: sym(fresh)}), sym(fresh)
    return total(derivative(body, variable), bound, low, high)


def fresh_letter(taken: frozenset[str]) -> str:
    """The first usual index letter that is free."""
    for letter in "klmpqr":
        if letter not in taken:
            return letter
    return next(f"k_{count}" for count in range(1, len(taken) + 2) if f"k_{count}" not in taken)


def _sifted(node: Term) -> Rewritten:
    body, bound, low, high = node.args
    delta = _deltas(node)[0]
    place = delta.args[1] if delta.args[0] == bound else delta.args[0]
    picked, rest = sift(body, delta)
    at = picked.substitute({bound.name: place})
    kept = ZERO if is_number(rest, 0) else total(rest, bound, low, high)
    return "sifting", "structure", join_sum(at, kept), (("k", bound), ("j", place), ("u", picked))


def sift(body: Term, delta: Term) -> tuple[Term, Term]:
    """(p, q) with body = p*δ + q, for a body that is linear in δ as every derivative is."""
    picked = with_value(body, delta, ONE)
    rest = with_value(body, delta, ZERO)
    if is_number(rest, 0):
        return picked, rest
    terms = body.args if body.kind == "add" else (body,)
    with_delta = [term for term in terms if delta in term.walk()]
    without = [term for term in terms if delta not in term.walk()]
    if any(not is_number(with_value(term, delta, ZERO), 0) for term in with_delta):
        return join_sum(picked, negate(rest)), rest
    return join_sum(*(with_value(term, delta, ONE) for term in with_delta)), join_sum(*without)


def with_value(term: Term, delta: Term, value: Term) -> Term:
    """The formula with 0 or 1 for a δ, written without zeros and ones."""
    if term == delta:
        return value
    if not term.args:
        return term
    args = tuple(with_value(arg, delta, value) for arg in term.args)
    return term if args == term.args else tidy(term.with_args(*args))


def _without_empty_sums(term: Term) -> Term:
    """Σ 0 is 0."""
    if not any(node.kind == "sum" and is_number(node.args[0], 0) for node in term.walk()):
        return term
    args = tuple(_without_empty_sums(arg) for arg in term.args)
    if term.kind == "sum" and is_number(args[0], 0):
        return ZERO
    return tidy(term.with_args(*args))


def _signs_in_front(term: Term) -> Term:
    """e^u * (-δ) as -(e^u * δ), and a - (-b) as a + b: what the inner derivative brings along."""
    if not term.args or not any(node.kind == "neg" for node in term.walk()):
        return term
    args = tuple(_signs_in_front(arg) for arg in term.args)
    whole = term if args == term.args else tidy(term.with_args(*args))
    if whole.kind != "mul" or all(arg.kind != "neg" for arg in whole.args):
        return whole
    bare = join_product(*(arg.args[0] if arg.kind == "neg" else arg for arg in whole.args))
    return negate(bare) if sum(arg.kind == "neg" for arg in whole.args) % 2 else bare


# -- lines -----------------------------------------------------------------------------------------


def vector_lines(moves: list[Move], room: int, detail: Detail) -> list[list[Move]]:
    """Groups of moves, one a line: a structural move alone, a function with its inner derivative."""
    if detail == "every-rule":
        return [[move] for move in moves]
    groups: list[list[Move]] = []
    for move in moves:
        small = move.kind != "structure"
        if groups and small and all(m.kind != "structure" for m in groups[-1]) and not _closed(groups[-1]):
            groups[-1].append(move)
        else:
            groups.append([move])
    while len(groups) > max(room, 1):
        position = min(range(len(groups) - 1), key=lambda p: (_weight(groups[p]) + _weight(groups[p + 1]), p))
        groups[position : position + 2] = [groups[position] + groups[position + 1]]
    return groups


def _closed(group: list[Move]) -> bool:
    """Whether the group has finished the derivative that it began with."""
    return count_derivatives(group[-1].after) < count_derivatives(group[0].before)


def _weight(group: list[Move]) -> int:
    weights = {"structure": 3, "lemma": 2, "function": 2, "trivial": 1}
    return sum(weights[move.kind] for move in group)


def name_of(group: list[Move]) -> Move:
    """The move that names the line: structure first, then the δ, then the function."""
    order = {"structure": 3, "function": 1, "lemma": 1, "trivial": 0}
    return max(group, key=lambda move: 2 if move.rule == "kronecker-delta" else order[move.kind])

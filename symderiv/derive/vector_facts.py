"""What follows from ∂f[i]/∂z[j] = δ(i, j) a[i] + Σ b u[i] v[j]: cases, matrix, products, row sums.

The parts a, b, u, v are read off the derived closed form; each statement is then proved on its own, from
the definition, for every n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.derive.algebra import is_number, join_difference, join_product, join_quotient, join_sum, negate
from symderiv.derive.positive import is_positive
from symderiv.derive.vector_components import (
    IDENTITY,
    ONES,
    Space,
    component,
    entry_of_matrix,
    vector_of,
)
from symderiv.derive.vector_fold import Factored, Monomial, bracket, factored, is_delta
from symderiv.derive.vector_moves import fresh_letter
from symderiv.derive.vector_routes import Problem
from symderiv.notation.term import ONE, ZERO, Term, add, call, diff, index, mul, neg, num, sym, total
from symderiv.prove import Verdict


@dataclass(frozen=True, slots=True)
class VectorStatement:
    """left = right as it is shown, `proved` as the pair of component formulas that was decided."""

    id: str
    left: Term
    right: Term
    proved: tuple[Term, Term]
    verdict: Verdict


@dataclass(frozen=True)
class Outer:
    """number * scale * u vᵀ, as an entry number * scale * u[i] * v[j]."""

    scale: Monomial
    row: Term
    column: Term


@dataclass(frozen=True)
class Shape:
    """common * (diag(a) + Σ outer): the closed form taken apart; components are over the index i."""

    common: Monomial
    diagonal: tuple[Monomial, ...]
    rest: tuple[Monomial, ...]


def shape_of(closed: Factored, problem: Problem) -> Shape:
    """The δ part, with j written i and δ dropped, and the rest; common factors without an index in front."""
    indices = {problem.row.name, problem.column.name}
    scalar = {b: e for b, e in closed.common.powers.items() if not indices & b.free_symbols()}
    local = Monomial(powers={b: e for b, e in closed.common.powers.items() if b not in scalar})
    diagonal, rest = [], []
    for one in closed.terms:
        whole = local.times(one)
        delta = [base for base in whole.powers if is_delta(base)]
        if delta:
            diagonal.append(_renamed(whole.without(*delta), problem.column, problem.row))
        else:
            rest.append(whole)
    return Shape(Monomial(closed.common.number, scalar), tuple(diagonal), tuple(rest))


def _renamed(one: Monomial, old: Term, new: Term) -> Monomial:
    powers: dict[Term, Fraction] = {}
    for base, exponent in one.powers.items():
        renamed = base.substitute({old.name: new})
        powers[renamed] = powers.get(renamed, Fraction(0)) + exponent
    return replace(one, powers=powers)


class Facts:
    """Makes the statements for one problem and its closed form."""

    def __init__(self, problem: Problem, closed: Factored) -> None:
        self.problem = problem
        self.closed = closed
        self.shape = shape_of(closed, problem)
        record = problem.record
        taken = record.names() | record.definition.functions() | {problem.other, "n"}
        self.head = self._head()
        letters = [c for c in "sypqrab" if c not in taken]
        self.letter = letters[0]
        self.cotangent = next(c for c in ("g", "v", "c") if c not in taken)
        self.tangent = next(c for c in ("t", "w", "h") if c not in taken)
        vectors = {
            self.letter: self.head,
            self.cotangent: sym(self.cotangent),
            self.tangent: sym(self.tangent),
            record.variable: problem.vector,
        }
        self.space = Space(vectors, record.size)

    def _head(self) -> Term:
        """The vector function that the closed form speaks of: f itself, or another such as softmax."""
        own = call(self.problem.record.name, self.problem.vector)
        found = [
            node.args[0]
            for one in (self.closed.common, *self.closed.terms)
            for base in one.powers
            for node in base.walk()
            if node.kind == "index" and node.args[0].kind == "call"
        ]
        return found[0] if found and own not in found else own

    # -- cases -------------------------------------------------------------------------------------

    def cases(self) -> tuple[VectorStatement, ...]:
        """∂f[i]/∂z[i], and ∂f[i]/∂z[j] for i different from j."""
        problem = self.problem
        row, column = problem.row, problem.column
        same = factored([*self._with_common(self.shape.diagonal), *self._diagonal_of_rest()]).term()
        left = diff(problem.component(row), index(problem.vector, row))
        equal = self._statement("i = j", left, same, left, same)
        other = factored(self._with_common(self.shape.rest)).term()
        apart = add(ONE, neg(call("delta", row, column)))
        proved = (mul(apart, problem.start), mul(apart, other))
        different = self._statement("i != j", problem.start, other, *proved)
        return equal, different

    def _with_common(self, terms: Sequence[Monomial]) -> list[Monomial]:
        return [one.times(self.shape.common) for one in terms]

    def _diagonal_of_rest(self) -> list[Monomial]:
        column, row = self.problem.column, self.problem.row
        return [_renamed(one, column, row).times(self.shape.common) for one in self.shape.rest]

    # -- matrix and products -----------------------------------------------------------------------

    def outers(self) -> tuple[Outer, ...] | None:
        """Each monomial of the rest as scale * u[i] * v[j]; None where the indices do not separate."""
        found = []
        row, column = self.problem.row, self.problem.column
        for one in self.shape.rest:
            sides: dict[str, dict[Term, Fraction]] = {"row": {}, "column": {}, "scale": {}}
            for base, exponent in one.powers.items():
                free = base.free_symbols()
                if row.name in free and column.name in free:
                    return None
                side = "row" if row.name in free else "column" if column.name in free else "scale"
                sides[side][base] = exponent
            u = self._vector(Monomial(powers=sides["row"]).term(), row)
            v = self._vector(Monomial(powers=sides["column"]).term(), column)
            if u is None or v is None:
                return None
            found.append(Outer(Monomial(one.number, sides["scale"]), u, v))
        return tuple(found)

    def _vector(self, term: Term, at: Term) -> Term | None:
        return ONES if is_number(term, 1) else vector_of(term, at, self.space)

    def diagonal(self) -> Term | None:
        """a as a vector: `one` where it is 1, None where it cannot be written, 0 where there is none."""
        if not self.shape.diagonal:
            return ZERO
        return self._vector(bracket(self.shape.diagonal), self.problem.row)

    def matrix(self) -> VectorStatement | None:
        """J = common * (diag(a) + Σ b u vᵀ)."""
        outers, a = self.outers(), self.diagonal()
        if outers is None or a is None:
            return None
        main = ZERO if a == ZERO else IDENTITY if a == ONES else call("diag", a)
        inner = main
        for outer in outers:
            inner = _plus(inner, outer.scale, mul(outer.row, call("transpose", outer.column)))
        right = self._scaled(inner)
        entry = entry_of_matrix(right, self.problem.row, self.problem.column, self.space)
        return self._statement("matrix", sym("J"), right, self.problem.start, entry)

    def _scaled(self, inner: Term) -> Term:
        """common * inner, a fraction for negative powers."""
        common = self.shape.common
        above = Monomial(abs(common.number), {b: e for b, e in common.powers.items() if e > 0}).term()
        below = Monomial(powers={b: -e for b, e in common.powers.items() if e < 0}).term()
        result = join_quotient(join_product(above, inner), below)
        return negate(result) if common.number < 0 else result

    def vjp(self) -> VectorStatement | None:
        """Jᵀg = common * (a ⊙ g + Σ b ⟨g, u⟩ v)."""
        g, problem = sym(self.cotangent), self.problem
        right = self._product(g, transposed=True)
        if right is None:
            return None
        weight = index(g, problem.row)
        left = total(mul(weight, problem.start), problem.row, ONE, sym(problem.record.size))
        shown = mul(call("transpose", sym("J")), g)
        entry = component(right, problem.column, self.space)
        return self._statement("vjp", shown, right, left, entry)

    def jvp(self) -> VectorStatement | None:
        """J t = common * (a ⊙ t + Σ b ⟨v, t⟩ u)."""
        t, problem = sym(self.tangent), self.problem
        right = self._product(t, transposed=False)
        if right is None:
            return None
        weight = index(t, problem.column)
        left = total(mul(problem.start, weight), problem.column, ONE, sym(problem.record.size))
        entry = component(right, problem.row, self.space)
        return self._statement("jvp", mul(sym("J"), t), right, left, entry)

    def _product(self, given: Term, *, transposed: bool) -> Term | None:
        """The Jacobian (or its transpose) times a vector, without ever forming the matrix."""
        outers, a = self.outers(), self.diagonal()
        if outers is None or a is None:
            return None
        pairs = [(o.scale, *((o.row, o.column) if transposed else (o.column, o.row))) for o in outers]
        if a not in (ZERO, ONES) and pairs and all(vector == a for _, _, vector in pairs):
            inner = given
            for scale, against, _ in pairs:
                inner = _plus(inner, scale, self._inner(given, against))
            return self._scaled(call("hadamard", a, inner))
        inner = ZERO if a == ZERO else given if a == ONES else call("hadamard", a, given)
        for scale, against, vector in pairs:
            weight = self._inner(given, against)
            inner = _plus(inner, scale, weight if vector == ONES else mul(weight, vector))
        return self._scaled(inner)

    def _inner(self, given: Term, against: Term) -> Term:
        if against == ONES:
            rows = {self.problem.row.name, self.problem.column.name, self.problem.record.size}
            bound = sym(fresh_letter(given.symbols() | rows))
            return total(index(given, bound), bound, num(1), sym(self.problem.record.size))
        ordered = (given, against) if given.name == self.cotangent else (against, given)
        return call("inner", *ordered)

    # -- sums --------------------------------------------------------------------------------------

    def row_sum(self) -> VectorStatement | None:
        """Σ_j ∂f[i]/∂z[j] = 0, that is J 1 = 0, where it holds."""
        problem = self.problem
        left = total(problem.start, problem.column, ONE, sym(problem.record.size))
        found = self._statement("row-sum", mul(sym("J"), ONES), ZERO, left, ZERO)
        return found if found.verdict.status == "proved" else None

    def column_sum(self) -> VectorStatement | None:
        """Σ_i ∂f[i]/∂z[j] = 0, that is 1ᵀ J = 0, where it holds."""
        problem = self.problem
        left = total(problem.start, problem.row, ONE, sym(problem.record.size))
        shown = mul(call("transpose", ONES), sym("J"))
        found = self._statement("column-sum", shown, ZERO, left, ZERO)
        return found if found.verdict.status == "proved" else None

    def cross_entropy(self) -> VectorStatement | None:
        """∂/∂z[j] of -Σ_k t[k] log f[k], for a positive f: 1/f cancels before anything is computed."""
        problem, record = self.problem, self.problem.record
        row, column = problem.row, problem.column
        if not is_positive(problem.definition(row), dict(record.parameters)):
            return None
        weight, own = index(sym(self.tangent), row), problem.component(row)
        per_value = Monomial(Fraction(-1), {weight: Fraction(1), own: Fraction(-1)})
        bound = sym(fresh_letter(problem.start.symbols() | {record.size, self.tangent}))
        terms = []
        for one in self.closed.terms:
            whole = one.times(self.closed.common).times(per_value)
            delta = [base for base in whole.powers if is_delta(base)]
            if delta:
                terms.append(_renamed(whole.without(*delta), row, column))
                continue
            inside = {b: e for b, e in whole.powers.items() if row.name in b.free_symbols()}
            body = Monomial(powers=inside).term().substitute({row.name: bound})
            outer = whole.without(*inside)
            terms.append(
                outer.times(Monomial(powers={total(body, bound, ONE, sym(record.size)): Fraction(1)}))
            )
        body = mul(weight, call("log", own)).substitute({row.name: bound})
        left = diff(neg(total(body, bound, ONE, sym(record.size))), problem.variable)
        right = bracket(sorted(terms, key=lambda m: m.number < 0))
        return self._statement("cross-entropy", left, right, left, right)

    def symmetric(self) -> VectorStatement | None:
        """∂f[i]/∂z[j] = ∂f[j]/∂z[i], that is Jᵀ = J, where it holds."""
        problem = self.problem
        swapped = diff(problem.component(problem.column), index(problem.vector, problem.row))
        shown = call("transpose", sym("J"))
        found = self._statement("symmetric", shown, sym("J"), problem.start, swapped)
        return found if found.verdict.status == "proved" else None

    def _statement(self, name: str, left: Term, right: Term, a: Term, b: Term) -> VectorStatement:
        return VectorStatement(name, left, right, (a, b), self.problem.prover.prove(a, b))


def _plus(inner: Term, scale: Monomial, what: Term) -> Term:
    """inner + scale * what, the sign as a sign."""
    size = replace(scale, number=abs(scale.number))
    above = Monomial(Fraction(size.number.numerator), {b: e for b, e in size.powers.items() if e > 0}).term()
    below = Monomial(
        Fraction(size.number.denominator), {b: -e for b, e in size.powers.items() if e < 0}
    ).term()
    term = join_quotient(join_product(above, what), below)
    return join_difference(inner, term) if scale.number < 0 else join_sum(inner, term)

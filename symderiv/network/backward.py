"""The backward pass: δ_v = ∂L/∂v = Σ_u δ_u ∂u/∂v, from the loss back to every parameter, in symbols.

Each δ is proved on its own, use by use: δ_u ∂u/∂v is the derivative of δ_u u(v) by v, everything else kept
fixed. With the chain rule these lines add up to the gradient of the loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.derive.algebra import join_product, join_sum, negate
from symderiv.derive.vector_fold import Monomial, factored, has_delta, is_delta, monomials
from symderiv.network.local import Local, Locals
from symderiv.network.meaning import Meaning
from symderiv.network.model import Network, Node, entry
from symderiv.network.simplified import shortened, size
from symderiv.notation.term import ONE, Term, diff, sym, total
from symderiv.prove import Verdict
from symderiv.prove.verdict import Status

_WORST: tuple[Status, ...] = ("refuted", "undecided", "proved")
_LARGEST_PLAIN = 160
"""A gradient written without δ has at most so many signs."""
_WORTH = 4
"""So many signs shorter is worth leaving the order of the chain."""
_LARGEST_WHOLE = 400
_MOST_WHOLE = 12
"""A proof in one piece is tried for formulas up to that size, and for so many parameters."""
_WHOLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Adjoint:
    """δ = ∂L/∂name: `chain` is the sum over uses with inert derivatives, `value` what they come to.

    `verdict` is that of the line; `locals` are the local derivatives that it is made of. `full` is the same
    without other δ, where that is no longer than a line or two; `full_verdict` says that it is the same.
    """

    name: str
    symbol: str
    left: Term
    chain: Term
    value: Term
    locals: tuple[Local, ...]
    verdict: Verdict
    full: Term | None = None
    full_verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Gradient:
    """∂L/∂parameter: its adjoint line, and the proof in one piece where one was tried."""

    adjoint: Adjoint
    whole: Verdict | None

    @property
    def plain(self) -> Term:
        """The gradient in forward values; with δ in it where it would be too long otherwise."""
        return self.adjoint.value if self.adjoint.full is None else self.adjoint.full


@dataclass(frozen=True)
class Backward:
    """Everything that the backward pass derives: adjoints from the loss downwards, then gradients."""

    network: Network
    adjoints: tuple[Adjoint, ...]
    gradients: tuple[Gradient, ...]
    consumers: dict[str, tuple[str, ...]]

    @property
    def by_name(self) -> dict[str, Adjoint]:
        """Adjoints of nodes and of parameters by name."""
        return {one.name: one for one in (*self.adjoints, *(g.adjoint for g in self.gradients))}

    def below(self, name: str) -> tuple[Adjoint, ...]:
        """The adjoints that the one of `name` is made of, itself the last."""
        known, found = self.by_name, {}
        stack = [name]
        while stack:
            current = stack.pop()
            if current in known and current not in found:
                found[current] = known[current]
                stack += self.consumers[current]
        order = {one: place for place, one in enumerate(known)}
        return tuple(sorted(found.values(), key=lambda one: order[one.name]))

    def verdicts(self, name: str) -> list[Verdict]:
        """Every verdict that the gradient of a parameter rests on."""
        found: list[Verdict] = []
        for adjoint in self.below(name):
            found += [step.verdict for local in adjoint.locals for step in local.steps]
            found += adjoint_verdicts(adjoint)
        return found


def adjoint_verdicts(adjoint: Adjoint) -> list[Verdict]:
    """The verdicts of its own lines."""
    return [one for one in (adjoint.verdict, adjoint.full_verdict) if one is not None]


def backward(network: Network, meaning: Meaning) -> Backward:
    """The whole backward pass. Raises `NetworkError` where a derivative is outside the class."""
    return _Pass(network, meaning).run()


@dataclass
class _Pass:
    network: Network
    meaning: Meaning
    known: dict[str, Adjoint] = field(default_factory=dict)
    too_large: bool = False
    """Was a proof in one piece too much? The others are as large."""

    def run(self) -> Backward:
        network = self.network
        consumers = self._consumers()
        locals_ = Locals(network, self.meaning)
        adjoints: list[Adjoint] = []
        active = self._active()
        for node in reversed(network.nodes):
            if node.name == network.loss or node.name not in active:
                continue
            adjoints.append(self._adjoint(node.name, consumers[node.name], locals_))
        gradients = []
        for name in network.parameters:
            adjoint = self._adjoint(name, consumers[name], locals_)
            gradients.append(self._gradient(adjoint))
        kept = {name: users for name, users in consumers.items() if name in self.known}
        return Backward(network, tuple(adjoints), tuple(gradients), kept)

    def _consumers(self) -> dict[str, tuple[str, ...]]:
        """The nodes that use each name, in the order of evaluation."""
        found: dict[str, list[str]] = {}
        for node in self.network.nodes:
            for name in sorted(node.body.free_symbols()):
                found.setdefault(name, []).append(node.name)
        return {name: tuple(users) for name, users in found.items()}

    def _active(self) -> set[str]:
        """The nodes that some parameter leads to."""
        found = set(self.network.parameters)
        for node in self.network.nodes:
            if found & node.body.free_symbols():
                found.add(node.name)
        return found

    def _adjoint(self, name: str, users: Sequence[str], locals_: Locals) -> Adjoint:
        network = self.network
        left = network.entry(name)
        found = [locals_.find(network.by_name[user], name) for user in users]
        chain, parts, verdicts = [], [], []
        for local in found:
            node = network.by_name[local.of]
            delta, bounds = self._delta(node, local.row), self._bounds(node, local.row)
            chain.append(_summed(join_product(delta, local.start), bounds))
            parts.append(contribution(delta, local.value, bounds))
            verdicts.append(self._part(left, local, parts[-1]))
        value = join_sum(*parts) if len(parts) > 1 else parts[0]
        verdict = min(verdicts, key=lambda one: _WORST.index(one.status))
        symbol = self._symbol(name)
        full, same = self._without_deltas(value)
        adjoint = Adjoint(name, symbol, left, join_sum(*chain), value, tuple(found), verdict, full, same)
        self.known[name] = adjoint
        return adjoint

    def _part(self, left: Term, local: Local, part: Term) -> Verdict:
        """Is the part of one use the derivative of Σ_i δ[i] u[i] by v, everything but u and v kept fixed?"""
        node = self.network.by_name[local.of]
        body = self.meaning.instance(node, tuple(map(sym, local.row)))
        whole = _summed(join_product(self._delta(node, local.row), body), self._bounds(node, local.row))
        verdict = self.meaning.prove(diff(whole, left), part, (local.of,))
        if verdict.status == "undecided":  # the local derivative has its own proof: only the rest is left
            verdict = self.meaning.prove(self._put_in(local), part)
        return verdict

    def _put_in(self, local: Local) -> Term:
        """Σ_i δ[i] J[i] with what was found for J, before it is sifted."""
        node = self.network.by_name[local.of]
        return _summed(join_product(self._delta(node, local.row), local.value), self._bounds(node, local.row))

    def _delta(self, node: Node, row: tuple[str, ...]) -> Term:
        if node.name == self.network.loss:
            return ONE
        return entry(self.known[node.name].symbol, tuple(map(sym, row)))

    def _bounds(self, node: Node, row: tuple[str, ...]) -> list[tuple[Term, Term]]:
        sizes = self.network.sizes.get(node.name, ())
        return [(sym(letter), size) for letter, size in zip(row, sizes, strict=True)]

    def _symbol(self, name: str) -> str:
        """delta_z, or another name where that is taken."""
        network = self.network
        taken = {*network.by_name, *network.given, *network.parameters, *network.numbers}
        taken |= {letter for node in network.nodes for letter in node.body.symbols()}
        symbol = f"delta__{name}" if network.letters_of(name) else f"delta_{name}"
        while symbol in taken:
            symbol = f"{symbol}_"
        return symbol

    def _without_deltas(self, value: Term) -> tuple[Term | None, Verdict | None]:
        """Every δ written out, in chain order or shorter, and the proof of that; None where it gets long."""
        term = value
        for adjoint in self.known.values():
            if adjoint.symbol in term.free_symbols():
                if adjoint.full is None:
                    return None, None
                term = _put(term, adjoint.symbol, adjoint.left, adjoint.full)
                if size(term) > _LARGEST_PLAIN:
                    return None, None
        if term == value:
            return value, None
        shorter = shortened(term)
        if size(shorter) <= size(term) - _WORTH:
            verdict = self.meaning.prove(term, shorter)
            if verdict.is_proved:
                return shorter, verdict
        return term, None

    def _gradient(self, adjoint: Adjoint) -> Gradient:
        """The gradient, and whether it is proved in one piece."""
        if adjoint.full is None or self.too_large or len(self.network.parameters) > _MOST_WHOLE:
            return Gradient(adjoint, None)
        loss = self.meaning.over_parameters(sym(self.network.loss), most=_LARGEST_WHOLE)
        right = self.meaning.over_parameters(adjoint.full, most=_LARGEST_WHOLE)
        if loss is None or right is None:
            return Gradient(adjoint, None)
        whole = self.meaning.prove_whole(diff(loss, adjoint.left), right, _WHOLE_SECONDS)
        self.too_large = whole.status == "undecided"
        return Gradient(adjoint, whole)


def _put(term: Term, symbol: str, left: Term, value: Term) -> Term:
    """The formula with a δ written out."""
    letters = tuple(at.name for at in left.args[1:])

    def visit(part: Term) -> Term | None:
        if part.kind == "symbol" and part.name == symbol:
            return value
        if part.kind == "index" and part.args[0] == sym(symbol):
            return value.substitute(dict(zip(letters, part.args[1:], strict=True)))
        return None

    return _signs(term.rebuild(visit))


def _signs(term: Term) -> Term:
    """Products that were put into products, flat and with their signs in front."""
    if not term.args or term.kind in ("index", "symbol"):
        return term
    args = tuple(map(_signs, term.args))
    if term.kind == "mul":
        bare = join_product(*(arg.args[0] if arg.kind == "neg" else arg for arg in args))
        return negate(bare) if sum(arg.kind == "neg" for arg in args) % 2 else bare
    if term.kind == "neg":
        return negate(args[0])
    return term.with_args(*args)


def _summed(body: Term, bounds: Sequence[tuple[Term, Term]]) -> Term:
    for letter, high in reversed(bounds):
        body = total(body, letter, ONE, high)
    return body


def contribution(delta: Term, local: Term, bounds: Sequence[tuple[Term, Term]]) -> Term:
    """Σ_i δ[i] J[i], sifted: a Kronecker delta in J picks one term, factors without i stand in front."""
    if not bounds:
        return _signs(join_product(delta, local))
    terms = monomials(local) if has_delta(local) else [_single(local)]
    found = [_sifted(one.times(Monomial(powers={delta: Fraction(1)})), bounds) for one in terms]
    ordered = [_delta_first(one, delta) for one in found]
    return factored(ordered).term() if len(ordered) > 1 else ordered[0].term()


def _single(local: Term) -> Monomial:
    if local.kind == "neg":
        inner = _single(local.args[0])
        return Monomial(-inner.number, inner.powers)
    if local.kind == "mul":
        found = Monomial()
        for arg in local.args:
            found = found.times(_single(arg))
        return found
    return Monomial(powers={local: Fraction(1)}) if local != ONE else Monomial()


def _sifted(one: Monomial, bounds: Sequence[tuple[Term, Term]]) -> Monomial:
    """One product under sums over the bounds."""
    for letter, high in reversed(bounds):
        delta = next((base for base in one.powers if is_delta(base) and letter in base.args), None)
        if delta is not None:
            place = delta.args[1] if delta.args[0] == letter else delta.args[0]
            rest = one.without(delta)
            moved = {base.substitute({letter.name: place}): e for base, e in rest.powers.items()}
            one = Monomial(rest.number, moved)
            continue
        inside = {b: e for b, e in one.powers.items() if letter.name in b.free_symbols()}
        outside = {b: e for b, e in one.powers.items() if b not in inside}
        summed = total(Monomial(powers=inside).term(), letter, ONE, high)
        one = Monomial(one.number, {**outside, summed: Fraction(1)})
    return one


def _delta_first(one: Monomial, delta: Term) -> Monomial:
    """δ in front, as a chain is read."""
    base = delta.args[0] if delta.kind == "index" else delta
    first = {b: e for b, e in one.powers.items() if b.kind == "index" and b.args[0] == base}
    return Monomial(one.number, {**first, **{b: e for b, e in one.powers.items() if b not in first}})

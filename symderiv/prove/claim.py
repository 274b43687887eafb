"""`Claim`: two sides without D, what else must have a value, and the symbols they speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.field.resolve import Resolver
from symderiv.notation.term import Term


@dataclass(frozen=True, slots=True)
class Claim:
    """left = right, wherever both sides and the guards have a value."""

    left: Term
    right: Term
    guards: tuple[Term, ...] = ()

    @staticmethod
    def of(left: Term, right: Term, unfold: Callable[[Term], Term]) -> Claim:
        """The claim with catalogue names unfolded and derivatives resolved."""
        resolver = Resolver(unfold)
        a, b = resolver.resolve(left), resolver.resolve(right)
        return Claim(a, b, tuple(g for g in resolver.guards if g not in (a, b)))

    @property
    def terms(self) -> list[Term]:
        """All Terms that must have a value."""
        return [self.left, self.right, *self.guards]

    def at(self, name: str, value: Term) -> Claim:
        """The claim with a value put in for a symbol."""
        put = {name: value}
        return Claim(
            self.left.substitute(put),
            self.right.substitute(put),
            tuple(g.substitute(put) for g in self.guards),
        )

    def names(self) -> tuple[str, ...]:
        """Free symbols in the order of the alphabet; entries like z[1] stand for themselves."""
        found: dict[str, None] = {}
        for term in self.terms:
            for name in term.free_symbols():
                found[name] = None
        vectors: dict[str, None] = {}
        entries: dict[str, None] = {}
        for term in self.terms:
            for node in term.walk():
                if node.kind == "index" and node.args[0].kind == "symbol":
                    vectors[node.args[0].name] = None
                    if all(arg.kind == "number" for arg in node.args[1:]):
                        marks = ", ".join(str(arg.value()) for arg in node.args[1:])
                        entries[f"{node.args[0].name}[{marks}]"] = None
        return tuple(sorted(name for name in found if name not in vectors)) + tuple(sorted(entries))

    def is_indexed(self) -> bool:
        """Does it speak of entries, deltas or sums with symbolic places?"""
        for term in self.terms:
            for node in term.walk():
                if node.kind == "index" and any(arg.kind != "number" for arg in node.args[1:]):
                    return True
                if node.kind == "sum" and any(_symbolic(arg) for arg in node.args[2:]):
                    return True
                if node.kind == "call" and node.name == "delta":
                    return True
        return False


def _symbolic(term: Term) -> bool:
    return any(node.kind == "symbol" for node in term.walk())

"""`Record`: one catalogue function, as a definition and its surroundings; never an answer."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.notation.term import Term, sym


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a definition comes from."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a definition comes from: a chain of formulas, the rule of each link, and what is put in.

    The last formula is the function itself.
    """

    title: str
    text: str
    lines: tuple[Term, ...]
    rules: tuple[str, ...]
    given: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """`name(variable) = definition`.

    A vector function has an `index` and a `size`: its `definition` is the component with that index,
    over `variable[1] ... variable[size]`. A number made of a whole vector, such as a loss, has a `size`
    and no `index`. `parameters` are free names with their assumptions, `defaults` the usual values of
    some of them; `constants` are names with exact values. `target` names the parameter that is given
    with each value of the variable, number for number; `conditions` are equations and inequalities that
    the parameters fulfil. Derivatives, closed forms, domains and properties are found, never recorded.
    """

    name: str
    title: str
    symbol: str
    definition: Term
    variable: str = "x"
    index: str = ""
    size: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, Term], ...] = ()
    defaults: tuple[tuple[str, Term], ...] = ()
    aliases: tuple[str, ...] = ()
    equivalents: tuple[Term, ...] = ()
    references: tuple[Reference, ...] = ()
    family: str = "activation"
    target: str = ""
    conditions: tuple[Term, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def is_vector(self) -> bool:
        """True for a function of a whole vector, such as softmax."""
        return bool(self.index)

    @property
    def takes_vector(self) -> bool:
        """True for a function of a whole vector, be its value a vector or a number."""
        return bool(self.size)

    @property
    def is_total(self) -> bool:
        """True for a number made of a whole vector, such as cross entropy."""
        return bool(self.size) and not self.index

    @property
    def concrete(self) -> Term:
        """The definition with the values of the constants put in."""
        return self.definition.substitute(dict(self.constants))

    def applied(self, *arguments: Term) -> Term:
        """The definition at the given argument (and, for a vector function, at the given index)."""
        values = {self.variable: arguments[0]}
        if self.is_vector:
            values[self.index] = arguments[1]
        return self.concrete.substitute(values)

    def names(self) -> frozenset[str]:
        """Every symbol name that the definition itself uses."""
        return self.definition.symbols() | {sym(self.variable).name}

"""`tidied`: the same values, to the last bit, in fewer passes over memory.

Signs are carried through products, quotients and sums, and settled where they cost nothing: `-(w + c)` is
`-c - w`, `-|x|` is one operation on the sign bit. Two clamps are one. The zero of such a sum may change its
sign: what decides a select is left as it is, and so is a denominator or a power whose zeros could be others.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.kernels.program import Builder, Node, Program
from symderiv.kernels.signs import Signs

_WEIGHTS = {"select": 3, "patch": 3, "min": 2, "max": 2, "clip": 2, "div": 2, "mills": 28, "erfcx": 28}
_SLOW = frozenset("exp expm1 log log1p arctan power hypot sqrt sin cos arcsin arccos arccosh arctanh".split())
_NOTHING = 750.0
_BLIND = frozenset({"exp", "abs", "negabs", "mask"})
"""What takes -0 and 0 alike."""
_SEEN = {"div": (1,), "power": (0, 1)}
"""The arguments whose -0 gives another value than 0: 1/0 and 1/(-0)."""
_ODD = frozenset({"arctan", "arcsin", "arcsinh", "arctanh", "sin"})


def passes(program: Program) -> int:
    """What a program costs, in passes of an addition."""
    return sum(
        4 if node.op in _SLOW else _WEIGHTS.get(node.op, 1)
        for node in program.nodes
        if node.op not in ("input", "const")
    )


def tidied(program: Program, variable: str = "", side: int = 0) -> Program:
    """The program with signs settled and clamps joined; the shortest one that is found.

    With a `side` (+1, -1) for arguments of that sign alone.
    """
    source = _one_sided(program, variable, side) if side else program
    found = [_Tidier(source, deep=deep).program() for deep in (True, False)]
    return min([*found, source], key=passes)


def _one_sided(program: Program, variable: str, side: int) -> Program:
    """|x| is x or -x."""
    put = Builder()
    places: list[int] = []
    for node in program.nodes:
        args = tuple(places[arg] for arg in node.args)
        inner = put.nodes[args[0]] if node.op in ("abs", "negabs") else node
        if node.op in ("abs", "negabs") and inner.op == "input" and inner.name == variable:
            places.append(args[0] if (node.op == "abs") == (side > 0) else put.op("neg", args[0]))
        else:
            places.append(put.put(Node(node.op, args, node.name, node.value, node.meaning)))
    return put.finish(places[program.result])


@dataclass(slots=True)
class _Tidier:
    """`values` holds each value as a place in `put` and whether it stands for its negative.

    `loose` are the values of which a zero may have the other sign, `strayed` says so of the one in hand.
    """

    source: Program
    deep: bool
    put: Builder = field(default_factory=Builder)
    values: list[tuple[int, bool]] = field(default_factory=list)
    literal: dict[int, int] = field(default_factory=dict)
    loose: set[int] = field(default_factory=set)
    strayed: bool = False
    signs: Signs = field(init=False)

    def __post_init__(self) -> None:
        self.signs = Signs(self.put)

    def program(self) -> Program:
        for place, node in enumerate(self.source.nodes):
            self.strayed = False
            self.values.append(self.value(node))
            if node.op not in _BLIND and (self.strayed or not self.loose.isdisjoint(node.args)):
                self.loose.add(place)
        return self.put.finish(self.settled(*self.values[self.source.result]))

    def value(self, node: Node) -> tuple[int, bool]:
        """One operation on values with signs."""
        if node.op in ("input", "const"):
            return self.put.put(node), False
        if node.op == "mask":
            return self.put.op("mask", self.copied(node.args[0])), False
        seen = _SEEN.get(node.op, ())
        args = [
            (self.copied(place), False) if k in seen and place in self.loose else self.values[place]
            for k, place in enumerate(node.args)
        ]
        if node.op == "neg":
            return args[0][0], not args[0][1]
        if node.op == "abs":
            return self.put.op("abs", args[0][0]), False
        if node.op in ("mul", "div"):
            return self.put.op(node.op, args[0][0], args[1][0]), args[0][1] != args[1][1]
        if node.op in ("add", "sub") and not any(self.put.is_const(place, 0.0) for place, _ in args):
            return self.sum(args[0], args[1], minus=node.op == "sub")
        if node.op in _ODD:
            return self.put.op(node.op, args[0][0]), args[0][1]
        if node.op in ("exp", "expm1"):
            return self.put.op(node.op, self.settled(*self.unclamped(*args[0]))), False
        places = [self.settled(*arg) for arg in args]
        if node.op in ("min", "max"):
            return self.clamp(node.op, places), False
        if node.op in ("add", "sub"):
            return self.put.put(Node(node.op, tuple(places))), False
        return self.put.op(node.op, *places), False

    def unclamped(self, place: int, negative: bool) -> tuple[int, bool]:
        """The v of -min(v, b): its exponential is 0 from 746 on in every type, clamped or not."""
        node = self.put.nodes[place]
        if not negative or node.op != "min":
            return place, negative
        value, bound = sorted(node.args, key=self.put.is_const)
        found = self.put.nodes[bound]
        return (value if found.op == "const" and found.value >= _NOTHING else place), negative

    def copied(self, place: int) -> int:
        """A value as it stands in the source."""
        if place not in self.literal:
            node = self.source.nodes[place]
            args = tuple(self.copied(arg) for arg in node.args)
            self.literal[place] = self.put.put(Node(node.op, args, node.name, node.value, node.meaning))
        return self.literal[place]

    def sum(self, a: tuple[int, bool], b: tuple[int, bool], *, minus: bool) -> tuple[int, bool]:
        """a + b or a - b."""
        (one, first), (other, second) = a, b
        second = second != minus
        if first == second:
            total = self.put.op("add", one, other)
            self.stray(total, when=first)
            return total, first
        if first:
            one, other = other, one
        if Node("sub", (other, one)) in self.put.known:
            total = self.put.op("sub", other, one)
            self.stray(total)
            return total, True
        return self.put.op("sub", one, other), False

    def stray(self, place: int, *, when: bool = True) -> None:
        """A sum stands for its negative: where it vanishes, the zero has the other sign."""
        self.strayed = self.strayed or (when and self.signs.vanishes(place))

    def clamp(self, op: str, places: list[int]) -> int:
        """max(min(v, b), a) = clip(v, a, b) for numbers a <= b."""
        put = self.put
        value, bound = sorted(places, key=put.is_const)
        inner = put.nodes[value]
        if op == "max" and inner.op == "min" and put.is_const(bound):
            below, top = sorted(inner.args, key=put.is_const)
            if put.is_const(top) and put.nodes[bound].value <= put.nodes[top].value:
                return put.op("clip", below, bound, top)
        return put.op(op, *places)

    def settled(self, place: int, negative: bool) -> int:
        """The value with its sign."""
        return self.negated(place) if negative else place

    def negated(self, place: int) -> int:
        """The negative, without an operation of its own where one of the last ones can take the sign."""
        put = self.put
        node = put.nodes[place]
        if node.op in ("sub", "const"):
            self.stray(place)
        if node.op == "sub":
            return put.op("sub", node.args[1], node.args[0])
        if node.op == "abs":
            return put.op("negabs", node.args[0])
        if node.op in ("add", "mul", "div"):
            for k, arg in enumerate(node.args):
                if put.is_const(arg) and put.nodes[arg].value != 0:  # there is one zero among the numbers
                    opposite, other = put.op("neg", arg), node.args[1 - k]
                    if node.op == "add":
                        self.stray(place)
                        return put.op("sub", opposite, other)
                    return put.op(node.op, *((opposite, other) if k == 0 else (other, opposite)))
        if self.deep and node.op in ("mul", "div"):
            for k, arg in enumerate(node.args):
                free = self.freely(arg, below=node.op == "div" and k == 1)
                if free is not None:
                    return put.op(node.op, *((free, node.args[1]) if k == 0 else (node.args[0], free)))
        return put.op("neg", place)

    def freely(self, place: int, *, below: bool) -> int | None:
        """The negative where it costs nothing; of a denominator, where its zeros keep their sign, too."""
        before, self.strayed = self.strayed, False
        free = self.negated(place)
        astray, self.strayed = self.strayed, before
        if self.put.nodes[free].op == "neg" or (below and astray):
            return None
        self.strayed = before or astray
        return free

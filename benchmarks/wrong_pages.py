r"""Pages with one wrong line: small networks in letters and in numbers, and softmax in indices.

Each page is made from a few choices (letters, activation, loss, depth, digits), so that no two look the
same; the wrong line and the slip in it are chosen with them. Everything else on the page is right.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Page:
    """The text, the number of the wrong line (None: nothing is wrong) and the slips that it may be called."""

    text: str
    line: int | None
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layer:
    w: str
    b: str
    z: str
    a: str
    before: str
    bend: str

    @property
    def slope(self) -> str:
        """da/dz in the output."""
        return {r"\sigma": f"{self.a}(1-{self.a})", r"\tanh": f"(1-{self.squared})"}[self.bend]

    @property
    def squared(self) -> str:
        """a^2, in brackets where the letter has something above it."""
        return f"({self.a})^2" if "^" in self.a else f"{self.a}^2"


_LETTERS = (
    ("w_{%d}", "b_{%d}", "z_{%d}", "a_{%d}"),
    ("w^{(%d)}", "b^{(%d)}", "z^{(%d)}", "a^{(%d)}"),
    ("u_{%d}", "c_{%d}", "s_{%d}", "h_{%d}"),
)
_LOSSES = (
    ("L", r"\frac{1}{2}(%s - y)^2", r"(%s - y)", r"(y - %s)"),
    ("E", r"(y - %s)^2", r"-2(y - %s)", r"2(y - %s)"),
    ("C", r"\frac{1}{2}(t - %s)^2", r"-(t - %s)", r"(t - %s)"),
)


def _layers(rng: random.Random) -> list[_Layer]:
    w, b, z, a = rng.choice(_LETTERS)
    before = "x"
    found = []
    for k in range(1, rng.choice((2, 2, 3)) + 1):
        found.append(_Layer(w % k, b % k, z % k, a % k, before, rng.choice((r"\sigma", r"\tanh"))))
        before = a % k
    return found


def networks(count: int, seed: int = 1) -> Iterator[Page]:
    """Chains of neurons; the derivative by a weight in the letters of the page."""
    rng = random.Random(seed)
    makers = (_right, _sign, _lost, _wrong_layer, _path, _output, _square, _constant, _slope)
    for k in range(count):
        layers = _layers(rng)
        loss = rng.choice(_LOSSES)
        yield makers[k % len(makers)](layers, loss, rng)


def _head(layers: list[_Layer], loss: tuple[str, ...]) -> list[str]:
    rows = [rf"$${x.z} = {x.w}{x.before} + {x.b}, \qquad {x.a} = {x.bend}({x.z})$$" for x in layers]
    return [*rows, f"$${loss[0]} = {loss[1] % layers[-1].a}$$"]


def _gradient(layers: list[_Layer], first: str, last: str, slopes: list[str], weights: list[str]) -> str:
    factors = [first]
    for k in range(len(layers) - 1, -1, -1):
        factors.append(slopes[k])
        if k:
            factors.append(weights[k])
    return r"\,".join([*factors, last])


def _page(layers: list[_Layer], loss: tuple[str, ...], claim: str, slips: tuple[str, ...]) -> Page:
    rows = [*_head(layers, loss), f"$${_by(loss, layers)} = {claim}$$"]
    return Page("\n".join(rows) + "\n", len(rows) if slips else None, slips)


def _by(loss: tuple[str, ...], layers: list[_Layer]) -> str:
    return rf"\frac{{\partial {loss[0]}}}{{\partial {layers[0].w}}}"


def _parts(layers: list[_Layer], loss: tuple[str, ...]) -> tuple[str, list[str], list[str]]:
    return loss[2] % layers[-1].a, [x.slope for x in layers], [x.w for x in layers]


def _right(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    return _page(layers, loss, _gradient(layers, first, "x", slopes, weights), ())


def _sign(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    _, slopes, weights = _parts(layers, loss)
    return _page(layers, loss, _gradient(layers, loss[3] % layers[-1].a, "x", slopes, weights), ("sign",))


def _lost(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    claim = _gradient(layers, first, "x", slopes, weights)
    lost = rng.choice(["x", *weights[1:]])
    return _page(layers, loss, _without(claim, lost), ("dropped-factor", "dropped-inner-derivative"))


def _without(claim: str, factor: str) -> str:
    parts = claim.split(r"\,")
    parts.remove(factor)
    return r"\,".join(parts)


def _wrong_layer(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    weights[1] = weights[0]
    return _page(layers, loss, _gradient(layers, first, "x", slopes, weights), ("wrong-index",))


def _path(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    names = [loss[0]]
    for layer in reversed(layers):
        names += [layer.a, layer.z]
    pairs = [*pairwise(names), (names[-1], layers[0].w)]
    place = rng.randrange(2, len(pairs))
    upper, lower = pairs[place]
    other = layers[0].b if lower == layers[0].w else layers[(len(pairs) - 1 - place) // 2].w
    pairs[place] = (upper, layers[0].b if lower == layers[0].w else other)
    claim = "".join(rf"\frac{{\partial {a}}}{{\partial {b}}}" for a, b in pairs)
    return _page(layers, loss, claim, ("wrong-path",))


def _output(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    layer = rng.choice(layers)
    slope = layer.slope.replace(layer.a, layer.z)
    rows = [*_head(layers, loss), rf"$$\frac{{\partial {layer.a}}}{{\partial {layer.z}}} = {slope}$$"]
    return Page("\n".join(rows) + "\n", len(rows), ("output-form-as-input-form",))


def _square(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    place = rng.randrange(len(layers))
    a = layers[place].a
    slopes[place] = f"(1-{a})" if layers[place].bend == r"\tanh" else f"{a}(1-{layers[place].squared})"
    return _page(layers, loss, _gradient(layers, first, "x", slopes, weights), ("exponent",))


def _constant(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    claim = _gradient(layers, first, "x", slopes, weights)
    claim = claim.replace("-2(", "-(") if claim.startswith("-2") else f"2\\,{claim}"
    if claim.startswith(r"2\,-"):
        claim = f"-2{claim[4:]}"
    return _page(layers, loss, claim, ("wrong-constant-factor",))


def _slope(layers: list[_Layer], loss: tuple[str, ...], rng: random.Random) -> Page:
    first, slopes, weights = _parts(layers, loss)
    claim = _gradient(layers, first, "x", slopes, weights)
    slope = rng.choice(slopes)
    slips = ("dropped-inner-derivative", "dropped-factor")
    return _page(layers, loss, _without(claim, slope), slips)


_VECTORS = (("s", "z", "i", "j", "k", "n"), ("p", "z", "i", "j", "k", "K"), ("a", "x", "k", "l", "m", "N"))


def indexed() -> Iterator[Page]:
    """Softmax, its logarithm, and cross entropy with labels that add up to 1."""
    for s, z, i, j, k, n in _VECTORS:
        head = rf"$${s}_{i} = \frac{{e^{{{z}_{i}}}}}{{\sum_{{{k}=1}}^{{{n}}} e^{{{z}_{k}}}}}$$"
        left = rf"\frac{{\partial {s}_{i}}}{{\partial {z}_{j}}}"
        delta = rf"\delta_{{{i}{j}}}"
        for claim, slip in (
            (f"{s}_{i}({delta} - {s}_{j})", ""),
            (f"{s}_{i}{delta} - {s}_{i}{s}_{j}", ""),
            (f"{s}_{i}({delta} + {s}_{j})", "sign"),
            (f"{s}_{i}(1 - {s}_{i})", "diagonal-only-softmax"),
            (f"{s}_{i}(1 - {s}_{j})", "missing-delta"),
            (f"{s}_{i}({delta} - {s}_{i})", "wrong-index"),
            (f"-{s}_{i}{s}_{j}", "missing-delta|dropped-term"),
            (f"{delta} - {s}_{j}", "dropped-factor"),
            (f"2{s}_{i}({delta} - {s}_{j})", "wrong-constant-factor"),
            (f"{s}_{i}({delta} - {s}_{j}^2)", "exponent"),
        ):
            yield _indexed([head], left, claim, slip)
        loss = rf"$$L = -\sum_{{{i}=1}}^{{{n}}} y_{i}\ln {s}_{i}, \qquad \sum_{{{i}=1}}^{{{n}}} y_{i} = 1$$"
        left = rf"\frac{{\partial L}}{{\partial {z}_{j}}}"
        for claim, slip in (
            (f"{s}_{j} - y_{j}", ""),
            (rf"-\sum_{{{i}=1}}^{{{n}}} y_{i}({delta} - {s}_{j})", ""),
            (f"y_{j} - {s}_{j}", "sign"),
            (f"{s}_{j}", "dropped-term"),
            (f"2({s}_{j} - y_{j})", "wrong-constant-factor"),
            (rf"-\sum_{{{i}=1}}^{{{n}}} y_{i}({delta} + {s}_{j})", "sign"),
            (rf"-\sum_{{{i}=1}}^{{{n}}} y_{i}(1 - {s}_{j})", "missing-delta"),
            (f"({s}_{j} - y_{j}){s}_{j}(1-{s}_{j})", "none"),
        ):
            yield _indexed([head, loss], left, claim, slip)
        mean = rf"$$L = \frac{{1}}{{{n}}}\sum_{{{k}=1}}^{{{n}}} (w {z}_{k} - y_{k})^2$$"
        body = rf"\frac{{2}}{{{n}}}\sum_{{{k}=1}}^{{{n}}} (w {z}_{k} - y_{k})"
        for claim, slip in (
            (rf"{body}\,{z}_{k}", ""),
            (body, "dropped-factor|dropped-inner-derivative"),
            (rf"{body.replace('{2}', '{1}', 1)}\,{z}_{k}", "wrong-constant-factor"),
            (rf"{body.replace('- y', '+ y')}\,{z}_{k}", "sign"),
            (rf"-{body}\,{z}_{k}", "sign"),
        ):
            yield _indexed([mean], r"\frac{\partial L}{\partial w}", claim, slip)


def _indexed(heads: list[str], left: str, claim: str, slip: str) -> Page:
    rows = [*heads, f"$${left} = {claim}$$"]
    return Page("\n".join(rows) + "\n", len(rows) if slip else None, tuple(slip.split("|")) if slip else ())


def figures(count: int, seed: int = 2) -> Iterator[Page]:
    """One neuron in numbers, rounded at every step; one number wrong."""
    rng = random.Random(seed)
    for k in range(count):
        digits = rng.choice((2, 3, 4))
        w, x, b = (round(rng.uniform(0.2, 1.9), 1) for _ in range(3))
        z = w * x + b
        a = 1 / (1 + math.exp(-z))
        y = 1
        printed = {"z": _shown(z, 4), "a": _shown(a, digits), "l": _shown((a - y) ** 2 / 2, digits)}
        slip, wrong = (("", ""), ("rounding", "a"), ("arithmetic", "z"), ("arithmetic", "l"))[k % 4]
        if slip == "rounding":
            printed["a"] = _cut(a, digits)
            if printed["a"] == _shown(a, digits):
                slip = ""
        elif slip:
            printed[wrong] = _other_digit(printed[wrong], rng)
        rows = [
            f"Let $w = {w}$, $x = {x}$, $b = {b}$ and $y = {y}$.",
            rf"$$z = wx + b = {w}\cdot {x} + {b} = {printed['z']}$$",
            rf"$$a = \sigma(z) \approx {printed['a']}$$",
            rf"$$L = \frac{{1}}{{2}}(a-y)^2 \approx {printed['l']}$$",
        ]
        line = {"z": 2, "a": 3, "l": 4}.get(wrong) if slip else None
        yield Page("\n".join(rows) + "\n", line, (slip,) if slip else ())


def _shown(value: float, digits: int) -> str:
    return f"{value:.{digits}f}"


def _cut(value: float, digits: int) -> str:
    return f"{math.floor(value * 10**digits) / 10**digits:.{digits}f}"


def _other_digit(text: str, rng: random.Random) -> str:
    """Another first digit behind the point: no rounding makes this of it."""
    place = text.index(".") + 1
    digit = (int(text[place]) + rng.randrange(2, 9)) % 10
    return text[:place] + str(digit) + text[place + 1 :]

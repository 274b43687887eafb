"""Rational test points: simple, negative, small, large, and around the borders of the cells.

The lists are fixed: the same formula meets the same points on every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, pairwise, product, zip_longest

_F = Fraction
_VALUES = (
    _F(1, 3), _F(-2, 3), _F(5, 2), _F(-7, 4), _F(1, 10), _F(-1, 7), _F(9, 10), _F(6, 5), _F(-6, 5), _F(4),
    _F(-5), _F(13, 2), _F(1), _F(0), _F(-1), _F(2), _F(-2), _F(11), _F(-12), _F(1, 1000), _F(-1, 1000), _F(3),
    _F(-3), _F(31, 10), _F(47, 10), _F(25), _F(-27), _F(1, 2), _F(-1, 2), _F(60), _F(-70), _F(150), _F(-200),
    _F(1001), _F(-1003), _F(10**5), _F(-(10**5) - 1), _F(10**9), _F(-(10**9)),
)  # fmt: skip
_WHOLE = (_F(-2), _F(2), _F(1, 2), _F(3), _F(-1))
_MAX_CROSSED = 3
_SHIFTS = (0, 5, 11, 3, 8, 14, 6, 1)


def points(
    names: Sequence[str],
    assumptions: Mapping[str, str],
    borders: Mapping[str, Sequence[Fraction]] | None = None,
) -> Iterator[dict[str, Fraction]]:
    """Points for the named symbols, inside their assumptions; those around `borders` after the first few."""
    if not names:
        yield {}
        return
    plain = _sweep(names, assumptions)
    yield from islice(plain, 6)
    found = borders or {}
    special = [_around(name, found[name], names, assumptions) for name in sorted(found) if name in names]
    # in turns: many borders must not keep the far points from being looked at
    for near in zip_longest(*special):
        yield from (point for point in near if point is not None)
        yield from islice(plain, 1)
    if len(names) > 1:
        yield from islice(plain, 12)
        yield from _whole(names, assumptions)
    yield from plain


def _sweep(names: Sequence[str], assumptions: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    count = len(_VALUES)
    seen: dict[tuple[Fraction | None, ...], None] = {}
    for lap in range(1 if len(names) == 1 else 2):
        for k in range(count):
            values = []
            for position, name in enumerate(names):
                shift = _SHIFTS[position % len(_SHIFTS)] + position // len(_SHIFTS) + lap * (7 * position + 2)
                values.append(
                    fitted(_VALUES[(k + shift) % count], assumptions.get(name.partition("[")[0], "real"))
                )
            key = tuple(values)
            if None not in key and key not in seen:
                seen[key] = None
                yield dict(zip(names, values, strict=True))  # type: ignore[arg-type]


def _whole(names: Sequence[str], assumptions: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    """Small whole numbers and halves in all combinations: powers of negative numbers have values there."""
    choices = [
        list(
            dict.fromkeys(v for value in _WHOLE if (v := fitted(value, _word(name, assumptions))) is not None)
        )
        for name in names[:_MAX_CROSSED]
    ]
    rest = names[_MAX_CROSSED:]
    for values in product(*choices):
        others = {name: fitted(_F(2), _word(name, assumptions)) for name in rest}
        if None not in others.values():
            yield {**dict(zip(names, values, strict=False)), **others}  # type: ignore[dict-item]


def _word(name: str, assumptions: Mapping[str, str]) -> str:
    return assumptions.get(name.partition("[")[0], "real")


def _around(
    name: str, borders: Sequence[Fraction], names: Sequence[str], assumptions: Mapping[str, str]
) -> Iterator[dict[str, Fraction]]:
    ordered = sorted(dict.fromkeys(borders))
    middles = [(a + b) / 2 for a, b in pairwise(ordered)]
    tries = [*ordered, *middles]
    for step in (_F(1, 1000), _F(-1, 1000), _F(1, 2), _F(-1, 2), _F(7), _F(-7)):
        tries += [border + step for border in ordered]
    for k, value in enumerate(tries):
        point = fitted(value, assumptions.get(name, "real"), exact=True)
        if point is None:
            continue
        others = {}
        for position, other in enumerate(names):
            start = k + _SHIFTS[position % len(_SHIFTS)]
            others[other] = fitted(
                _VALUES[start % len(_VALUES)], assumptions.get(other.partition("[")[0], "real")
            )
        if None not in others.values():
            yield {**others, name: point}  # type: ignore[dict-item]


def fitted(value: Fraction, assumption: str, *, exact: bool = False) -> Fraction | None:
    """The value moved inside an assumption, or None where it cannot be (`exact`: not moved at all)."""
    fits = fits_assumption(value, assumption)
    if fits or exact:
        return value if fits else None
    if assumption == "integer":
        return Fraction(round(value))
    moved = -value if assumption == "negative" or value < 0 else value
    return moved if fits_assumption(moved, assumption) else None


def fits_assumption(value: Fraction, assumption: str) -> bool:
    """Does the value satisfy the assumption?"""
    match assumption:
        case "positive":
            return value > 0
        case "negative":
            return value < 0
        case "nonnegative":
            return value >= 0
        case "nonzero":
            return value != 0
        case "integer":
            return value.denominator == 1
    return True

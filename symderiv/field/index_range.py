"""Where indices run: an index of z lies in the range that the sums over z run through.

That is the convention of every text that writes Σ_{k=1}^n z_k next to z_i; it is read off the formula and
reported as a condition. Where a formula gives two ranges for one axis, nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symderiv.field.index_read import Reader
from symderiv.field.index_tree import Index

Range = tuple[Index, Index]
_MAX_ENDS = 6


def hull(ranges: Iterable[Range]) -> Range | None:
    """The smallest range around all of them, where their ends can be compared."""
    lows, highs = zip(*ranges, strict=True)
    if len({low.name for low in lows}) > 1 or len({high.name for high in highs}) > 1:
        return None
    return min(lows), max(highs)


class Ranges:
    """The range of every index name, as far as the formula tells it."""

    def __init__(self, reader: Reader) -> None:
        self.known: dict[str, Range] = dict(reader.sums)
        self.numbers: dict[str, int] = {}
        axes: dict[tuple[str, int], list[Range]] = {}
        for base, axis, at in reader.entries:
            if at.name in reader.sums:
                low, high = reader.sums[at.name]
                axes.setdefault((base, axis), []).append((low.plus(at.shift), high.plus(at.shift)))
        self._sizes = frozenset(high.name for _, high in reader.sums.values() if high.name)
        found: dict[str, list[Range | None]] = {}
        for base, axis, at in reader.entries:
            ranges = axes.get((base, axis))
            if not ranges or at.name in reader.sums:
                continue
            around = hull(ranges)
            if not at.name or at.name in self._sizes:
                self._stretch(at, around)
            elif around is None:
                found.setdefault(at.name, []).append(None)
            else:
                low, high = around
                found.setdefault(at.name, []).append((low.plus(-at.shift), high.plus(-at.shift)))
        self._torn = frozenset(self._settle(found))
        self._through_deltas(reader)

    def _stretch(self, at: Index, around: Range | None) -> None:
        """z[3] says that there are at least 3; z[n - 1] that n is at least 2."""
        if around is None or not around[1].name or around[0].name:
            return
        low, high = around
        least = at.shift - high.shift if not at.name else low.shift - at.shift
        size = high.name if not at.name else at.name
        self.numbers[size] = max(self.numbers.get(size, 1), least)

    def _settle(self, found: dict[str, list[Range | None]]) -> list[str]:
        """Ranges that all places agree on; the names on which they do not."""
        torn = []
        for name, ranges in found.items():
            first = ranges[0]
            if first is not None and all(one == first for one in ranges):
                self.known[name] = first
            else:
                torn.append(name)
        return torn

    def _through_deltas(self, reader: Reader) -> None:
        """δ(i, k) compares like with like: an index met nowhere else runs where its partner runs."""
        for _ in range(len(reader.deltas)):
            for left, right in [*reader.deltas, *((b, a) for a, b in reader.deltas)]:
                settled = {*self.known, *self._torn, *self._sizes, ""}
                if left.name not in settled and right.name in self.known:
                    low, high = self.known[right.name]
                    shift = right.shift - left.shift
                    self.known[left.name] = (low.plus(-shift), high.plus(-shift))

    def is_size(self, name: str) -> bool:
        """Whether the name is the last value of a sum."""
        return name in self._sizes

    def least(self, size: str) -> int:
        """The least value of a size that the formula makes sense for."""
        return self.numbers.get(size, 1)

    def put(self, name: str, value: Index) -> Ranges:
        """The ranges after `value` was put for an index name."""
        other = object.__new__(Ranges)
        other._sizes, other._torn, other.numbers = self._sizes, self._torn, self.numbers
        other.known = {
            key: (low.put(name, value), high.put(name, value)) for key, (low, high) in self.known.items()
        }
        if value.name and value.name not in other.known and name in self.known:
            low, high = self.known[name]
            other.known[value.name] = (low.plus(-value.shift), high.plus(-value.shift))
        return other

    def ends_outside(self, index: Index, low: Index, high: Index) -> list[Index] | None:
        """The places of `index` that are not in low..high; None where that cannot be told.

        An empty list says that it is in range; the place itself in the list says that it is not.
        """
        if not index.name:
            return self._fixed(index, low, high)
        if index.name == high.name:
            if index.shift > high.shift:
                return [index]
            return [] if not low.name and self.least(high.name) + index.shift >= low.shift else None
        if index.name not in self.known:
            return None
        first, last = (end.plus(index.shift) for end in self.known[index.name])
        if first.name != low.name or last.name != high.name:
            return None
        below, above = low.shift - first.shift, last.shift - high.shift
        if max(below, above) > _MAX_ENDS:
            return None
        ends = [first.plus(step) for step in range(below)]
        return ends + [last.plus(-step) for step in range(above)]

    def _fixed(self, index: Index, low: Index, high: Index) -> list[Index] | None:
        if low.name:
            return None
        if index.shift < low.shift:
            return [index]
        if not high.name:
            return [] if index.shift <= high.shift else [index]
        return [] if self.least(high.name) + high.shift >= index.shift else None

    def values(self, name: str) -> range | None:
        """All values of an index, where its range is between numbers."""
        low, high = self.known.get(name, (Index("?"), Index("?")))
        return None if low.name or high.name else range(low.shift, high.shift + 1)

    def choices(self, name: str, values: Mapping[str, int]) -> range:
        """The values of a free index where sizes are known; 1 and 2 where nothing is known of it."""
        if name not in self.known:
            return range(1, 3)
        low, high = (values.get(end.name, 0) + end.shift for end in self.known[name])
        return range(low, high + 1)

    def at_least_zero(self) -> frozenset[str]:
        """Sizes, and the indices whose range starts at 0 or later."""
        counted = {name for name, (low, _) in self.known.items() if not low.name and low.shift >= 0}
        return self._sizes | counted

    def conditions(self, names: Iterable[str]) -> tuple[str, ...]:
        """`1 <= i <= n` for the names, and `n >= 2` where the formula needs it."""
        known = [(name, *self.known[name]) for name in sorted(names) if name in self.known]
        lines = [f"{_shown(low)} <= {name} <= {_shown(high)}" for name, low, high in known]
        lines += [f"{size} >= {least}" for size, least in sorted(self.numbers.items()) if least > 1]
        return tuple(lines)


def _shown(index: Index) -> str:
    """`n - 1`, as plain notation is written."""
    if not index.name or not index.shift:
        return str(index)
    return f"{index.name} {'+' if index.shift > 0 else '-'} {abs(index.shift)}"

"""`present`: a rational expression as a careful author would write it.

The work is done by `present_writer.Writer` on polynomials; here a Term becomes a quotient of polynomials in
its letters: whatever is no sum, product, quotient or whole power.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flint import fmpz_mpoly, fmpz_mpoly_ctx

from symderiv.derive.algebra import literal
from symderiv.derive.present_writer import Writer
from symderiv.limits import MAX_EXPONENT
from symderiv.notation.term import Term


def present(term: Term, *, order: Sequence[Term] = (), constants: Iterable[Term] = ()) -> Term:
    """A rational expression written well: sums, products, quotients and whole powers of its letters.

    Whatever is no sum, product, quotient or whole power counts as one letter; `order` puts letters in front.
    The Term comes back as it is where it is too large or divides by zero.
    """
    letters: dict[Term, int] = {letter: i for i, letter in enumerate(order)}
    for node in _letters(term):
        letters.setdefault(node, len(letters))
    ring = fmpz_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(letters))), "lex")
    pair = _ratio(term, letters, ring)
    if pair is None:
        return term
    return Writer(ring, tuple(letters), constants=constants).ratio(*pair)


def present_numerator(term: Term) -> Term:
    """The numerator of a rational expression in lowest terms, written well."""
    letters: dict[Term, int] = {}
    for node in _letters(term):
        letters.setdefault(node, len(letters))
    ring = fmpz_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(letters))), "lex")
    pair = _ratio(term, letters, ring)
    if pair is None or not pair[0]:
        return term
    top = pair[0] / pair[0].gcd(pair[1])
    return Writer(ring, tuple(letters)).best(top)


def _is_decimal(term: Term) -> bool:
    """A number written with a point keeps its look: it counts as a letter."""
    return term.kind == "number" and "." in term.name


def _whole(exponent: Term) -> int | None:
    value = literal(exponent)
    whole = value is not None and value.denominator == 1 and abs(value) <= MAX_EXPONENT
    return int(value) if whole and value is not None else None


def _letters(term: Term) -> Iterable[Term]:
    match term.kind:
        case "add" | "mul" | "div" | "neg":
            for arg in term.args:
                yield from _letters(arg)
        case "pow" if _whole(term.args[1]) is not None:
            yield from _letters(term.args[0])
        case "number" if not _is_decimal(term):
            return
        case _:
            yield term


def _ratio(
    term: Term, letters: dict[Term, int], ring: fmpz_mpoly_ctx
) -> tuple[fmpz_mpoly, fmpz_mpoly] | None:
    """(numerator, denominator) of a rational expression, or None."""
    one = ring.constant(1)
    match term.kind:
        case "number" if not _is_decimal(term):
            value = term.value()
            return ring.constant(value.numerator), ring.constant(value.denominator)
        case "add" | "mul":
            result = (ring.constant(0), one) if term.kind == "add" else (one, one)
            for arg in term.args:
                part = _ratio(arg, letters, ring)
                if part is None or len(result[0]) * len(part[0]) > 2_000:
                    return None
                if term.kind == "add":
                    result = (result[0] * part[1] + part[0] * result[1], result[1] * part[1])
                else:
                    result = (result[0] * part[0], result[1] * part[1])
            return result
        case "neg":
            inner = _ratio(term.args[0], letters, ring)
            return None if inner is None else (-inner[0], inner[1])
        case "div":
            top, bottom = _ratio(term.args[0], letters, ring), _ratio(term.args[1], letters, ring)
            return (
                None
                if top is None or bottom is None or not bottom[0]
                else (top[0] * bottom[1], top[1] * bottom[0])
            )
        case "pow" if _whole(term.args[1]) is not None:
            base, power = _ratio(term.args[0], letters, ring), _whole(term.args[1]) or 0
            if base is None or max(len(base[0]), len(base[1])) ** min(abs(power), 9) > 50_000:
                return None
            if power < 0:
                return (base[1] ** -power, base[0] ** -power) if base[0] else None
            return base[0] ** power, base[1] ** power
        case _:
            return ring.gen(letters[term]), one

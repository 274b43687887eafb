"""How authors write: read right, or refused at the place; two readings are both given."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.notation.read.latex import Context, read_latex
from tests.notation.authors import Written, lines

LINES = lines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.latex)
def test_read_or_refused(line: Written) -> None:
    context = Context.of(line.functions, line.symbols)
    if line.caret is not None:
        with pytest.raises(SymderivError) as caught:
            read_latex(line.latex, context)
        start, end = caught.value.span or (-1, -1)
        assert line.latex[start:end] == line.caret
        return
    reading = read_latex(line.latex, context)
    assert reading.plain == line.plain
    assert set(reading.other_plains) == set(line.others)
    assert bool(line.others) <= any(note.startswith(("scope: ", "function: ")) for note in reading.notes)

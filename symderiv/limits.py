"""Every resource limit, in one place.

Readers apply the first group while they read, so that hostile text never becomes a tree; the engine
applies the second group before it starts something large.
"""

from __future__ import annotations

MAX_BYTES = 64 * 1024
"""Bytes of one formula."""
MAX_TOKENS = 2_000
"""Tokens of one formula."""
MAX_DEPTH = 100
"""Nested brackets of one formula."""
MAX_DIGITS = 60
"""Digits of one number."""
MAX_NAME = 64
"""Letters of one name."""

MAX_EXPONENT = 64
"""Largest constant integer exponent that is expanded or evaluated."""
MAX_TERMS = 6_000
"""Monomials of an expanded polynomial."""
MAX_SUM_RANGE = 1_000
"""Terms of a Sum with numeric limits."""
MAX_CELLS = 64
"""Cells (intervals and breakpoints) of a piecewise proof."""
PROVE_SECONDS = 5.0
"""Wall time of one proof; beyond it the verdict is `undecided`, how `limit`."""
SIMPLIFY_SECONDS = 2.0
"""Wall time that the last helper, SymPy's simplify, gets in its worker."""
MAX_FORMULAS = 5_000
"""Formulas of one document."""
MAX_LINES = 100_000
"""Lines of one document."""
MAX_STEPS = 2_000
"""Steps, each an equation of two sides, of one document."""
MAX_FILE_BYTES = 4 * 1024 * 1024
"""Bytes of one input file."""
LINE_SECONDS = 5.0
"""Wall time of one line of a document; then its process is killed, and the line is `undecided`."""
STEP_SECONDS = 1.2
"""Processor time of one step of a document."""
CHECK_MEMORY = 1 << 29
"""Address space of the process that checks a document."""
CHECK_CPU_SECONDS = 300
"""Processor time of that process."""
CHECK_RESTARTS = 4
"""How often it is started again for one document."""
TEX_SECONDS = 60.0
"""Wall time that TeX gets for one page; then it and what it started are killed."""

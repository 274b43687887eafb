"""`python -m symderiv` is the command `symderiv`."""

from __future__ import annotations

import sys

from symderiv.cli import main

sys.exit(main())

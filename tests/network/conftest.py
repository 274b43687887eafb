"""The networks that come along, worked out once for all tests."""

from __future__ import annotations

from functools import cache

import symderiv
from symderiv.network.examples import examples
from symderiv.network.worked import Worked

FILES = {path.stem: path for path in examples()}


@cache
def worked_example(name: str) -> Worked:
    return symderiv.backprop(FILES[name])

"""symderiv derives, proves, checks and writes out derivatives.

>>> import symderiv
>>> symderiv.derive("tanh").result.free_symbols() == {"x"}
True

The public names are resolved when they are first used, so that importing the package imports no SymPy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.api import backprop as backprop
    from symderiv.api import check as check
    from symderiv.api import derive as derive
    from symderiv.api import export as export
    from symderiv.api import load_network as load_network
    from symderiv.api import prove as prove
    from symderiv.api import sheet as sheet
    from symderiv.api import verify as verify
    from symderiv.catalog import Catalog as Catalog
    from symderiv.catalog import load as load
    from symderiv.check.report import CheckReport as CheckReport
    from symderiv.derive.step import Derivation as Derivation
    from symderiv.errors import SymderivError as SymderivError
    from symderiv.prove import Verdict as Verdict

__version__ = "0.1.0"

_HOMES = {
    "backprop": "symderiv.api",
    "check": "symderiv.api",
    "derive": "symderiv.api",
    "export": "symderiv.api",
    "load_network": "symderiv.api",
    "prove": "symderiv.api",
    "verify": "symderiv.api",
    "sheet": "symderiv.api",
    "Catalog": "symderiv.catalog",
    "CheckReport": "symderiv.check.report",
    "load": "symderiv.catalog",
    "Derivation": "symderiv.derive.step",
    "SymderivError": "symderiv.errors",
    "Verdict": "symderiv.prove",
}

__all__ = [
    "Catalog",
    "CheckReport",
    "Derivation",
    "SymderivError",
    "Verdict",
    "backprop",
    "check",
    "derive",
    "export",
    "load",
    "load_network",
    "prove",
    "sheet",
    "verify",
]


class _Package(ModuleType):
    """`symderiv.check`, `derive`, `prove` and `sheet` are functions, although layers bear these names, too.

    Importing a layer would put the module in the place of the function; `from symderiv.derive import ...`
    does not need it there.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'symderiv' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])

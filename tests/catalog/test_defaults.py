"""The usual value of a parameter is part of a definition; it must belong to a parameter."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.catalog import load
from symderiv.errors import CatalogError


def test_a_leaky_unit_leaks_a_hundredth() -> None:
    record = load().find("leaky_relu")
    assert record is not None
    assert {name: str(value) for name, value in record.defaults} == {"alpha": "0.01"}


def test_a_default_without_its_parameter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[f]\ndefinition = "x"\ndefaults = { a = "1" }\n', encoding="utf-8")
    with pytest.raises(CatalogError, match="no parameter"):
        load(path)

"""Kernels are built once for all tests of this folder."""

from __future__ import annotations

from functools import lru_cache

import pytest

from symderiv.catalog import load
from symderiv.derive.target import record_of
from symderiv.kernels.kernel import FunctionKernel, function_kernel


@lru_cache(maxsize=64)
def built(text: str, name: str | None = None, precision: str = "exact") -> FunctionKernel:
    catalog = load()
    record = record_of(text, catalog, name=name)
    return function_kernel(record, record.variable, catalog, precision=precision)


@pytest.fixture(scope="session")
def kernel_of():
    return built

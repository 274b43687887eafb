"""Derivations of neural-network functions: every line proved, every answer in the function's own terms."""

from __future__ import annotations

__version__ = "0.1.0"

"""Likely slips: each a function that undoes one kind of slip; claimed only when the line then proves."""

from symderiv.check.slips.table import diagnose as diagnose

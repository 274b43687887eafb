"""Meaning: what a Term stands for, as a SymPy expression over bare symbols; one function each way."""

from symderiv.meaning.assumptions import Assumption as Assumption
from symderiv.meaning.assumptions import read_assumptions as read_assumptions
from symderiv.meaning.calculus import differentiate as differentiate
from symderiv.meaning.terms_from_sympy import to_term as to_term
from symderiv.meaning.terms_to_sympy import to_sympy as to_sympy

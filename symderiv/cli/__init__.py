"""The command line: one file per verb; nothing below this layer prints or exits."""

from symderiv.cli.program import main as main

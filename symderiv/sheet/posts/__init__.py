"""Published worked examples: every formula and number, held against what follows from the definitions."""

"""Steps: from a definition to its derivative, line by line, and back to the function itself."""

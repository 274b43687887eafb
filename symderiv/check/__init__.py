"""Hand derivations: documents in, a verdict for every line out."""

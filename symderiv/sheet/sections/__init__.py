"""One file for each kind of section; each answers a `Section`, or None where there is nothing to say."""

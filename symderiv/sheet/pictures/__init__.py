"""Pictures of a function: what to draw is decided here, by numbers alone; `drawing` puts it on paper."""

"""Ways in for people: the public proposal, the desk of a group, the desk of an office."""

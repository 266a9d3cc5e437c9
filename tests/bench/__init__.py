"""What the program costs, measured against the obvious way to do the same in one run."""

"""Three reports of one invented event, in our own words, for `reader demo`."""

"""The tables as they were at the first revision, by area."""

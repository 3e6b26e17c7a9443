"""Functions that rules may call."""

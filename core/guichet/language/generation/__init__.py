"""The back end that writes Python functions from the typed tree."""

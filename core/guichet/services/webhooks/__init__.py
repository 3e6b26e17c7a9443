"""Webhooks: other software told of what happens to dossiers; never anything of a person."""

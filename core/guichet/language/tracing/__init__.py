"""The back end that explains: it evaluates the typed tree by itself and keeps what it met."""

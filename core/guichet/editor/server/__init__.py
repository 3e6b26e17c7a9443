"""The language server: the protocol of editors over the workspace; the only place of its library."""

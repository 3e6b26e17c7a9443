"""What other software does through the HTTP API: the same acts as people's, asked for in JSON."""

"""Use cases: each takes the frozen UseCases, owns its transactions, and returns values."""

"""One file per area of the screens; each holds its `TEXTS`."""

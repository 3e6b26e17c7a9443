"""From the tree as written to the typed tree: the meaning of names, the types, the bounds."""

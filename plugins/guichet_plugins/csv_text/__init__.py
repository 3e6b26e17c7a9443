"""Tables written as text by others: their lines, their cells. No plugin of its own; lists and returns read with it."""

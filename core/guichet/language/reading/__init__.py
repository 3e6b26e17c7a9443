"""From the text of an expression to its tree as written: tokens, numerals, grammar."""

"""A scheme as its author will see it: served while it is written, its examples as dossiers, everybody one may be."""

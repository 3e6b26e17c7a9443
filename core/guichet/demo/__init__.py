"""Dossiers and agents for a demonstration: invented, in the proportions that a scheme's `demo.yaml` declares."""

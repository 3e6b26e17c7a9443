"""Frozen values of the domain; no behaviour beyond reading themselves."""

"""Formats of payment files."""

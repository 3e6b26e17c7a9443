"""Backups of an installation at work, their restoration, and the release that follows it."""

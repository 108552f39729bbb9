"""Watching feeds."""

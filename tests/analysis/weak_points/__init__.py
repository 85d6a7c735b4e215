"""Weak points."""

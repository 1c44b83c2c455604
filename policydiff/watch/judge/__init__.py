"""Decides whether a reading of a page is a new version: whether its text is the same, and whether it is plausible."""

"""Reads pages of government portals."""

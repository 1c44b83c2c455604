"""Reads formats that place characters on pages (PDF, OFD, pictures); paragraphs are rebuilt from geometry."""

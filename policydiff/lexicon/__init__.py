"""Identifiers and words of Chinese public documents: numerals, quantities, dates, bodies, document numbers, titles; one normal form each."""

"""Identifiers and words of the field: numerals, quantities, dates, bodies, document numbers, titles; one normal form each."""

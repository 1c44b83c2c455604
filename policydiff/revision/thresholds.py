"""Thresholds of the revision diff that stand alone, each with its unit, its reason and a pair on either side."""

LINE_REWRITTEN = 0.5
"""Likeness (0…1, share of common characters in order) from which two lines of a head or tail are one line changed.
「某省人民检察院」 and 「某省人民法院」 (0.77) are; 「某省人民检察院」 and 「2001年6月4日」 (0) are two lines."""

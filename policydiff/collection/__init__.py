"""The documents of a store: `DOC` references, index, search, history, relations, validity, export."""

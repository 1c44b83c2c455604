"""The documents of a store: `DOC` references, index, search, history, relations, what is in force, export."""

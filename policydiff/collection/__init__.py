"""The documents of a store: intake, `DOC` references, index, search, history, relations, export."""

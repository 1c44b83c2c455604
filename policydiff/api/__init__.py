"""The public verbs and the `Store`, one layer below the command line; `policydiff` itself names what is public."""

"""The public functions and the `Store`, one layer below the command line; `policydiff/__init__.py` lists the public names."""

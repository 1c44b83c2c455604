"""Sources and takers of the documents of a store, and the spread of one clause."""

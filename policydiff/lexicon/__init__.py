"""Characters: widths, blanks, numerals, sentences; no knowledge of documents."""

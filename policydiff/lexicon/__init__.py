"""Characters: widths, blanks, numerals, sentences, the form of table rows; no knowledge of documents."""

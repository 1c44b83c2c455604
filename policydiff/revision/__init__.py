"""Two versions of one document: what changed, clause by clause. Amendments are in `policydiff.amendment`."""

"""The one way in: captured bytes and reading rules become a text, a document, its identity, and a version to record."""

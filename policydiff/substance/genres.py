"""Which kind of text a document is: statutes and policies use words of duty with unlike care."""

from policydiff.model import Document, Genre, Grammar


def genre_of(document: Document) -> Genre:
    """Return `statute` for a text in articles, `policy` for any other."""
    return Genre.STATUTE if document.grammar is Grammar.LEGISLATION else Genre.POLICY

"""Which document of a store a title or a number names, for questions about the whole store: the tables are read once."""

from collections import defaultdict
from functools import cache

from policydiff.collection.index import Index
from policydiff.collection.relations import NOTICE, TELLING
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import DocumentTitle, bare_title

_SHORTEST_HELD = 8
"""Characters of a recorded title from which a longer cited title that ends with it can mean that document."""


class HeldTitles:
    """The documents of a store by number and title, as `resolve_citation` tells them."""

    def __init__(self, index: Index) -> None:
        self._numbers: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._endings: dict[str, list[str]] = defaultdict(list)
        """Ending of a recorded title, from `TELLING` characters on, to the documents that bear it."""
        rows = index.database.execute("SELECT id, number, bare_title, title_key FROM document ORDER BY id")
        for document_id, number, bare, key in rows:
            if number is not None:
                self._numbers[number].append(document_id)
            self._bare[bare].append(document_id)
            self._keys[key].append(document_id)
            for start in range(len(bare) - TELLING + 1):
                self._endings[bare[start:]].append(document_id)
        self.find = cache(self._find)
        """The one document that a number and title mean, None where there is none or more than one."""

    def by_number(self, number: str) -> list[str]:
        """Return the documents that bear a number."""
        return self._numbers.get(number_key(number), [])

    def by_title(self, title: str) -> list[str]:
        """Return the documents of exactly this title, issuer and issue mark aside, or of the text a notice carries."""
        parsed = DocumentTitle.parse(title)
        if parsed.is_generic:
            return []
        exact = self._bare.get(bare_title(title))
        if exact:
            return exact
        keys = [key for key in (parsed.key, parsed.carried) if key and len(key) >= _SHORTEST_KEY]
        return next((found for key in keys if (found := self._keys.get(key))), [])

    def _find(self, number: str | None, title: str | None) -> str | None:
        found = self._numbers.get(number_key(number), []) if number else []
        if not found and title:
            bare = bare_title(title)
            carried = NOTICE.search(bare)
            names = [bare, carried["carried"]] if carried else [bare]
            found = next((hits for name in names if (hits := self._bare.get(name))), [])
            if not found:
                long = [name for name in names if len(name) >= TELLING]
                found = next((hits for name in long if (hits := self._ending(name))), [])
        return found[0] if len(found) == 1 else None

    def _ending(self, title: str) -> list[str]:
        held = set(self._endings.get(title, ()))
        for start in range(1, len(title) - _SHORTEST_HELD + 1):
            held.update(self._bare.get(title[start:], ()))
        return sorted(held)


_SHORTEST_KEY = 4
"""Letters of the shortest title that names a text without its issuer: 婚姻法 stands only by its full title."""

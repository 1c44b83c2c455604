"""A tally of the words of a file that are kept out of its text: each kind is counted and can be listed."""

from collections import Counter

from policydiff.extract.reading import LeftOut, Remark

_LONGEST = 300
"""Characters of one entry that are kept: enough to know the words by."""
_MOST = 2_000
"""Entries that are kept; the rest of a kind is one entry that says how many there are."""


class Leftovers:
    """Words left out while one file is read."""

    def __init__(self) -> None:
        self._texts: Counter[tuple[str, str]] = Counter()
        self._characters: Counter[str] = Counter()
        self._last: tuple[str, str] | None = None

    def add(self, kind: str, text: str, *, joined: bool = False) -> None:
        """Note words of a kind; `joined`: they go on from the words noted before, as runs of one paragraph do."""
        if not text:
            return
        self._characters[kind] += sum(not character.isspace() for character in text)
        before = self._last
        if joined and before is not None and before[0] == kind:
            self._texts[before] -= 1
            if not self._texts[before]:
                del self._texts[before]
            text = before[1] + text
        self._last = kind, text
        self._texts[self._last] += 1

    def part(self) -> None:
        """Say that the next words go on from no others."""
        self._last = None

    def characters(self, kind: str) -> int:
        """Return how many characters that are no blanks were left out."""
        return self._characters[kind]

    def found(self) -> tuple[LeftOut, ...]:
        """Return the entries in the order in which they were met."""
        entries = [
            LeftOut(kind, text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …", count)
            for (kind, text), count in self._texts.items()
            if text.strip()
        ]
        rest = Counter(entry.kind for entry in entries[_MOST:])
        return (*entries[:_MOST], *(LeftOut(kind, "…", count) for kind, count in rest.items()))

    def struck_warning(self) -> tuple[Remark, ...]:
        """Return the warning that belongs to struck words, none where there are none."""
        count = self._characters["struck"]
        if not count:
            return ()
        return (
            Remark(
                "left out",
                f"{count} characters are struck through and left out: read with revisions “original” to see them",
            ),
        )

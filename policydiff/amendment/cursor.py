"""A place in a sentence of an amendment, moved on phrase by phrase."""

import re

from policydiff.amendment import set_phrases as phrases
from policydiff.amendment.places import Place, read_places
from policydiff.amendment.quoted import Quoted


class UnreadError(Exception):
    """Words that no set phrase holds; the message gives them."""


class Cursor:
    """Takes patterns, quotes and places from a sentence in order."""

    def __init__(self, quoted: Quoted) -> None:
        self.quoted = quoted
        self.current: tuple[Place, ...] = ()
        self.line = ""
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what a pattern matches here; return the match, None for none."""
        match = pattern.match(self.line, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def peek(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches here."""
        return pattern.match(self.line, self.at) is not None

    def quotes(self, *, new: bool = False) -> tuple[tuple[str, ...], ...]:
        """Take the quotes at hand; the last of several new ones that a verb follows begins a change of its own."""
        match = self.take(phrases.QS)
        if match is None:
            return ()
        marks = [(place, mark) for place, mark in enumerate(match[0]) if re.match(phrases.Q, mark)]
        if new and len(marks) > 1 and self.verb_follows():
            self.at = match.start() + marks[-1][0]
            marks.pop()
        else:
            self.take(phrases.TAIL)
        return tuple(self.quoted.of(mark) for _, mark in marks)

    def verb_follows(self) -> bool:
        """Return whether words are changed here: the quote before belongs to that change."""
        side = phrases.SIDE.match(self.line, self.at)
        return self.peek(phrases.AS) or (
            side is not None and phrases.ADD.match(self.line, side.end()) is not None
        )

    def places(self) -> tuple[Place, ...]:
        """Take the places named here; they become the places spoken of."""
        places, self.at = read_places(self.line, self.at, self.current)
        if places:
            self.current = places
        return places

    def unread(self) -> UnreadError:
        """Return the error for a sentence that goes on in words of no set phrase."""
        return UnreadError(re.sub(phrases.Q, "“…”", self.line[self.at :])[:40])

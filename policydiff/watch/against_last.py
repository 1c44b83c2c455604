"""How a page stands to the last recorded version: the same words, the same place on its page, or facts declared anew."""

from typing import NamedTuple

from policydiff.extract import Limits
from policydiff.model import Extraction, ReadingRules
from policydiff.settings import Source
from policydiff.watch.failure import SourceFailedError
from policydiff.watch.gather import Capture, read_capture, rules_of
from policydiff.watch.judge import (
    FactChange,
    changed_facts,
    core_lines,
    declared_anew,
    differ_beside,
    grows,
    is_within,
    page_of,
    place_of,
    text_essence,
    without_declared,
)
from policydiff.watch.store_archive import Stored


def read_again(newest: Stored, source: Source, limits: Limits) -> Extraction | None:
    """Return the newest version's own bytes as today's rules and extractor read them, None where they cannot.

    A better extractor or changed selectors must not pass for a change of the policy.
    """
    try:
        rules = rules_of(source, newest.reading.pages if newest.reading else _UNKNOWN_PAGES)
        return read_capture(newest.source, newest.media_name, rules, limits)
    except SourceFailedError:
        return None


def says_the_same(recorded: str, again: Extraction | None, extraction: Extraction, *, is_page: bool) -> bool:
    """Say whether a reading is the text of the newest version, the page around it and its counters aside."""
    essence = text_essence(extraction.text)
    olds = [recorded, again.text] if again is not None else [recorded]
    if any(text_essence(old) == essence for old in olds):
        return True
    lines = core_lines(extraction.text)
    if any(
        "".join(core_lines(old)) == "".join(lines) or differ_beside(core_lines(old), lines) for old in olds
    ):
        return True
    if again is None or not is_page or (again.title and extraction.title and again.title != extraction.title):
        return False
    title = extraction.title or again.title
    bare = without_declared(lines, title)
    return any("".join(without_declared(core_lines(old), title)) == "".join(bare) for old in olds)


class Stood(NamedTuple):
    """A page read where the last version's text stood on its own page."""

    place: str | None
    """Selector of the element that held it; None where that was the whole page."""
    before: str
    """What stood there."""
    now: Extraction
    """What stands there."""
    files: frozenset[str]
    """Labels of links to files on both pages."""


def where_it_stood(newest: Stored, source: Source, capture: Capture, limits: Limits) -> Stood | None:
    """Read the place where the last version's text stood; None where selectors say it, or nothing stands there."""
    if source.select or capture.pages > 1:
        return None
    page = page_of(newest.source)
    place = place_of(page, newest.text) if page is not None else None
    rules = ReadingRules(select=(place or "body",))
    try:
        now = read_capture(capture.data, capture.name, rules, limits)
        before = read_capture(newest.source, newest.media_name, rules, limits).text if place else newest.text
    except SourceFailedError:
        return None
    return Stood(place, before, now, frozenset(page.files) if page is not None else frozenset())


def stands_where_it_stood(newest: Stored, extraction: Extraction, stood: Stood) -> bool:
    """Say whether the element that held the last version's text on its page holds the same text now.

    On a page of unknown layout a dialog, a list of comments or a rail of news may be read with the document, or in its
    place. What such a block adds must hold no provision and no annex: else the document itself may have grown.
    """
    if stood.place is None:
        return is_within(newest.text, stood.now.text)
    same = core_lines(stood.now.text)
    if core_lines(stood.before) != same and not differ_beside(core_lines(stood.before), same):
        return False
    return not grows(set(core_lines(extraction.text)) - set(same) - stood.files, same)


def is_beside_only(extraction: Extraction, stood: Stood) -> bool:
    """Say whether a reading is wider than the place where the text stood, and adds no provision and no annex to it."""
    wide, narrow = core_lines(extraction.text), core_lines(stood.now.text)
    added = set(wide) - set(narrow)
    return (
        bool(narrow) and bool(added) and set(narrow) <= set(wide) and not grows(added - stood.files, narrow)
    )


def facts_anew(
    newest: Stored, again: Extraction | None, extraction: Extraction, capture: Capture
) -> tuple[FactChange, ...]:
    """Return what the page declares of its document otherwise than the last version's page."""
    pages = (newest.source, capture.data)
    facts = changed_facts(again, extraction, pages) if again else ()
    old, new = (page_of(data) for data in pages)
    if old is None or new is None:
        return facts
    known = {fact.label for fact in facts}
    anew = declared_anew(old, new, newest.text)
    return (*facts, *(fact for fact in anew if fact.label not in known))


_UNKNOWN_PAGES = 2
"""Pages of a version that was recorded before they were counted: its source may be a bundle."""

"""Compares a page with its last recorded version: same words, same place on the page, newly declared facts, names beside the text.

A name beside the provisions that gave place to another one is no version, and the run lists both: the title of another text, news, a
slogan, a count. What may be a fact of the document always counts: the words of a provision, a title, a number, a body, a day, a state, a label
with its value, and any words that were amended and not replaced.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.extract import Limits
from policydiff.intake import document_of
from policydiff.lexicon.examples import squeeze
from policydiff.model import Document, Extraction, ReadingRules
from policydiff.settings import Source
from policydiff.watch import SourceFailedError
from policydiff.watch.gather import Capture, read_capture, rules_of
from policydiff.watch.judge.beside import FactChange, is_within, without_declared
from policydiff.watch.judge.core import (
    core_lines,
    grows,
    lays_down,
    numbered,
    shifted_by_a_day,
    signature,
    text_essence,
    without_own,
)
from policydiff.watch.judge.fact_forms import amends, has_form_of_fact
from policydiff.watch.judge.nearby import place_of, same_place, spine_of
from policydiff.watch.judge.page_runs import LEAST_TITLE, Page, page_of
from policydiff.watch.judge.surroundings import said_around
from policydiff.watch.links import is_html
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


class Views(NamedTuple):
    """The two texts that are compared: the last version and a new reading."""

    old: str
    new: str
    olds: tuple[str, ...]
    """Further readings of the last version: as it was recorded, and as today's rules read its whole page."""
    wide: str
    """All text read from the page."""
    again: Extraction | None
    """The last version's page as today's rules and extractor read it."""
    titles: tuple[str | None, str | None]
    is_page: bool
    """Whether both are pages."""
    is_within: bool = False
    """Whether the whole page holds the last version line by line, if its text has no place of its own on the page."""
    rules: ReadingRules | None = None
    """Rules that read only the place of the text, if the last version holds exactly the text at that place."""

    bare: tuple[str, str] = ("", "")
    """Older and newer view without the links to further pages at their ends."""

    @property
    def shown(self) -> str:
        """The text of the whole page if the views hold only the place of the last version's text; else empty."""
        return self.wide if self.wide != self.new else ""

    def old_document(self, newest: Stored) -> Document:
        """Return the document in the older view."""
        if self.old == newest.text or self.again is None:
            return newest.document
        return document_of(self.again.model_copy(update={"text": self.old}))

    def say_the_same(self) -> bool:
        """Return whether the reading is the text of the last version, ignoring the page around it, its counters, and names beside the text."""
        return self._is_same() or self.beside() is not None

    def _is_same(self) -> bool:
        if self.is_within or any(text_essence(old) == text_essence(self.wide) for old in self.olds):
            return True
        old_title, new_title = self.titles
        is_titled_anew = bool(old_title and new_title and old_title != new_title)
        for old, new in ((self.old, self.new), self.bare):
            before, after = core_lines(old), core_lines(new)
            if before and ("".join(before) == "".join(after) or shifted_by_a_day(before, after)):
                return True
            title = new_title or old_title
            if before and self.is_page and not is_titled_anew:
                bare_before, bare_after = (without_declared(each, title) for each in (before, after))
                if "".join(bare_before) == "".join(bare_after):
                    return True
        return False

    def beside(self) -> tuple[str, str] | None:
        """Return the words that older and newer view hold beside their provisions where they differ in names alone; None where they differ in more.

        A name is no fact by its form, and not another name amended: the title of another text, news, a slogan, a count.
        """
        old, new = core_lines(self.old), core_lines(self.new)
        if not old or not self.is_page or self._is_same():
            return None
        matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        places = [each[1:] for each in matched if each[0] != "equal"]
        named = [squeeze(each) for each in self.titles if each]
        for i1, i2, j1, j2 in places:
            lines = [*old[i1:i2], *new[j1:j2]]
            is_outside = _is_outside(old, i1, i2) and _is_outside(new, j1, j2)
            is_named = any(line in title or title in line for line in lines for title in named)
            is_amended = any(amends(one, other) for one in old[i1:i2] for other in new[j1:j2])
            if not is_outside or is_named or is_amended or any(map(has_form_of_fact, lines)):
                return None
        return told(
            [line for i1, i2, _, _ in places for line in old[i1:i2]],
            [line for _, _, j1, j2 in places for line in new[j1:j2]],
        )


def words_apart(newest: Stored, text: str) -> str | None:
    """Return the words in which a page of another source differs from the recorded text, recorded → there; None where it says the same."""
    title = newest.document.title
    old, new = (without_declared(core_lines(each), title) for each in (newest.text, text))
    if "".join(old) == "".join(new):
        return None
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    places = [each[1:] for each in matched if each[0] != "equal"]
    olds = " ".join(line for first, last, _, _ in places for line in old[first:last])
    news = " ".join(line for _, _, first, last in places for line in new[first:last])
    return f"{quoted(olds, news, 240) or '—'} → {quoted(news, olds, 240) or '—'}"


def quoted(words: str, other: str, most: int) -> str:
    """Return at most `most` characters of a text, from its beginning or from the sentence in which it first differs from `other`.

    Of several lines, such as the rows of a table, the first is kept, and those between the first and the last that differ.
    """
    lines, others = words.split("\n"), other.split("\n")
    if len(lines) > 1 and len(others) > 1 and lines[0] == others[0]:
        least = min(len(lines), len(others)) - 1
        ahead = next((n for n in range(least) if lines[n + 1] != others[n + 1]), least)
        behind = next((n for n in range(least - ahead) if lines[-1 - n] != others[-1 - n]), least - ahead)
        gap, end = ["…"] * (ahead > 0), ["…"] * (behind > 0)
        words, other = (
            "\n".join([each[0], *gap, *each[1 + ahead : len(each) - behind], *end])
            for each in (lines, others)
        )
    pairs = enumerate(zip(words, other, strict=False))
    same = next((place for place, (one, two) in pairs if one != two), min(len(words), len(other)))
    start = max(words.rfind(mark, 0, same) for mark in "。；\n") + 1 if same > most // 2 else 0
    return f"{'…' if start else ''}{words[start:]}"[:most]


def plain_views(newest: Stored, extraction: Extraction) -> Views:
    """Return the last version and a reading as they are."""
    titles = (None, extraction.title)
    return Views(newest.text, extraction.text, (newest.text,), extraction.text, None, titles, is_page=False)


def held_against(
    newest: Stored,
    again: Extraction | None,
    extraction: Extraction,
    capture: Capture,
    source: Source,
    limits: Limits,
) -> Views:
    """Return the views that compare a reading with the last version, at the place of that version's text if the place is found."""
    olds = (newest.text, again.text) if again is not None else (newest.text,)
    titles = (again.title if again is not None else None, extraction.title)
    is_page = again is not None and is_html(newest.source) and is_html(capture.data)
    views = Views(olds[-1], extraction.text, olds, extraction.text, again, titles, is_page)
    if source.select or text_essence(extraction.text) in map(text_essence, olds):
        return views
    stood = where_it_stood(newest, again, extraction, capture, limits)
    if stood is None:
        return views
    if stood.is_whole:
        held = is_within(olds[0], stood.now, squeeze(stood.before))
        return views._replace(is_within=held, bare=stood.bare)
    is_narrow = core_lines(newest.text) == core_lines(stood.before)
    rules = stood.rules if is_narrow else None
    return views._replace(old=stood.before, new=stood.now, rules=rules, bare=stood.bare)


class Stood(NamedTuple):
    """The last version's page and the page as it is, both read where the last version's text stood: of a whole older page all its words."""

    before: str
    now: str
    rules: ReadingRules | None
    """Reading rules that select only this place of the page; None if only its words distinguish the place from similar places."""
    is_whole: bool
    """Whether the place is the whole page."""
    bare: tuple[str, str] = ("", "")
    """Old and new text without the links to further pages at their ends."""


def where_it_stood(
    newest: Stored, again: Extraction | None, extraction: Extraction, capture: Capture, limits: Limits
) -> Stood | None:
    """Read both pages at the place of the last version's text.

    On a page of unknown layout a menu, a dialog, a list of comments or a column of news is read with the
    document, or instead of it, depending on their sizes. None if selectors give the place, if the place is
    now empty, or if text beside it on one of the pages may belong to the document.
    """
    if capture.pages > 1:
        return None
    old, new = page_of(newest.source), page_of(capture.data)
    if old is None or new is None:
        return None
    text = again.text if again is not None else newest.text
    place = place_of(old, text)
    if place is None:
        now = _read_body(capture.data, capture.name, limits)
        bare = _without_neighbours(old, text), _without_neighbours(new, extraction.text)
        said = old.tree.body.text() if old.tree.body is not None else ""
        return Stood(said, now, None, is_whole=True, bare=bare) if now is not None else None
    node = same_place(new, place, spine_of(old, text))
    before = _read_node(old, place.node, limits)
    now = _read_node(new, node, limits) if node is not None else None
    if before is None or now is None:
        return None
    beside = [
        _beside_lines(each, inner, page)
        for each, inner, page in ((text, before, old), (extraction.text, now, new))
    ]
    came, gone = set(beside[1]) - set(beside[0]), set(beside[0]) - set(beside[1])
    # The lines of a reading between the title of its page and the place at which its text is sought
    lines = core_lines(extraction.text)
    first = next(iter(core_lines(now)), "")
    end = lines.index(first) if first in lines else 0
    named = squeeze(new.title)
    titled = (
        place
        for place in range(end - 1, -1, -1)
        if len(lines[place]) >= LEAST_TITLE and lines[place] in named
    )
    above = lines[next(titled, end) : end]
    # Half as much as stands at the place is no banner: the outcome of a consultation above its text.
    is_more = 2 * sum(len(line) for line in above if line in came) > len(squeeze(now))
    if is_more or grows(came, core_lines(now)) or grows(gone, core_lines(before)):
        return None
    rules = ReadingRules(select=(place.kind,)) if place.is_alone else None
    bare = _without_neighbours(old, before), _without_neighbours(new, now)
    return Stood(before, now, rules, is_whole=False, bare=bare)


def _beside_lines(text: str, inner: str, page: Page) -> list[str]:
    """Return the lines of a reading that are outside the place and are no links to files or pages."""
    own = set(core_lines(inner))
    return [
        line
        for line in core_lines(text)
        if line not in own and line not in page.files and not page.is_menu(line)
    ]


def _without_neighbours(page: Page, text: str) -> str:
    """Return a text without the links to other pages above its first provision and behind its last one: menus and neighbours, whatever heading they have."""
    lines = text.splitlines(keepends=True)
    while lines and (page.is_menu(squeeze(lines[-1])) or without_own(lines[-1])[1]):
        lines.pop()
    bare = list(map(squeeze, lines))
    laid = [place for place, line in enumerate(bare) if lays_down(line) and line not in page.asked]
    first, last = (laid[0], laid[-1]) if laid else (0, len(lines))
    return "".join(
        line for place, line in enumerate(lines) if first <= place <= last or not page.is_menu(bare[place])
    )


def _read_node(page: Page, node: LexborNode, limits: Limits) -> str | None:
    html = f"<html><head><title>{escape(page.title)}</title></head><body>{node.html}</body></html>"
    return _read_body(html.encode(), "page.html", limits)


def _read_body(data: bytes, name: str, limits: Limits) -> str | None:
    try:
        return read_capture(data, name, ReadingRules(select=("body",)), limits).text
    except SourceFailedError:
        return None


def said_outside(
    newest: Stored, views: Views, capture: Capture, source: Source
) -> tuple[tuple[FactChange, ...], tuple[str, str] | None]:
    """Return what the page says of its document otherwise than the last version's page, and where it is nothing, the words of either page that nothing explains."""
    old, new = page_of(newest.source), page_of(capture.data)
    if old is None or new is None:
        return (), None
    around = said_around(old, new, "\n".join(spine_of(old, views.old)), source.ignore)
    is_left = capture.pages == 1 and (around.olds or around.news)
    return around.facts, told(around.olds, around.news) if is_left else None


def told(olds: Sequence[str], news: Sequence[str]) -> tuple[str, str]:
    """Return the words of both pages in the form that a message shows."""
    old, new = ("；".join(words)[:_MOST_TOLD] or "—" for words in (olds, news))
    return old, new


_MOST_TOLD = 240
"""Most characters of each side in a message."""
_UNKNOWN_PAGES = 2
"""Assumed number of pages of a version recorded before pages were counted: its source may be a bundle."""


def _is_outside(lines: Sequence[str], first: int, last: int) -> bool:
    """Return whether lines are above the first provision of a text or after its last provision and signature.

    Provisions are numbered lines or, in a text without numbers, sentences and rows.
    """
    lays = numbered if any(map(numbered, lines)) else lays_down
    laid = [place for place, line in enumerate(lines) if lays(line)]
    return not laid or last <= laid[0] or first > max(laid[-1], signature(list(lines)) or 0)

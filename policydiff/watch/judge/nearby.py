"""The place of a text on its page, and the lines near it: every difference there counts, unless place or examples show that it belongs to the site.

Near are the lines in the smallest element that holds both the text and its heading, from the last link of a menu to the first line of the
site; news, weather and offers are farther away.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from policydiff.lexicon.examples import is_pages_label, names_document, simplified, squeeze, told_own
from policydiff.watch.judge.beside import DECLARED, SITE, TITLE, FactChange, fact_named, imprint_of
from policydiff.watch.judge.core import (
    OF_THE_SITE,
    core_lines,
    lays_down,
    numbered,
    overlap,
    says_ended,
    signature,
)
from policydiff.watch.judge.fact_forms import FIGURED, amends, has_form_of_fact, state_of
from policydiff.watch.judge.page_runs import LEAST_TITLE, STATE, UNSEEN, Page, Run


class Zone(NamedTuple):
    """Where the text stands among the runs of its page, and what is near it."""

    above: Sequence[Run]
    below: Sequence[Run]
    first: int
    last: int
    start: int
    """Number of runs of the page before the text, and before its end (`end`)."""
    end: int
    block: int
    """The smallest element that holds the text."""


def zone_of(page: Page, text: str) -> Zone:
    """Return where a text stands on its page and what is near it."""
    runs = page.runs
    start = start_of(runs, text)
    end = max(start, len(runs) - start_of(runs[::-1], text, most=_MOST_OWN + 1))
    if not runs or end == 0:
        return Zone((), (), 0, 0, 0, 0, 0)
    block = _common(page, runs[start].at, runs[end - 1].at)
    titled, heading = _headings(page, min(start + 2, end), start)
    imprint = imprint_of(page)
    home, top = (_common(page, block, runs[n].at) for n in (heading, titled))
    around = page.parents.get(block, block)
    if home == block and not any(_is_menu(run, page) for run in runs[page.first.get(around, 0) : start]):
        home = around
    first = max(min(page.first.get(each, 0) for each in (home, top)), start - _MOST_NEAR)
    links = (n + 1 for n in range(min(titled, start) - 1, first - 1, -1) if _is_menu(runs[n], page))
    first = next(links, first)
    last = end
    while (
        last < min(imprint, end + _MOST_NEAR)
        and home not in page.outermost
        and page.is_in(runs[last].at, home)
        and (page.is_in(runs[last].at, block) or not _is_of_page(runs[last], page))
    ):
        last += 1
    above = runs[first:start]
    below = [*takewhile(lambda run: not _is_of_page(run, page), runs[end:last])]
    if block in page.outermost:
        # Between the title and a text without an element of its own stands nothing but the head of the document.
        above = runs[max(first, titled + 1) : start]
    return Zone(above, below, first, last, start, end, block)


def _headings(page: Page, end: int, start: int) -> tuple[int, int]:
    """Return the places of two headings of a text: the one that bears the title of the page, if it stands near, and the nearest one.

    What stands below the title is near the text though a list of contents stands between; what stands below the text is near
    it within the part that the nearest heading opens. A page without a title has one in its first kind of heading.
    """
    title = SITE.split(page.title)[0]
    found = [n for n in range(end - 1, -1, -1) if _is_heading(page.runs[n], page)]
    near = [(n, page.runs[n]) for n in found if n >= start - _MOST_NEAR]
    named = (
        n
        for n, run in near
        if run.words == title
        or (n >= start - MOST_ABOVE and (run.words in title if title else run.shape.startswith("h1")))
    )
    nearest = found[0] if found else start
    return next(named, nearest), nearest


_MOST_NEAR = 400
"""Most runs above a text, and below it, that count as near; each costs a walk through all elements around it."""


def _is_heading(run: Run, page: Page) -> bool:
    return run.shape.startswith(("h1", "h2")) or (len(run.words) >= LEAST_TITLE and run.words in page.title)


def _is_menu(run: Run, page: Page) -> bool:
    return run.is_link and run.words not in page.files


def _is_of_page(run: Run, page: Page) -> bool:
    """Say whether a run behind a text is where the page's own words begin: a menu, a tool, a counter."""
    is_link = _is_menu(run, page) and run.words not in page.fetched
    return is_link or told_own(run.words) or is_pages_label(run.words)


def _common(page: Page, one: int, other: int) -> int:
    """Return the smallest element that holds two."""
    around = {*page.upwards(one)}
    return next((each for each in page.upwards(other) if each in around), one)


_AHEAD, _MOST_OWN = 6, 4
"""A text begins where at least `_MOST_OWN` of the next `_AHEAD` runs are words of it; a single run above it, such as a fact, may have words of the text too."""


def start_of(runs: Sequence[Run], text: str, most: int = _MOST_OWN) -> int:
    """Return the number of runs before a text.

    It begins where most of the next runs are its own: a title that stands above it is not yet its beginning.
    """
    own = [len(run.words) >= _LEAST_OWN and run.words in text for run in runs]
    least = min(most, max(1, sum(own) // 2))
    return next((n for n, is_own in enumerate(own) if is_own and sum(own[n : n + _AHEAD]) >= least), 0)


MOST_ABOVE = 80
"""Most runs above a text among which a page states facts of the document."""
_LEAST_OWN = 5
"""Least characters of a run that is recognised as part of a text by its words; shorter runs stand in any text."""


def pairs_of(head: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Return the pairs of label and value among runs: by a colon, by a row of a table, or by elements that alternate."""
    shapes = Counter(
        (one.shape, two.shape)
        for one, two in pairwise(head)
        if one.shape != two.shape and all(any(map(str.isalnum, each.words)) for each in (one, two))
    )
    labels = {one for (one, _), count in shapes.items() if count >= _LEAST_ALIKE}
    in_row = Counter(run.row for run in head if run.row)
    is_table = sum(count % 2 == 0 for count in in_row.values()) >= _LEAST_ALIKE
    found: list[tuple[Run, Run]] = []
    place = 0
    while place + 1 < len(head):
        label, value = head[place], head[place + 1]
        is_row = is_table and label.row == value.row != 0 and in_row[label.row] % 2 == 0
        is_pair = (
            label.words.endswith(":")
            or is_row
            or shapes[label.shape, value.shape] >= _LEAST_ALIKE
            or (label.shape in labels and value.shape not in labels)
        )
        # What begins a row of labels with their values is a label, whatever stands before the table.
        begins_row = is_table and label.row != value.row != 0 and in_row[value.row] % 2 == 0
        if is_pair and not begins_row and not value.words.endswith(":"):
            found.append((label, value))
            place += 2
        else:
            place += 1
    return found


_LEAST_ALIKE = 2
"""Least number of like pairs of elements that make a group of labels and values."""


def said_near(
    label: str,
    zones: Sequence[Sequence[Run]],
    pages: tuple[Page, Page],
    text: str,
    told: set[str],
) -> Iterator[FactChange]:
    """Yield one change for all words near the text that differ and that neither their place nor examples give to the site.

    Yield nothing where no element is like an element of the old page: the site was designed anew.
    """
    before, after = zones
    shapes = {run.shape for run in before}
    if before and after and not any(run.shape in shapes for run in after):
        return
    own = [
        [run for n, run in enumerate(zone) if _speaks(run, zone[n - 1] if n else None, page, text)]
        for zone, page in zip(zones, pages, strict=True)
    ]
    elsewhere = [{run.words for run in page.runs} for page in pages[::-1]]
    olds, news = (
        [run for run in runs if run.words not in others] for runs, others in zip(own, elsewhere, strict=True)
    )
    news = [run for run in news if simplified(run.words) not in told]
    olds, news = _of_document(olds, news, zones, pages), _of_document(news, olds, zones, pages)
    if not olds:
        # That a document is in force is no news where nothing was said of it.
        news = [run for run in news if not STATE.fullmatch(run.words) or state_of(run.words) != "有效"]
    if not olds and DECLARED.fullmatch(simplified("".join(run.words for run in news))):
        return  # a fact of every document, which the page did not say before
    if all(run.words.endswith(":") for run in (*olds, *news)) and not (olds and news):
        return  # a label without a value says nothing; one in the place of another does
    if "".join(run.words for run in olds) == "".join(run.words for run in news):
        return
    titles = [
        next((run for run in runs if _is_heading(run, page)), None)
        for runs, page in zip((olds, news), pages, strict=True)
    ]
    old, new = ("；".join(run.words for run in runs) or "—" for runs in (olds, news))
    if old != "—" and not news and told:
        return  # the words that are gone made room for those told already
    named = {id(value): name.words for name, value in pairs_of(after)}
    names = {named.get(id(run), label) for run in news}
    if len(names) == 1 and len(olds) <= len(news):
        label = TITLE if all(titles) and len(olds) == len(news) == 1 else fact_named(names.pop(), new)
    yield FactChange(label, old, new)


def _of_document(
    runs: list[Run], others: list[Run], zones: Sequence[Sequence[Run]], pages: tuple[Page, Page]
) -> list[Run]:
    """Return the runs that speak of the document: they have the form of a fact, are the heading, stand behind a label, or amend words of the other page."""
    labels = {id(value): label.words for zone in zones for label, value in pairs_of(zone)}
    came = Counter(run.shape for run in runs)
    if not others:
        runs = [run for run in runs if came[run.shape] < _LEAST_LISTED]
    return [
        run
        for run in runs
        if (id(run) in labels and not is_pages_label(labels[id(run)]))
        or has_form_of_fact(run.words)
        or any(_is_heading(run, page) for page in pages)
        or any(amends(other.words, run.words) for other in others)
    ]


_LEAST_LISTED = 5
"""Runs in like elements that come or go together as a list, which a person should look at: four may be the lines of a note."""


def _speaks(run: Run, before: Run | None, page: Page, text: str) -> bool:
    """Say whether a run near the text may speak of the document. Links, figures without a label, words of the page itself and words of the text do not."""
    is_link = _is_menu(run, page) or run.words in page.files
    # A run of great length is a text, and judged as one.
    is_text = run.words in text or len(run.words) > LONGEST_VALUE
    label = before.words if before is not None and before.words[-1] in ":】]" else ""
    is_figure = FIGURED.fullmatch(run.words) is not None
    if is_link or is_text or run.shape.startswith("marquee") or (is_figure and not label):
        return False
    if says_ended(simplified(run.words)) or names_document(label):
        return True
    if (
        (told_own(run.words) and not is_figure)
        or is_pages_label(run.words)
        or run.words.endswith("?")
        or OF_THE_SITE.search(run.words)
    ):
        return False
    line = page.line_of(run)
    if line != run.words and told_own(line) and not STATE.fullmatch(simplified(run.words)):
        return False
    if label and (is_pages_label(label) or told_own(label)):
        return False
    is_sentence = "。" in run.words or len(run.words) >= _LEAST_SENTENCE
    is_headed = before is not None and told_own(before.words)
    return not (is_sentence and (is_headed or _is_summary(run.words, text)))


_LEAST_SENTENCE = 20
"""Least characters of words that are read as a sentence; names and states are shorter."""


def _is_summary(words: str, text: str) -> bool:
    """Say whether a sentence only repeats the text: most of its words and all of its figures stand there."""
    is_told = (
        overlap(words, text, _ENGLISH_RUN if words.isascii() else 5) >= _RESTATES
        and state_of(words) != "失效"
    )
    return is_told and set(_FIGURES.findall(words)) <= set(_FIGURES.findall(text))


_RESTATES = 0.7
"""Least share of the sequences of five characters of a summary that the text has too."""
_ENGLISH_RUN = 15
"""Characters of a sequence in English, about three words; any five letters stand somewhere in a long text."""
_FIGURES = re.compile(r"\d+")


LONGEST_NAME = 24
"""Most characters of a label; longer words are a sentence with links or emphasised words."""
LONGEST_VALUE = 200
"""Most characters of a stated fact; longer words are text."""


class Place(NamedTuple):
    """Where a text stands on its page."""

    node: LexborNode
    kind: str
    """Selector of the element, shared by similar elements on all pages of a site."""
    among: int
    """Number of elements with the same selector before it."""
    is_alone: bool
    """Whether no element of the page besides it has the same selector."""


def spine_of(page: Page, text: str) -> list[str]:
    """Return the lines of a text from its first provision to its end, without links and lines above its title."""
    lines = [line for line in core_lines(text) if not page.is_menu(_LISTED.sub("", line))]
    named = squeeze(page.title)
    start = 0
    for place, line in enumerate(lines):
        if numbered(line):
            break
        if len(line) >= LEAST_TITLE and line in named:
            start = place + 1
    stop = signature(lines)
    if stop is None or any(numbered(line) or line.startswith("|") for line in lines[stop:]):
        stop = max(
            (place for place, line in enumerate(lines) if numbered(line) or line.startswith("|")),
            default=len(lines) - 1,
        )
        # The last number may be that of a heading, or the only one: the sentences under it belong to it.
        while stop + 1 < len(lines) and lays_down(lines[stop + 1]):
            stop += 1
    body = lines[start : stop + 1]
    first = next((place for place, line in enumerate(body) if lays_down(line)), len(body))
    is_scant = 2 * sum(map(len, body[first:])) < sum(map(len, lines)) and not any(map(numbered, body))
    # A sentence or two below a text without marks, or the day in its head, are no place of it.
    return lines if is_scant else body[first:] or lines


_LISTED = re.compile(r"^\d{1,2}[.、]")
"""The number that a list of contents gives its links."""


def place_of(page: Page, text: str) -> Place | None:
    """Return the smallest element that holds a text on its page; None where that is the page itself."""
    spine = spine_of(page, text)
    node = page.tree.body
    if node is None or not spine or not _holds(node, spine):
        return None
    kinds: list[tuple[LexborNode, str]] = []
    while True:
        inner = next(
            (child for child in node.iter() if child.tag not in UNSEEN and _holds(child, spine)), None
        )
        if inner is None or inner.tag in _LINES:
            break
        # The selector of an element, shared by similar elements on all pages of a site
        name, classes = inner.attributes.get("id"), (inner.attributes.get("class") or "").split()
        parts = [f'[id="{name}"]'] if name and _PLAIN.fullmatch(name) else []
        parts += [f'[class~="{each}"]' for each in classes if _PLAIN.fullmatch(each)]
        kinds.append((inner, (inner.tag or "*") + "".join(parts)))
        node = inner
    while kinds and kinds[-1][0].tag in _ROWS:
        kinds.pop()
    if not kinds:
        return None
    kind = " > ".join(["body", *(each for _, each in kinds)])
    like = [each.mem_id for each in page.tree.css(kind)]
    return Place(kinds[-1][0], kind, like.index(kinds[-1][0].mem_id), len(like) == 1)


def same_place(page: Page, place: Place, spine: Sequence[str]) -> LexborNode | None:
    """Return the element of a later page that stands at a place; None where there is none.

    Where several are of its kind, the one that holds most of the text is meant, else the one that is as far down.
    """
    nodes = page.tree.css(place.kind)
    if not nodes:
        return None
    said = [squeeze(node.text()).replace("|", "") for node in nodes]
    held = [sum(len(line) for line in spine if line.replace("|", "") in words) for words in said]
    most = max(held)
    if place.among < len(held) and held[place.among] == most:
        return nodes[place.among]
    return nodes[held.index(most)]


_LINES = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "span", "font", "b", "strong", "a"}
)
"""Elements that are single lines. The place of a text of one long line is the element around that line."""
_ROWS = frozenset({"tr", "tbody", "thead"})


def _holds(node: LexborNode, lines: Sequence[str]) -> bool:
    """Say whether an element holds nearly all of a text, and its last line."""
    words = squeeze(node.text()).replace("|", "")
    held = [line.replace("|", "") in words for line in lines]
    weight = sum(len(line) for line, is_held in zip(lines, held, strict=True) if is_held)
    return held[0] and held[-1] and weight >= 0.9 * sum(map(len, lines))


_PLAIN = re.compile(r"[\w-]{1,80}")

"""What a page tells programs, and perhaps no reader: `meta` elements, structured data, variables of its scripts, hidden fields."""

import re
from collections import Counter
from collections.abc import Iterator

from policydiff.extract.web.script_text import objects_of_scripts
from policydiff.lexicon.examples import is_pages_label, simplified, squeeze, told_own
from policydiff.watch.judge.beside import SITE, TOKEN, FactChange, named_alike
from policydiff.watch.judge.core import says_ended
from policydiff.watch.judge.fact_forms import WHOLE_DAY, are_facts, state_of
from policydiff.watch.judge.page_runs import LEAST_TITLE, Page


def told_programs_anew(old: Page, new: Page) -> Iterator[tuple[FactChange, bool]]:
    """Yield each value that programs are told anew, and whether it is a fact of the document; the others a person should judge.

    A value in a `meta` element or in structured data that describes a document is a fact. Of the variables of scripts and hidden fields
    only states, numbers of documents and sentences of repeal are.
    """
    shown = [{run.words for run in page.runs} for page in (old, new)]
    for read, declares in ((_declared, True), (_handed, False)):
        before, after = list(read(old)), list(read(new))
        counts = [Counter(name for name, _ in pairs) for pairs in (before, after)]
        gone: dict[str, list[str]] = {}
        for name, value in Counter(before) - Counter(after):
            gone.setdefault(name, []).append(value)
        for name, value in Counter(after) - Counter(before):
            if not gone.get(name):
                continue
            # A page holds several objects with the same names: a value that it had elsewhere is another object's.
            was = gone[name].pop(0)
            most = max(count[name] for count in counts)
            is_pages = is_pages_label(name)
            is_state = most <= _MOST_STATED and not is_pages and _is_stated_anew(was, value)
            is_shown = was in shown[0] and value in shown[1]
            is_coded = CODED.fullmatch(value) or (TOKEN.search(was) and TOKEN.search(value))
            is_own = (
                is_pages
                or is_shown
                or is_coded
                or STAMPED.search(value)
                or named_alike(was, value, old.title)
            )
            is_ended = most == 1 and says_ended(simplified(value))
            if is_state or is_ended or (declares and not is_own):
                yield FactChange(name, was or "—", value or "—"), True
            elif most == 1 and not (declares or is_pages) and all(map(_is_worded, (was, value))):
                yield FactChange(name, was, value), are_facts(was, value)


def _is_stated_anew(was: str, value: str) -> bool:
    states = [state_of(each) if len(each) <= _LONGEST_STATE else "" for each in (was, value)]
    return all(states) and states[0] != states[1]


def _is_worded(value: str) -> bool:
    """Say whether a value is words for people, or a day: other values are a program's own."""
    return _WORDED.search(value) is not None and (WHOLE_DAY.match(value) is not None or not told_own(value))


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    """Yield names and values of the head of a page, and of the objects in its scripts that describe a document.

    Such an object names its kind (JSON-LD), or bears the title of the page or other words that the page shows
    outside of links.
    """
    for node in page.tree.css("meta[content]"):
        given = node.attributes
        name = given.get("name") or given.get("property") or given.get("itemprop") or ""
        if name and (value := squeeze(given.get("content") or "")):
            yield name, value
    shown = {run.words for run in page.runs if not run.is_link}
    for each in objects_of_scripts(page.tree):
        words = (squeeze(value) for value in each.values() if isinstance(value, str))
        if "@type" in each or any(
            len(said) >= LEAST_TITLE and (said in shown or said in page.title) for said in words
        ):
            yield from _named(each, "")


def _named(thing: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield the words, states and small numbers of an object under their names; a large number counts something."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from _named(value, f"{name}{key}".lstrip("@"))
    elif isinstance(thing, str) and len(thing) <= _LONGEST_VALUE and "<" not in thing:
        yield name, squeeze(thing)
    elif isinstance(thing, bool) or (isinstance(thing, int) and 0 <= thing <= _MOST_STATES):
        yield name, str(thing).lower()


def _handed(page: Page) -> Iterator[tuple[str, str]]:
    """Yield what a page hands to its scripts and with its forms, and what stands before its heading in its title."""
    for script in page.tree.css("script:not([src])"):
        for name, _, value in _ASSIGNED.findall((script.text() or "")[:_MOST_SCRIPT]):
            yield name, squeeze(value)
    for node in page.tree.css("input[type=hidden]"):
        has = node.attributes
        yield has.get("name") or has.get("id") or "", squeeze(has.get("value") or "")
    shown = (run.words for run in page.runs if len(run.words) >= LEAST_TITLE and not run.is_link)
    ends = (page.title.index(each) + len(each) for each in shown if each in page.title)
    # What stands before the heading may be a number; what stands behind it is the name of the site.
    yield "<title>", SITE.split(page.title[: max(ends, default=0)])[-1]


_ASSIGNED = re.compile(r"""([A-Za-z_]\w*)["']?\s*[:=]\s*(["'])((?:(?!\2)[^\\\n]){1,120})\2""")
"""A name with words of at most 120 characters, as scripts and JSON give them."""
_WORDED = re.compile(rf"[一-鿿]|^(?:{WHOLE_DAY.pattern})\D?$")
CODED = re.compile(r"(?=\S*\d)[\w+/=.-]{16,}|(?=\w*\d)[a-f\d]{6,}|(?:https?:)?//.*|/.*|\d{5,}", re.ASCII)
"""A token, an address, the number of a record: of the program, and not of the document."""
STAMPED = re.compile(r"\d{1,2}:\d\d|(?:刚刚|之?前)$")
"""A time of day, or how long ago something was: a page counts so, a document does not."""
_MOST_SCRIPT = 200_000
"""Characters of a script that are looked through."""
_LONGEST_VALUE = 120
"""Characters of a value that is a fact, and no text."""
_MOST_STATES = 20
"""Numbers by which a program tells states; larger ones count something."""
_MOST_STATED = 3
"""Values of one name: a state, and what stands for it where there is none. A name with more values is that of a list of documents."""
_LONGEST_STATE = 10
"""Characters of a value that is a state: 有效(延续实施)."""

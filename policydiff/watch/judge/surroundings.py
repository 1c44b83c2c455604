"""What a page says of its document outside the text, compared with the page before: the one entry to the rules that judge it.

Surely of the document are its files, its title, what differs near the text, and what programs are told of it. Where none of these differs,
whatever else differs on the page is asked for a reason (`unexplained`).
"""

from collections.abc import Sequence

from policydiff.lexicon.examples import simplified, squeeze
from policydiff.watch.judge.beside import (
    ABOVE,
    BELOW,
    LABELS,
    STATUS,
    FactChange,
    files_anew,
    renamed_in_head,
    suffix_change,
)
from policydiff.watch.judge.fact_forms import state_of
from policydiff.watch.judge.for_programs import told_programs_anew
from policydiff.watch.judge.nearby import MOST_ABOVE, said_near, zone_of
from policydiff.watch.judge.page_runs import LEAST_TITLE, Page, Run
from policydiff.watch.judge.unexplained import Around, unexplained


def said_around(old: Page, new: Page, text: str, ignored: tuple[str, ...] = ()) -> Around:
    """Return the facts of the document that the new page declares otherwise than the old page, outside the text that both hold.

    Where there are none, the words of either page that a person should look at.

    Args:
        old: The last version's page.
        new: The page as it is.
        text: The provisions that both hold.
        ignored: Selectors of blocks that the settings leave out.
    """
    words = squeeze(text)
    zones = zone_of(old, words), zone_of(new, words)
    changes = [*files_anew(old, new, (zones[0][2:7], zones[1][2:7])), *_titled_anew(old, new, words)]
    changes += _moved(
        *(
            page.runs[max(0, zone.start - MOST_ABOVE) : zone.start]
            for page, zone in zip((old, new), zones, strict=True)
        )
    )
    told = {simplified(squeeze(change.new)) for change in changes}
    for label, runs in ((ABOVE, [each.above for each in zones]), (BELOW, [each.below for each in zones])):
        changes += said_near(label, runs, (old, new), words, told)
    changes += renamed_in_head(old, new)
    changes += [change for change, is_fact in told_programs_anew(old, new) if is_fact]
    found = {change.label: change for change in reversed(changes)}
    said = {change.new for change in found.values() if change.label in LABELS}
    facts = [
        each for each in reversed(found.values()) if each.label in LABELS or simplified(each.new) not in said
    ]
    return Around(tuple(facts)) if facts else unexplained(old, new, words, ignored)


def _moved(before: Sequence[Run], after: Sequence[Run]) -> list[FactChange]:
    """Return the state that the name of a column says, where a page stands in another column than before: 现行有效 -> 失效文件."""
    olds, news = (
        {run.words: state_of(run.words) for run in runs if run.is_link and len(run.words) <= _LONGEST_COLUMN}
        for runs in (before, after)
    )
    gone = [words for words, state in olds.items() if words not in news and state != "失效"]
    came = [words for words, state in news.items() if words not in olds and state == "失效"]
    return [FactChange(STATUS, gone[0], came[0])] if gone and came else []


def _titled_anew(old: Page, new: Page, text: str) -> list[FactChange]:
    """Return a heading of the document that got or lost a suffix: a run that is its old heading but for that."""
    before, after = (
        {run.words: run.is_link for run in page.runs if LEAST_TITLE <= len(run.words) <= _LONGEST_TITLE}
        for page in (old, new)
    )
    head = f"{old.title}{text[:_HEAD]}"
    # A link with the title of the document may lead to its explanation: it has to stand in the place of another one.
    changes = (
        suffix_change(heading, words)
        for words in after
        if words not in before
        for heading in sorted(before)
        if heading in head and before[heading] == after[words] and not (after[words] and heading in after)
    )
    return next(filter(None, changes), [])


_HEAD = 1_500
"""Characters within which a text bears its title, that of the text it carries included."""
_LONGEST_TITLE = 120
_LONGEST_COLUMN = 10
"""Characters of the name of a column above a text."""

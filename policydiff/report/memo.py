"""The memo (`--brief`): one to two pages that answer, made of a page's own sentences and lists."""

from policydiff.lexicon.numerals import to_chinese
from policydiff.report.catalog import Catalog
from policydiff.report.page import Entry, Findings, Page, Side
from policydiff.report.runs import Run

_ENTRIES = {
    "taken": 5,
    "own": 6,
    "own-in-part": 2,
    "missing": 8,
    "figures": 4,
    "judge": 3,
    "substance": 14,
    "wording": 4,
}
"""Entries of each list: together they fill at most two A4 pages, where an entry takes two lines and a half at the most."""
_OTHERWISE = 3


def memo(page: Page, say: Catalog) -> Page:
    """Return the memo of a page: basis and dates, lead, ranked lists, and where to look; no tables or pictures."""
    findings = tuple(_shortened(each) for each in page.findings if each.entries or each.empty)
    return page._replace(
        title=say("Memo: {title}", title=page.title),
        sides=tuple(_named(side, say) for side in page.sides),
        tables=(),
        figures=(),
        pictures=(),
        legend=(),
        findings=(*findings, _where(page, say)),
    )


def _named(side: Side, say: Catalog) -> Side:
    """Return a side with what a reader of a memo needs: no hash, no id of the store."""
    facts = tuple(fact for fact in side.facts if fact[0] != say("In the store"))
    return side._replace(facts=facts, fingerprint="")


def _shortened(findings: Findings) -> Findings:
    most = _ENTRIES.get(findings.name, _OTHERWISE)
    return findings._replace(
        entries=findings.entries[:most],
        total=findings.number,
        listed=findings.left(0),
        shown=most,
        link="",
    )


def _where(page: Page, say: Catalog) -> Findings:
    """Say where the words behind each line stand: in the texts by their addresses, side by side in the full report."""
    lines = [
        say(
            "Each line ends with the place in the text where it stands: 二（四）3. is part 二, （四）, item 3."
        ),
        say(
            "The full report (without --brief) shows both texts side by side for every line, as HTML, Word or Excel."
        ),
    ]
    named = [
        f"{side.role}: {value}"
        for side in page.sides
        for label, value in side.facts
        if label == say("File name")
    ]
    entries = [*lines, say("Files compared: {files}.", files=say.joined(*named))] if named else lines
    return Findings("where", say("Where to look"), tuple(Entry((Run(line),)) for line in entries))


def heading(index: int, say: Catalog, title: str) -> str:
    """Return the numbered heading of a memo's part: 一、承接情况, or `1. What was taken`.

    Examples:
        >>> from policydiff.report.catalog import catalog
        >>> heading(0, catalog("zh"), "承接情况")
        '一、承接情况'
    """
    number = f"{to_chinese(index + 1)}、" if say.lang == "zh" else f"{index + 1}. "
    return f"{number}{title}"

"""Which page a result is shown on: one open table, to which rooms above add theirs; and the memo of a page (`--brief`)."""

from collections.abc import Callable
from functools import singledispatch
from importlib import import_module
from typing import Any

from policydiff.errors import UsageError
from policydiff.model import Document
from policydiff.model.base import Result
from policydiff.report.catalog import Catalog
from policydiff.report.page import Entry, Findings, Page, Side, Table
from policydiff.report.runs import Run


@singledispatch
def page_of(result: Any, say: Catalog) -> Page:
    """Return the page of a result.

    Rooms above this one add theirs: `@page_of.register` over a function of the same two arguments, the first one
    annotated with the type of the result. A result whose page is seldom asked for names the module (`_page_module`).

    Raises:
        UsageError: No page is made of such a value.
    """
    for kind in type(result).__mro__:
        # a public type bears the name of the package alone, once it was asked for by its public name
        if kind.__name__ in _PAGES and kind.__module__.partition(".")[0] == "policydiff":
            name, arrange = _PAGES[kind.__name__]
            make: Callable[..., Page] = getattr(import_module(f"policydiff.report.{name}"), name)
            return make(*arrange(result), say)
    if isinstance(result, Result):
        if result._page_module is not None and page_of.dispatch(type(result)) is page_of.dispatch(object):
            import_module(result._page_module)
            return page_of(result, say)
        return _records(result, say)
    raise UsageError(f"no report is made of a {type(result).__name__}")


def _records(result: Result, say: Catalog) -> Page:
    from policydiff.report.records_page import records_page  # noqa: PLC0415 - seldom, and never for a diff

    return records_page(result, say)


def documents_of(result: Any) -> tuple[Document | None, ...]:
    """Return the documents a result was made from, in its own order; empty where it does not know them."""
    return tuple(side for side in getattr(result, "sides", ()) if isinstance(side, Document))


def _alone(result: Any) -> tuple[Any, ...]:
    return (result,)


def _with_pair(result: Any) -> tuple[Any, ...]:
    held = documents_of(result)
    return (result, *held) if len(held) == 2 else (result, None, None)


def _with_superiors(result: Any) -> tuple[Any, ...]:
    local, *above = documents_of(result) or (None,) * (len(result.comparisons) + 1)
    return result, local, above


def _with_peers(result: Any) -> tuple[Any, ...]:
    number = len(result.documents)
    held = documents_of(result) or (None,) * number
    return result, held[:number], held[number] if len(held) > number else None


def _with_revised(result: Any) -> tuple[Any, ...]:
    return (result, *(documents_of(result) or (None, None, None)))


_PAGES = {
    "Comparison": ("comparison_page", _with_pair),
    "RevisionDiff": ("revision_page", _with_pair),
    "SourcedComparison": ("sourced_page", _with_superiors),
    "PeerComparison": ("peer_page", _with_peers),
    "PaceComparison": ("pace_page", _with_revised),
    "RevisionHistory": ("history_page", _alone),
    "Document": ("document_page", _alone),
    "DocumentList": ("list_page", _alone),
    "VersionLog": ("list_page", _alone),
    "Blame": ("list_page", _alone),
    "SearchHits": ("list_page", _alone),
    "TargetList": ("list_page", _alone),
    "ResponsibilityList": ("list_page", _alone),
    "CitationList": ("list_page", _alone),
}
"""Name of a type of result to the function that makes its page, in the module of that name, and what it is given.

The module is loaded when such a result is shown: a short diff should not wait for the pages of comparisons.
"""


def swapped(page: Page) -> Page:
    """Return the page with the two texts of its parallel tables in the other order: the new one to the left."""
    return page._replace(
        tables=tuple(_swapped(table) if table.is_parallel else table for table in page.tables)
    )


def _swapped(table: Table) -> Table:
    first, second, *rest = table.columns
    rows = tuple(row._replace(cells=(row.cells[1], row.cells[0], *row.cells[2:])) for row in table.rows)
    return table._replace(columns=(second, first, *rest), rows=rows)


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

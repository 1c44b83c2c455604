"""Which page a result is shown on: one open table, to which rooms above add their own results."""

from functools import singledispatch
from importlib import import_module
from typing import Any

from policydiff.errors import UsageError
from policydiff.model import (
    Comparison,
    Document,
    PaceComparison,
    PeerComparison,
    RevisionDiff,
    RevisionHistory,
    SourcedComparison,
)
from policydiff.model.result import Result
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_page import comparison_page
from policydiff.report.document_page import document_page
from policydiff.report.history_page import history_page
from policydiff.report.list_page import list_page
from policydiff.report.pace_page import pace_page
from policydiff.report.page import Page, Table
from policydiff.report.peer_page import peer_page
from policydiff.report.records_page import records_page
from policydiff.report.results import (
    Blame,
    CitationList,
    DocumentList,
    ResponsibilityList,
    SearchHits,
    TargetList,
    VersionLog,
)
from policydiff.report.revision_page import revision_page
from policydiff.report.sourced_page import sourced_page


@singledispatch
def page_of(result: Any, say: Catalog) -> Page:
    """Return the page of a result.

    Rooms above this one add theirs: `@page_of.register` over a function of the same two arguments, the first one
    annotated with the type of the result. A result whose page is seldom asked for names the module (`_page_module`).

    Raises:
        UsageError: No page is made of such a value.
    """
    if isinstance(result, Result):
        if result._page_module is not None and page_of.dispatch(type(result)) is page_of.dispatch(object):
            import_module(result._page_module)
            return page_of(result, say)
        return records_page(result, say)
    raise UsageError(f"no report is made of a {type(result).__name__}")


def documents_of(result: Any) -> tuple[Document | None, ...]:
    """Return the documents a result was made from, in its own order; empty where it does not know them."""
    return tuple(side for side in getattr(result, "sides", ()) if isinstance(side, Document))


def _pair(result: Any) -> tuple[Document | None, Document | None]:
    held = documents_of(result)
    return (held[0], held[1]) if len(held) == 2 else (None, None)


@page_of.register
def _(result: Comparison, say: Catalog) -> Page:
    return comparison_page(result, *_pair(result), say)


@page_of.register
def _(result: RevisionDiff, say: Catalog) -> Page:
    return revision_page(result, *_pair(result), say)


@page_of.register
def _(result: SourcedComparison, say: Catalog) -> Page:
    number = len(result.comparisons)
    local, *above = documents_of(result) or (None,) * (number + 1)
    return sourced_page(result, local, above, say)


@page_of.register
def _(result: PeerComparison, say: Catalog) -> Page:
    number = len(result.documents)
    held = documents_of(result) or (None,) * number
    superior = held[number] if len(held) > number else None
    return peer_page(result, held[:number], superior, say)


@page_of.register
def _(result: PaceComparison, say: Catalog) -> Page:
    local, old, new = documents_of(result) or (None, None, None)
    return pace_page(result, local, old, new, say)


@page_of.register
def _(result: RevisionHistory, say: Catalog) -> Page:
    return history_page(result, say)


@page_of.register
def _(result: Document, say: Catalog) -> Page:
    return document_page(result, say)


@page_of.register(DocumentList)
@page_of.register(VersionLog)
@page_of.register(Blame)
@page_of.register(SearchHits)
@page_of.register(TargetList)
@page_of.register(ResponsibilityList)
@page_of.register(CitationList)
def _(result: Any, say: Catalog) -> Page:
    return list_page(result, say)


def swapped(page: Page) -> Page:
    """Return the page with the two texts of its parallel tables in the other order: the new one to the left."""
    return page._replace(
        tables=tuple(_swapped(table) if table.is_parallel else table for table in page.tables)
    )


def _swapped(table: Table) -> Table:
    first, second, *rest = table.columns
    rows = tuple(row._replace(cells=(row.cells[1], row.cells[0], *row.cells[2:])) for row in table.rows)
    return table._replace(columns=(second, first, *rest), rows=rows)

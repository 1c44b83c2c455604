"""The one way in: a result and a format to text or bytes."""

from policydiff.amendment import DraftedAmendment
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
from policydiff.model.base import Value
from policydiff.report.catalog import Catalog, catalog
from policydiff.report.comparison_page import comparison_page
from policydiff.report.comparison_view import comparison_view
from policydiff.report.decision_form import decision
from policydiff.report.document_page import document_page
from policydiff.report.formats import Format
from policydiff.report.history_page import history_page
from policydiff.report.inputs import (
    ComparisonReport,
    PaceReport,
    PeerReport,
    RevisionReport,
    SourcedReport,
)
from policydiff.report.list_page import list_page
from policydiff.report.options import RenderOptions
from policydiff.report.pace_page import pace_page
from policydiff.report.page import Page
from policydiff.report.peer_page import peer_page
from policydiff.report.revision_page import revision_page
from policydiff.report.revision_view import revision_view
from policydiff.report.sourced_page import sourced_page
from policydiff.report.to_json import to_json


def render(
    result: Value, form: Format, *, lang: str = "zh", options: RenderOptions | None = None
) -> str | bytes:
    """Return a result in one of the formats: text, or bytes where `form.is_binary`.

    The same input always gives the same output: neither clock nor surroundings are read.

    Args:
        result: One of the reports of `policydiff.report.inputs` (the bare result in it gives the same without
            headings of chapters), a `Document`, a `RevisionHistory`, or one of the lists of `policydiff.report.lists`.
        form: The format.
        lang: Language of the labels, `zh` or `en`; words of documents are never translated or altered.
        options: Choices about looks.

    Raises:
        UsageError: The result has no such form, or there are no labels in that language.
    """
    if form is Format.JSON:
        return to_json(_published(result))
    options = options or RenderOptions()
    say = catalog(lang)
    if form is Format.HTML and not isinstance(result, DraftedAmendment):
        return _html(result, say, options)
    if isinstance(result, DraftedAmendment):
        return decision(result, form, say)
    return _laid_out(_page(result, say, options), form, say, options)


def _laid_out(page: Page, form: Format, say: Catalog, options: RenderOptions) -> str | bytes:
    if form is Format.TERMINAL:
        from policydiff.report.to_terminal import to_terminal  # noqa: PLC0415 (each format loads its own library)

        return to_terminal(page, say, options)
    if form is Format.MARKDOWN:
        from policydiff.report.to_markdown import to_markdown  # noqa: PLC0415

        return to_markdown(page, say, options)
    return _binary(page, form, say, options)


def _binary(page: Page, form: Format, say: Catalog, options: RenderOptions) -> bytes:
    if form is Format.CSV:
        from policydiff.report.to_csv import to_csv  # noqa: PLC0415

        return to_csv(page)
    if form is Format.XLSX:
        from policydiff.report.to_xlsx import to_xlsx  # noqa: PLC0415

        return to_xlsx(page, say)
    from policydiff.report.to_docx import to_docx  # noqa: PLC0415

    return to_docx(page, say, options)


def _published(result: Value) -> Value:
    if isinstance(result, ComparisonReport | SourcedReport | PeerReport | PaceReport):
        return result.comparison
    return result.diff if isinstance(result, RevisionReport) else result


def _html(result: Value, say: Catalog, options: RenderOptions) -> str:
    from policydiff.report.to_html import comparison_html, page_html, revision_html  # noqa: PLC0415

    if isinstance(result, Comparison | ComparisonReport):
        return comparison_html(comparison_view(result), say)
    if isinstance(result, RevisionDiff | RevisionReport):
        return revision_html(revision_view(result), say, new_first=options.new_first)
    return page_html(_page(result, say, options), say)


def _page(result: Value, say: Catalog, options: RenderOptions) -> Page:
    if isinstance(result, Comparison | ComparisonReport):
        return comparison_page(comparison_view(result), say)
    if isinstance(result, RevisionDiff | RevisionReport):
        return revision_page(revision_view(result), say, new_first=options.new_first)
    if isinstance(result, Document):
        return document_page(result, say)
    page = _page_of_several(result, say) or list_page(result, say)
    if page is None:
        raise UsageError(f"no report is made of a {type(result).__name__}")
    return page


def _page_of_several(result: Value, say: Catalog) -> Page | None:
    if isinstance(result, SourcedComparison | SourcedReport):
        return sourced_page(result, say)
    if isinstance(result, PeerComparison | PeerReport):
        return peer_page(result, say)
    if isinstance(result, PaceComparison | PaceReport):
        return pace_page(result, say)
    return history_page(result, say) if isinstance(result, RevisionHistory) else None

"""The one way in: a result and a format to text or bytes."""

from policydiff.errors import UsageError
from policydiff.model.amended import DraftedAmendment
from policydiff.model.base import Value
from policydiff.report.catalog import Catalog, catalog
from policydiff.report.decision_form import decision
from policydiff.report.formats import Format, RenderOptions
from policydiff.report.page import Page
from policydiff.report.pages import memo, page_of, swapped


def render(
    result: Value, form: Format | str, *, lang: str = "zh", options: RenderOptions | None = None
) -> str | bytes:
    """Return a result in one of the formats: text, or bytes where `form.is_binary`.

    The same input always gives the same output: neither clock nor surroundings are read.

    Args:
        result: A result of this package: a diff, a comparison of any kind, a history, a document, a list. One that
            knows the documents it was made from is shown with headings, chapters and addresses; another by clause ids.
        form: The format, or its name.
        lang: Language of the labels, `zh` or `en`; words of documents are never translated or altered.
        options: Choices about looks.

    Raises:
        UsageError: The result has no such form, there is no such format, or there are no labels in that language.
    """
    form = _format(form)
    if form is Format.JSON:
        return to_json(result)
    options = options or RenderOptions()
    say = catalog(lang)
    if isinstance(result, DraftedAmendment):
        return decision(result, form, say)
    if options.style == "official":
        return _official(result, form, say, options)
    page = page_of(result, say)
    if options.new_first:
        page = swapped(page)
    if options.brief:
        if form in (Format.CSV, Format.XLSX):
            raise UsageError(
                f"a memo is text for people, not {form.value}: leave --brief out, or choose docx"
            )
        page = memo(page, say)
    return _written(page, form, say, options)


def _format(form: Format | str) -> Format:
    try:
        return Format(form)
    except ValueError:
        names = ", ".join(known.value for known in Format)
        raise UsageError(f"there is no format {str(form)!r}: use one of {names}") from None


def _written(page: Page, form: Format, say: Catalog, options: RenderOptions) -> str | bytes:
    """Each format loads its own library, so that a terminal never waits for Word's."""
    if form is Format.TERMINAL:
        from policydiff.report.to_terminal import to_terminal  # noqa: PLC0415

        return to_terminal(page, say, options)
    if form is Format.MARKDOWN:
        from policydiff.report.to_markdown import to_markdown  # noqa: PLC0415

        return to_markdown(page, say, options)
    if form is Format.HTML:
        from policydiff.report.to_html import to_html  # noqa: PLC0415

        return to_html(page, say)
    if form is Format.CSV:
        from policydiff.report.to_csv import to_csv  # noqa: PLC0415

        return to_csv(page)
    if form is Format.XLSX:
        from policydiff.report.to_xlsx import to_xlsx  # noqa: PLC0415

        return to_xlsx(page, say)
    from policydiff.report.to_docx import to_docx  # noqa: PLC0415

    return to_docx(page, say, options)


def _official(result: Value, form: Format, say: Catalog, options: RenderOptions) -> bytes:
    if form is not Format.DOCX:
        raise UsageError(f"the official style is a Word file (docx), not {form.value}")
    from policydiff.report.to_official import to_official  # noqa: PLC0415

    return to_official(page_of(result, say), say, options)


def to_json(value: Value) -> str:
    """Return the value as JSON: fields in the model's order, Chinese unescaped, two blanks of indent."""
    return value.model_dump_json(indent=2) + "\n"

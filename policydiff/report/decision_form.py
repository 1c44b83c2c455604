"""An amending decision as its drafter hands it on: plain text, HTML, or a Word file in the form of a 公文."""

import html

from policydiff.errors import UsageError
from policydiff.model.amended import DraftedAmendment
from policydiff.report.catalog import Catalog
from policydiff.report.formats import Format

_TITLE_POINTS, _BODY_POINTS = 22, 16
"""GB/T 9704-2012: 2号小标宋 for the title, 3号仿宋 for the body."""
_LINE_POINTS = 28
"""Spacing of lines that gives the 22 lines a page of GB/T 9704-2012."""


def decision(drafted: DraftedAmendment, form: Format, say: Catalog) -> str | bytes:
    """Return a drafted decision in a format of documents.

    Raises:
        UsageError: The format is one of tables.
    """
    if form in (Format.TERMINAL, Format.MARKDOWN):
        return drafted.text
    if form is Format.HTML:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in drafted.text.splitlines()[1:])
        title = html.escape(drafted.title)
        return (
            f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
            "<style>body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1em/1.8 FangSong,STFangsong,serif}"
            f"h1{{text-align:center;font-size:1.5em}}p{{text-indent:2em;margin:.3em 0}}</style><h1>{title}</h1>{lines}</html>"
        )
    if form is Format.DOCX:
        return _word_file(drafted)
    raise UsageError(say("a decision is no table: give html, docx, markdown or terminal"))


def _word_file(drafted: DraftedAmendment) -> bytes:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 (each format loads its own library)
    from docx.shared import Pt  # noqa: PLC0415

    from policydiff.report.word_file import FANG, TITLE, saved, set_fonts, word_file  # noqa: PLC0415

    file = word_file(drafted.title, "", "", landscape=False)
    heading = file.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(drafted.title)
    run.font.size = Pt(_TITLE_POINTS)
    set_fonts(run, TITLE)
    for line in drafted.text.splitlines()[1:]:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_POINTS)
        paragraph.paragraph_format.line_spacing = Pt(_LINE_POINTS)
        run = paragraph.add_run(line)
        run.font.size = Pt(_BODY_POINTS)
        set_fonts(run, FANG)
    return saved(file)

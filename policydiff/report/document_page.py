"""One parsed document as plain tables: its tree, and the facts found in it."""

import re

from policydiff.model import Clause, Document
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.figures_told import bodies, figure
from policydiff.report.introduced_texts import notice, side
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import Column, Figure, Page, Row, Table, text_row
from policydiff.report.runs import Mark, Run, cell
from policydiff.report.words import CITATION_RELATIONS, SEVERITIES, TARGET_KINDS

_SAYINGS = tuple(
    (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(message))), message)
    for message in (
        N_("{label} follows article {last}"),
        N_("{label} follows number {before} of its kind"),
        N_("the quotation opened here is not closed"),
        N_("the area of {body} is not told by its name"),
        N_("read as the title, though nothing but its place tells so"),
        N_("lines in no field and no clause: {count}"),
        N_("lines that look like articles and were not read as articles: {count}"),
        N_("attachment announced and not in this text: {title}"),
        N_("set aside beside the title, as a headline of the page"),
    )
)


def doubt(message: str, say: Catalog) -> str:
    """Return a diagnostic's message in the catalog's language; as it is where the catalog does not know it.

    The warnings of a reader (`ReadingWarning`) are diagnostics too; they are matched as errors are.
    """
    for pattern, known in _SAYINGS:
        match = pattern.fullmatch(message)
        if match:
            return say(known, **match.groupdict())
    return sentence_told(message, say.lang)


def document_page(document: Document, say: Catalog) -> Page:
    """Return the whole report of one document."""
    outline = Outline(document)
    tables = (
        _tree(document, say),
        _targets(document, outline, say),
        _duties(document, outline, say),
        _citations(document, outline, say),
        _diagnostics(document, outline, say),
    )
    return Page(
        name="document",
        title=say("Document"),
        sides=(side(say("Document"), document.reference, document, say),),
        tables=tuple(table for table in tables if table.rows or table.name == "clauses"),
        main="clauses",
        figures=(
            Figure(say("clauses"), sum(1 for _ in document.walk()), "clauses", "clauses"),
            Figure(say("targets"), len(document.targets), "targets", "targets"),
            Figure(
                say("responsibilities"),
                len(document.responsibilities),
                "responsibilities",
                "responsibilities",
            ),
            Figure(say("citations"), len(document.citations), "citations", "citations"),
        ),
        notice=notice(say, judged=False),
    )


def _tree(document: Document, say: Catalog) -> Table:
    rows: list[Row] = []

    def add(clause: Clause, depth: int) -> None:
        label = f"{'　' * depth}{clause.label}　" if clause.label else "　" * depth
        rows.append(
            Row(
                (
                    (Run(label, Mark.LABEL), *cell(clause.text)) if label else cell(clause.text),
                    cell(clause.id),
                ),
                clause.kind,
                1,
                anchor("l", clause.id),
            )
        )
        for child in clause.children:
            add(child, depth + 1)

    for clause in document.clauses:
        add(clause, 0)
    columns = (Column(say("Text"), 80, is_text=True), Column(say("Id"), 20))
    return Table("clauses", say("Clauses"), columns, tuple(rows))


def _targets(document: Document, outline: Outline, say: Catalog) -> Table:
    return Table(
        "targets",
        say("Targets"),
        (
            Column(say("Clause"), 14),
            Column(say("Target"), 26, is_text=True),
            Column(say("Value"), 20, is_text=True),
            Column(say("Kind"), 10),
            Column(say("Words"), 30, is_text=True),
        ),
        tuple(
            text_row(
                outline.place(target.clause).address,
                target.metric,
                figure(target, say),
                say(TARGET_KINDS[target.kind]),
                target.text,
                kind=target.kind,
            )
            for target in document.targets
        ),
    )


def _duties(document: Document, outline: Outline, say: Catalog) -> Table:
    return Table(
        "responsibilities",
        say("Responsibilities"),
        (
            Column(say("Clause"), 16),
            Column(say("Bodies"), 50, is_text=True),
            Column(say("Words"), 34, is_text=True),
        ),
        tuple(
            text_row(outline.place(duty.clause).address, bodies(duty, say), duty.text)
            for duty in document.responsibilities
        ),
    )


def _citations(document: Document, outline: Outline, say: Catalog) -> Table:
    return Table(
        "citations",
        say("Citations"),
        (
            Column(say("Clause"), 16),
            Column(say("Title"), 44, is_text=True),
            Column(say("Document number"), 20, is_text=True),
            Column(say("Article"), 10, is_text=True),
            Column(say("Relation"), 10),
        ),
        tuple(
            text_row(
                outline.place(citation.clause).address,
                citation.title or "",
                citation.document_number or "",
                citation.article or "",
                say(CITATION_RELATIONS[citation.relation]),
                kind=citation.relation,
            )
            for citation in document.citations
        ),
    )


def _diagnostics(document: Document, outline: Outline, say: Catalog) -> Table:
    return Table(
        "diagnostics",
        say("Doubts about the reading"),
        (Column(say("Severity"), 14), Column(say("Clause"), 16), Column(say("Message"), 70)),
        tuple(
            text_row(
                say(SEVERITIES[diagnostic.severity]),
                outline.place(diagnostic.clause).address if diagnostic.clause else "",
                doubt(diagnostic.message, say),
                kind=diagnostic.severity,
            )
            for diagnostic in document.diagnostics
        ),
    )

"""One parsed document as plain tables: its tree, and the facts found in it."""

import re
from typing import Any

from policydiff.model import Clause, Document
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.figures_told import bodies, figure
from policydiff.report.introduced_texts import notice, side
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import TEXT, Column, Field, Figure, Made, Page, Row, Table, tabled
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
        *_facts(document, outline, say),
    )
    return Page(
        name="document",
        title=say("Document"),
        sides=(side(say("Document"), document.reference, document, say),),
        tables=tuple(table for table in tables if table.rows or table.name == "clauses"),
        main="clauses",
        figures=tuple(
            Figure(label, number, name, name)
            for name, label, number in (
                ("clauses", say("clauses"), sum(1 for _ in document.walk())),
                ("targets", say("targets"), len(document.targets)),
                ("responsibilities", say("responsibilities"), len(document.responsibilities)),
                ("citations", say("citations"), len(document.citations)),
            )
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


def target_fields(say: Catalog) -> tuple[Field, ...]:
    """Return the columns of a list of targets."""
    return (
        Field(say("Target"), 26, lambda target: target.metric, TEXT),
        Field(say("Value"), 20, lambda target: figure(target, say), TEXT),
        Field(say("Kind"), 10, lambda target: say(TARGET_KINDS[target.kind])),
        Field(say("Words"), 30, lambda target: target.text, TEXT),
    )


def duty_fields(say: Catalog) -> tuple[Field, ...]:
    """Return the columns of a list of who does a measure."""
    return (
        Field(say("Bodies"), 50, lambda duty: bodies(duty, say), TEXT),
        Field(say("Words"), 34, lambda duty: duty.text, TEXT),
    )


def citation_fields(say: Catalog) -> tuple[Field, ...]:
    """Return the columns of a list of citations."""
    return (
        Field(say("Cited as"), 10, lambda citation: say(CITATION_RELATIONS[citation.relation])),
        Field(say("Cited document"), 44, lambda citation: citation.title, TEXT),
        Field(say("Document number"), 20, lambda citation: citation.document_number),
        Field(say("Article"), 10, lambda citation: citation.article, TEXT),
    )


def _facts(document: Document, outline: Outline, say: Catalog) -> tuple[Table, ...]:
    """Return the tables of what was found in the text, each with the clause it was found in."""

    def where(each: Any) -> str:
        return outline.place(each.clause).address if each.clause else ""

    clause = Field(say("Clause"), 14, where)
    doubts = (
        Field(say("Severity"), 14, lambda each: say(SEVERITIES[each.severity])),
        clause,
        Field(say("Message"), 70, lambda each: doubt(each.message, say)),
    )
    return (
        tabled("targets", say("Targets"), document.targets, (clause, *target_fields(say)), Made(kind_of)),
        tabled(
            "responsibilities",
            say("Responsibilities"),
            document.responsibilities,
            (clause, *duty_fields(say)),
        ),
        tabled(
            "citations", say("Citations"), document.citations, (clause, *citation_fields(say)), Made(kind_of)
        ),
        tabled("diagnostics", say("Doubts about the reading"), document.diagnostics, doubts, Made(kind_of)),
    )


def kind_of(each: Any) -> str:
    """Return the published kind of a fact: a target's, a citation's relation, a doubt's severity; empty for others."""
    return str(getattr(each, "kind", "") or getattr(each, "relation", "") or getattr(each, "severity", ""))

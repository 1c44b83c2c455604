"""The page of one document with its clauses and the facts found in it, and the description of a document in other reports."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath
from typing import Any

from policydiff.lexicon.titles import is_draft_title
from policydiff.model import Clause, Document, Reference, Responsibility, Target, TargetKind, WarningKind
from policydiff.model.document import BeginsBy, Dates, first_day
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.outline import Outline, address_of, anchor
from policydiff.report.page import TEXT, Field, Figure, Made, Page, Side, Table, tabled
from policydiff.report.runs import Mark, cell, shortened_text
from policydiff.report.words import CITATION_RELATIONS, SEVERITIES, TARGET_KINDS
from policydiff.version import __version__

_LINE, _LINES = 30, 3
"""Characters of a quoted line, and most lines quoted."""
SEEN = "seen-"
"""Beginning of a version's name if its text has no date; the day on which the text was seen follows."""


CARRIER = N_("carrier notice")
_NO_CLAUSES = {"carrier": CARRIER, "title": N_("title")}
"""Labels of the parts of a document that are no clauses, by the id that a diff of versions gives them."""


def clause_named(clause: str, label: str | None, text: str, say: Catalog) -> str:
    """Return the name by which a clause is cited: its address, or the label for title or carrier notice."""
    known = _NO_CLAUSES.get(clause)
    return say(known) if known else address_of(clause, label, text)


def version_named(version: str, say: Catalog) -> str:
    """Return a version as a person reads it: its date, or the day on which a text without a date was seen."""
    seen = version.removeprefix(SEEN)
    return version if seen == version else say("seen {day}", day=seen)


def documents_of(result: Any, number: int, *, least: int = 0) -> tuple[Document | None, ...]:
    """Return the documents that a result was made from, in its own order; None in place of each if the result does not hold them."""
    held = tuple(each for each in getattr(result, "sides", ()) if isinstance(each, Document))
    if not (least or number) <= len(held) <= number:
        held = ()
    return held + (None,) * (number - len(held))


def side(role: str, reference: Reference, document: Document | None, say: Catalog) -> Side:
    """Return the facts of one side of a report; a fact in `reference` takes precedence over the fact in `document`.

    Facts that neither knows are left out, except that a missing date of issue is stated. A reference to a document of
    the store without a version names no text, and therefore needs no date of issue.
    """
    number = reference.document_number or (document.document_number if document else None)
    issuers = reference.issuing_bodies or (document.issuing_bodies if document else ())
    file = PurePath(reference.file).name if reference.file else None
    facts = [
        (say("Document number"), number),
        (say("Issuing body"), say.joined(*issuers)),
        (say("Drafting body"), document.drafting_body if document else None),
        *_front(document, say),
        *_dates(reference, document, say),
        (say("Validity"), say("draft") if document is not None and _is_draft(document) else None),
        (say("In the store"), _stored(reference)),
        (say("File name"), file),
    ]
    title = reference.title or (document.title if document else None) or file or reference.id
    shown = tuple((label, value) for label, value in facts if value)
    return Side(role, title or say("untitled"), shown, reference.text_sha256 or "")


def _dates(
    reference: Reference, document: Document | None, say: Catalog
) -> tuple[tuple[str, str | None], ...]:
    """Return the dates of a text: of a statute the adoption and last amendment, else the issue; then days in force and the day seen."""
    dates = document.dates if document else None
    issued = reference.issued or (dates.issued if dates else None)
    adopted, amended = (dates.adopted, dates.amended) if dates else (None, None)
    is_dated = issued or adopted or amended or (dates and dates.published)
    names_a_text = document is not None or not reference.id or reference.version
    told = [
        (say("Issued"), say.day(issued) if issued not in (adopted, amended) else None),
        (say("Adopted"), say.day(adopted)),
        (say("Published"), _told_day("published", dates, say)),
        (say("Amended"), say.day(amended)),
    ]
    if not is_dated and names_a_text:
        told.append((say("Issued"), say("not stated")))
    if dates:
        own = reference.issued or dates.own or dates.published
        first, by = first_day(dates.effective, own, None, is_first=True)
        begins = _told_day("effective", dates, say)
        if dates.effective is not None and by is not BeginsBy.STATED:
            # The day on which amended words came into force is in the amendment, not in the text.
            begins = say(
                "not before {first} (the text still says {day})",
                first=say.day(first),
                day=say.day(dates.effective),
            )
        told += [(say("In force from"), begins), (say("In force until"), _told_day("expires", dates, say))]
    told.append((say("Seen"), say.day(seen_on(reference))))
    return tuple(told)


def _told_day(name: str, dates: Dates | None, say: Catalog) -> str | None:
    """Return a date of a text, with a remark if it was computed from the text's words; None for no date."""
    value = getattr(dates, name, None)
    computed = say(" (computed)") if dates and name in dates.computed else ""
    return f"{say.day(value)}{computed}" if value else None


def seen_on(reference: Reference) -> str | None:
    """Return the day on which a version without a date was first seen; None if the text has a date or the reference names no version."""
    seen: date | None = getattr(reference, "seen", None)
    if seen:
        return seen.isoformat()
    version = reference.version or ""
    return version.removeprefix(SEEN)[:10] if version.startswith(SEEN) else None


def known_of(role: str, document: Document | None, say: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the doubts about a text that a reader must know before any finding, each with the role of the text."""
    if document is None:
        return ()
    told = [state_of(document, say)]
    unread = [each.text.strip() for each in document.not_placed if each.reason == "unread"]
    if unread:
        told.append(
            say(
                "Lines that stand in no field and no clause, and are not compared: {n}: {words}",
                n=len(unread),
                words=say.semicolon.join(shortened_text(each, _LINE) for each in unread[:_LINES]),
            )
        )
    told.extend(words for _, words in unread_of(role, document.reference, say))
    doubted = [each.message for each in document.diagnostics if each.kind in _DOUBTED]
    told.extend(sentence_told(each, say.lang) for each in doubted[:_LINES])
    absent = [each.title or each.label or "" for each in document.attachments if not each.present]
    if absent:
        told.append(
            say("announced as attached and not in this text: {titles}", titles=say.semicolon.join(absent))
        )
    return tuple((role, each) for each in told if each)


_DOUBTED = frozenset({WarningKind.RECOGNITION, WarningKind.ENCODING, WarningKind.CONVERTER})
"""Warnings that words of the text may differ from the words of its file."""


def unread_of(role: str, reference: Reference, say: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the parts of a file that are missing in its text, each with the role of the text."""
    return tuple((role, sentence_told(each, say.lang)) for each in reference.unread[:_LINES])


def _front(document: Document | None, say: Catalog) -> tuple[tuple[str, str | None], ...]:
    """Return the facts at the head of an official document, except document number and issuing bodies."""
    if document is None:
        return ()
    return (
        (say("Secrecy"), document.secrecy),
        (say("Urgency"), document.urgency),
        (say("Signed by"), say.joined(*document.signers)),
        (say("Addressees"), shortened_text(say.joined(*document.addressees), 2 * _LINE)),
    )


def state_of(document: Document | None, say: Catalog) -> str:
    """Return whether a text is a draft, or a statute as adopted or last amended, judged by its own head; empty if the head does not say."""
    if document is not None and _is_draft(document):
        return say("the text is a draft: it is not in force, and may still change")
    if document is None or not (document.dates.adopted or document.dates.amended):
        return ""
    if document.dates.amended:
        return say("the text as amended on {date}", date=say.day(document.dates.amended))
    return say("the text as adopted: later amendments, if there are any, are not in it")


def _is_draft(document: Document) -> bool:
    return is_draft_title(document.title, document.qualifier)


def _stored(reference: Reference) -> str | None:
    if not reference.id:
        return None
    return f"{reference.id}@{reference.version}" if reference.version else reference.id


def notice(say: Catalog, *, judged: bool) -> str:
    """Return the sentence that says which findings a machine judged, with the version of the program."""
    made = say("Made by policydiff {version}.", version=__version__)
    if not judged:
        return made + say(
            " The documents' words are shown unaltered; headings, targets, bodies and citations were found by machine."
        )
    return made + say(
        " Relations, effects, scores, pairings and signals are the machine's judgement: check them against the words"
        " of both texts, which are shown unaltered."
    )


def document_page(document: Document, say: Catalog) -> Page:
    """Return the whole report on one document."""
    outline = Outline(document)
    tables = (_tree(document, say), *_facts(document, outline, say))
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
    def below(clauses: Iterable[Clause], depth: int = 0) -> Iterator[tuple[str, Clause]]:
        for clause in clauses:
            yield f"{'　' * depth}{clause.label}　" if clause.label else "　" * depth, clause
            yield from below(clause.children, depth + 1)

    fields = (
        Field(say("Text"), 80, lambda each: (*cell(each[0], Mark.LABEL), *cell(each[1].text)), TEXT),
        Field(say("Id"), 20, lambda each: each[1].id),
    )
    made = Made(lambda each: each[1].kind, lambda each: anchor("l", each[1].id))
    return tabled("clauses", say("Clauses"), below(document.clauses), fields, made)


def target_fields(say: Catalog) -> tuple[Field, ...]:
    """Return the columns of a list of targets."""
    return (
        Field(say("Target"), 26, lambda target: target.metric, TEXT),
        Field(say("Value"), 20, lambda target: figure(target, say), TEXT),
        Field(say("Kind"), 10, lambda target: say(TARGET_KINDS[target.kind])),
        Field(say("Words"), 30, lambda target: target.text, TEXT),
    )


def duty_fields(say: Catalog) -> tuple[Field, ...]:
    """Return the columns of a list of responsible bodies."""
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
    """Return the tables of the facts found in the text, each fact with its clause."""

    def where(each: Any) -> str:
        return outline.place(each.clause).address if each.clause else ""

    clause = Field(say("Clause"), 14, where)
    doubts = (
        Field(say("Severity"), 14, lambda each: say(SEVERITIES[each.severity])),
        clause,
        Field(say("Message"), 70, lambda each: sentence_told(each.message, say.lang)),
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
    """Return the published kind of a target, the relation of a citation, or the severity of a doubt; empty for other facts."""
    return str(getattr(each, "kind", "") or getattr(each, "relation", "") or getattr(each, "severity", ""))


_AFTER = ("左右", "上下", "以上", "以下", "以内")
"""Qualifiers that are written after the number in Chinese; all others are written before it."""
_HAS_VERB = re.compile(
    r"达到|达|超|逾|突破|不低于|不少于|不高于|不超过|高于|低于|降|增|提高|控制在|最高|最低|减"
)
_EFFORT = ("力争", "争取", "努力", "确保", "预计", "预期")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_RANGE = re.compile(r"[\d.,]+-[\d.,]+")
_OF_RANGES = frozenset({"以上", "以下", "以内", "至", "不低于", "不少于", "不超过", "不高于", "不得超过"})


def figure(target: Target, say: Catalog) -> str:
    """Return value, unit, qualifiers and deadline of a target as a person writes them.

    到2023年达到7%左右; 力争到2020年达到6%左右; in English the document's qualifiers follow in brackets.
    """
    is_range = _RANGE.fullmatch(target.value) is not None
    value = f"{target.value.replace('-', '–') if is_range else target.value}{target.unit}"
    words = [word for word in re.split("[、，]", target.qualifier or "") if word]
    if is_range:  # 二千元以上五千元以下 → 2000–5000元: the range already shows both ends
        words = [word for word in words if word not in _OF_RANGES]
    if say.lang != "zh":
        shown = f"{value} ({', '.join(words)})" if words else value
        return f"{shown}, {target.deadline}" if target.deadline else shown
    after = "".join(word for word in words if word in _AFTER)
    effort = "".join(word for word in words if word.startswith(_EFFORT))
    before = "".join(word for word in words if word not in _AFTER and not word.startswith(_EFFORT))
    when = _deadline(target.deadline)
    is_goal = target.kind is TargetKind.TARGET and when and not _HAS_VERB.search(before)
    return f"{effort}{when}{before}{'达到' if is_goal else ''}{value}{after}"


def _deadline(deadline: str | None) -> str:
    if not deadline:
        return ""
    match = _DATE.fullmatch(deadline)
    if not match:
        ended = deadline.endswith(("末", "期间", "年底", "前", "年", "月", "日"))
        return f"到{deadline}" if ended else f"{deadline}期间"
    year, month, day = match.groups()
    return f"到{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def bodies(duty: Responsibility, say: Catalog) -> str:
    """Return the responsible bodies: leading ones first, supporting ones in brackets."""
    lead = say.joined(*duty.lead)
    if not duty.supporting:
        return lead
    return say("{lead} (supported by {supporting})", lead=lead, supporting=say.joined(*duty.supporting))

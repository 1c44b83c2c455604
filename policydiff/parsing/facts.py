"""Facts that a document states about itself: title, number, bodies, dates, addressees, and the notice that carries it."""

import re
from collections.abc import Sequence

from policydiff.lexicon.bodies import body_key
from policydiff.lexicon.horizons import parse_date
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import bare_title, names_no_document, status_mark, without_status_mark
from policydiff.lexicon.widths import despace
from policydiff.model import Act, ActKind, Attachment, Carrier, Dates
from policydiff.model.base import Level
from policydiff.parsing.attachments import decided_text, read_attachments, title_of_mark
from policydiff.parsing.events import acts_in, acts_of_notice, declared_end, read_dates, whole_notes
from policydiff.parsing.fixed_lines import (
    ISSUE,
    declared_bodies,
    declared_number,
    keywords_in,
    names_in,
    normal_number,
    numbers_in,
    take_addressees,
)
from policydiff.parsing.imprint import PRINTED, SIGNATORY, lists_in, printer_at
from policydiff.parsing.issuers import (
    area_of,
    heads_letter,
    is_known,
    issuing_bodies,
    name_carried,
    person_on,
    read_carrier,
    split_names,
)
from policydiff.parsing.kinds import BESIDE_NUMBER, SEAL, Kind, with_digits
from policydiff.parsing.paragraphs import LATIN, Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.title_lines import (
    CARRYING_TITLE,
    Title,
    carries_several,
    drafting_body,
    find_title,
    is_notice,
    joined_texts,
    settle_title,
)
from policydiff.parsing.tree import Doubts
from policydiff.parsing.works import ISSUES

_AMENDS = lazy_pattern("修改|修订|修正|完善|调整")
_STATE = "中华人民共和国"
_DISCLOSED = lazy_pattern("^(?:[^：:]*[：:])?(?:[此本]件)?|全文$")
_SECRECY = lazy_pattern("(?:绝密|机密|秘密)(?!等级)(?:★[^特加平]*)?")
_URGENCY = lazy_pattern("特急|加急|特提|平急|急件")
_TRANSLATED = lazy_pattern(r"(?<=[\u4e00-\u9fff])\s*(?:EN|Eng|English|英文版?)$", marks=("E", "英文"))
"""Words of the link to the translation, behind the title that a page declares."""
_NO_MARK = ("普通", "非", "无", "無", "不", "公开", "公開", "内部", "一般")
"""Beginnings of values that say that a text is neither urgent nor secret: 普通件, 公開."""
_SIGNED_BY = lazy_pattern("(?:签发|会签)人?[：:](.+?)(?=(?:签发|会签|核稿|审核|拟稿|校对)人?[：:]|$)")


class Facts:
    """Everything read outside the clauses."""

    def __init__(self, main: Text) -> None:
        self.main = main
        """The text whose clauses are the document's clauses."""
        self.notice: Text | None = None
        """The notice that carries the text."""
        self.decision: Title | None = None
        """Title of the decision that amends or approves the text and carries it."""
        self.annexes: list[Text] = []
        self.title: Title | None = None
        self.name: str | None = None
        self.status_mark: str | None = None
        """Mark of the publisher on the text's validity, beside the title or on the page: 已废止."""
        self.numbers: list[str] = []
        """Document numbers, the document's own first."""
        self.issuing_bodies: tuple[str, ...] = ()
        self.drafting_body: str | None = None
        self.jurisdiction: str | None = None
        self.level: Level | None = None
        self.dates = Dates()
        self.acts: list[Act] = []
        self.addressees: tuple[str, ...] = ()
        self.copied_to: tuple[str, ...] = ()
        self.disclosure: str | None = None
        self.keywords: tuple[str, ...] = ()
        self.secrecy: str | None = None
        self.urgency: str | None = None
        self.copy_number: str | None = None
        self.signers: tuple[str, ...] = ()
        self.remarks: tuple[str, ...] = ()
        self.printed_by: str | None = None
        self.attachments: tuple[Attachment, ...] = ()
        self.carrier: Carrier | None = None
        self.placed: set[int] = set()
        """Identities of the lines of heads and tails that were read into a field."""

    def place(self, *lines: Paragraph) -> None:
        """Record that these lines were read."""
        self.placed.update(id(line) for line in lines)


def read_facts(
    texts: list[Text], *, declared: Sequence[tuple[str, str]], declared_title: str | None, doubts: Doubts
) -> Facts:
    """Return the facts of a document made of these texts; facts in the text have priority over declared facts."""
    first = texts[0]
    title = settle_title(first, find_title(first), doubts) or title_of_mark(first, alone=len(texts) == 1)
    facts = Facts(first)
    rest = texts[1:]
    decided = decided_text(first, rest)
    several = decided is not None or not rest or carries_several(first, title, rest)
    if not several and is_notice(first, title.text if title is not None else declared_title or "", rest[0]):
        facts.notice, facts.main, rest = first, rest[0], rest[1:]
        decided = decided_text(facts.main, rest)
    if decided is not None:
        facts.decision = title
        if facts.notice is not None:
            facts.decision = settle_title(facts.main, find_title(facts.main), doubts)
        facts.notice = first if facts.notice is None else joined_texts(facts.notice, facts.main)
        facts.main = decided
        rest = [text for text in rest if text is not decided]
        texts[:] = [facts.notice, facts.main, *rest]
    facts.annexes = rest
    labelled = {label.replace(" ", ""): value for label, value in declared if value.strip()}
    issuing = facts.notice or facts.main
    facts.addressees = _addressees(facts, issuing) or names_in(labelled.get("主送", ""))
    facts.copied_to = names_in(labelled.get("抄送", ""))
    facts.title = title
    _place_title(facts, first, title)
    _place_title(facts, facts.notice or first, facts.decision)
    if facts.notice is not None:
        facts.addressees = facts.addressees or _addressees(facts, facts.main)
        facts.title = settle_title(facts.main, find_title(facts.main), doubts) or title_of_mark(facts.main)
        _place_title(facts, facts.main, facts.title)
        if (
            facts.title is None
            and title is not None
            and not CARRYING_TITLE.search(title.text)
            and not names_no_document(title.text)
        ):
            facts.title = title
    own = [text for text in (facts.notice, facts.main) if text is not None]
    name = _read_name(facts, _TRANSLATED.sub("", labelled.get("标题") or declared_title or ""), doubts)
    marks = [name or "", *(line.text for line in issuing.head if line.kind is Kind.STATED)]
    facts.status_mark = next(filter(None, map(status_mark, marks)), None) or declared_end(labelled)
    carried = () if facts.notice is None else issuing_bodies(facts.main, facts.title)
    facts.issuing_bodies = issuing_bodies(issuing, title) or carried or declared_bodies(labelled)
    _read_acts(own, facts)
    fixed = [
        [line for text in own for line in text.tail],
        [line for text in own for line in text.head],
        [line for text in facts.annexes for line in text.tail if line.kind is Kind.PRINTED],
    ]
    facts.dates = read_dates(
        facts.acts, fixed, facts.main.body, facts.notice.body if facts.notice else [], labelled
    )
    _read_numbers(own, facts, labelled, title, doubts)
    _read_area(facts, doubts)
    _read_fixed(own, facts, labelled)
    if facts.notice is not None:
        _read_carrier(facts, facts.notice, None if title is facts.title else title, declared_title)
    facts.attachments = read_attachments(
        facts.main, facts.notice, facts.annexes, labelled.get("附件", ""), doubts
    )
    _place_days_and_names(own, facts)
    return facts


def _read_carrier(facts: Facts, notice: Text, title: Title | None, declared: str | None) -> None:
    facts.carrier = read_carrier(
        notice,
        title,
        facts.decision,
        declared=declared,
        number=next(iter(facts.numbers), None),
        issuer=next(iter(facts.issuing_bodies), None),
    )
    said = "".join(line.whole for line in notice.body)
    facts.drafting_body = drafting_body(facts.carrier.title, said, facts.carrier.kind)


def _addressees(facts: Facts, text: Text) -> tuple[str, ...]:
    names = take_addressees(text)
    if names:
        facts.place(text.head[-1])
    return names


def _place_title(facts: Facts, text: Text, title: Title | None) -> None:
    if title is None:
        return
    facts.place(*title.lines)
    facts.remarks = (*facts.remarks, *filter(None, [title.remark]))
    words = bare_title(title.text)
    plain = (line for line in text.head if line.kind in (None, Kind.BODY_NAME))
    facts.place(*(line for line in plain if bare_title(line.text) in words))


def _read_name(facts: Facts, declared: str, doubts: Doubts) -> str | None:
    """Give the document its name, and return the title as printed."""
    name = _name(facts, declared, doubts)
    issued = ISSUES.fullmatch(name) if name and facts.notice is None else None
    if name and issued is not None:
        facts.carrier = Carrier(kind="印发", title=name)
        name = issued[1]
    facts.name = without_status_mark(name) if name else None
    return name


def _name(facts: Facts, declared: str, doubts: Doubts) -> str | None:
    """Return the title; a declared title only if the text has none, or no certain one."""
    title = facts.title
    if title is not None and title.sure and not (declared and names_no_document(title.text)):
        return title.text
    if declared and facts.notice is None:
        if title is not None:
            words = bare_title(declared)
            facts.placed.difference_update(
                id(line) for line in title.lines if bare_title(line.text) not in words
            )
        return despace(declared)
    if title is None and facts.notice is None:
        return next((line.text for line in facts.main.head if _ORDERS_ALONE.fullmatch(line.text)), None)
    if title is None:
        notice = find_title(facts.notice) if facts.notice is not None else None
        return name_carried(notice.text, declared) if notice is not None else None
    doubts.note("read as the title, though nothing but its place tells so", title.lines[0].span)
    return title.text


_ORDERS_ALONE = lazy_pattern("[\u4e00-\u9fff]{2,40}令")
"""An order without a carried text has a name of its own: 某县人民政府森林防火禁火令."""
_FORM_ALONE = lazy_pattern("[令函]$")
"""The issuing body and the kind of act (国务院令); the number stands on another line."""


def _read_numbers(
    own: list[Text], facts: Facts, labelled: dict[str, str], title: Title | None, doubts: Doubts
) -> None:
    """Find the document's number anywhere in the heads: beside a date, after the carrier, in a note.

    A notice has the document's number; an announcement or order with only a count leaves it to the text that it publishes.
    """
    found: list[tuple[str, Text]] = []
    for text in own:
        lines = [*text.head, *text.tail]
        found.extend((number, text) for number in numbers_in(lines))
        printed = [line for line in lines if line.kind is Kind.NUMBER]
        for line in printed:
            facts.remarks = (*facts.remarks, *_BESIDE.findall(line.text))
            if with_digits(line.text) != line.text:
                doubts.note("letters in the document number are read as digits", line.span)
            if found and ISSUE.fullmatch(line.text) and found[0][0] not in line.text:
                facts.remarks = (*facts.remarks, line.text)  # the issue of the gazette that prints the text
        facts.place(*(line for line in printed if found or _FORM_ALONE.search(line.text)))
    numbers = [number for number, _ in found]
    bracketed = [number for number, text in found if "〔" in number and text is facts.main]
    if facts.notice is not None and bracketed and numbers and "〔" not in numbers[0]:
        numbers = [*bracketed, *numbers]
    if not numbers:
        beside = (each.number for each in (title, facts.title) if each is not None)
        orders = (act.by for act in facts.acts if act.kind in (ActKind.PUBLISHED, ActKind.ADOPTED) and act.by)
        dated = (line.text.split("，")[0] for line in facts.main.head if line.kind is Kind.EVENT)
        told = (normal_number(by) or normal_number(by.rpartition("、")[2]) for by in (*dated, *orders))
        numbers = [*filter(None, (*beside, declared_number(labelled), *told))][:1]
    facts.numbers = list(dict.fromkeys(numbers))


_BESIDE = lazy_pattern(rf"(?<=[号號]){BESIDE_NUMBER}$", marks="ABCD总")
_LAST = 4
"""Lines at the end of a text, including signatures, that may state the day of its adoption."""


def _read_acts(own: list[Text], facts: Facts) -> None:
    for text in own:
        for note, lines in whole_notes([line for line in text.head if line.kind is Kind.EVENT]):
            if acts := acts_in(note):
                facts.acts.extend(acts)
            else:
                facts.remarks = (*facts.remarks, note.text)
            facts.place(*lines)
        if not any(act.kind is ActKind.ADOPTED for act in facts.acts):
            closing = [act for line in text.body[-_LAST:] if line.kind is Kind.EVENT for act in acts_in(line)]
            facts.acts.extend(act for act in closing if act.kind is ActKind.ADOPTED)
    if facts.notice is not None:
        told = {(act.day, act.kind) for act in facts.acts}
        acts = acts_of_notice(facts.notice.body)
        if facts.decision is not None and _AMENDS.search(facts.decision.text):
            by = facts.decision.text
            acts = [act.model_copy(update={"kind": ActKind.AMENDED, "by": by}) for act in acts]
        facts.acts.extend(act for act in acts if (act.day, act.kind) not in told)


def _read_area(facts: Facts, doubts: Doubts) -> None:
    days = (facts.dates.issued, facts.dates.adopted, facts.dates.published)
    year = next((day.year for day in days if day), None)
    for issuer in facts.issuing_bodies[:1]:
        facts.jurisdiction, facts.level = area_of(issuer, facts.name, year)
        if facts.jurisdiction is None:
            doubts.note(f"the area of {issuer} is not told by its name")


def _read_fixed(own: list[Text], facts: Facts, labelled: dict[str, str]) -> None:
    """Read the lines in heads and tails whose form shows their kind; then the marks that stand only behind labels."""
    for lines in (part for text in [*own, *facts.annexes] for part in (text.head, text.tail)):
        for label, words, listed in lists_in(lines):
            if label in ("主送", "致"):
                facts.addressees = facts.addressees or names_in(words)
            else:
                facts.copied_to = (*facts.copied_to, *names_in(words))
            facts.place(*listed)
        for index, line in enumerate(lines):
            _read_line(line, facts)
            if (printer := printer_at(lines, index)) is not None:
                facts.printed_by = printer
                facts.place(line)
    facts.disclosure = facts.disclosure or labelled.get("公开方式")
    urgency, secrecy = labelled.get("紧急程度", "").split("·")[0], labelled.get("密级", "")
    facts.urgency = facts.urgency or (None if urgency.startswith(_NO_MARK) else urgency or None)
    facts.secrecy = facts.secrecy or (None if secrecy.startswith(_NO_MARK) else secrecy or None)


def _read_line(line: Paragraph, facts: Facts) -> None:
    words = line.text
    match line.kind:
        case Kind.DISCLOSURE:
            facts.disclosure = _DISCLOSED.sub("", despace(words).rstrip("。."))
        case Kind.KEYWORDS:
            facts.keywords = keywords_in(line)
        case Kind.NOTE:
            facts.remarks = (*facts.remarks, words)
            told = re.search("(主动公开|依申请公开|不予公开|公开发布)", words)
            facts.disclosure = facts.disclosure or (told and told[1])
        case Kind.PRINTED:
            printed = PRINTED.search(despace(words.replace("|", " ")))
            facts.printed_by = (printed["body"] if printed is not None else None) or facts.printed_by
        case Kind.FLAG if heads_letter(line, facts.issuing_bodies):
            pass
        case Kind.SECRECY | Kind.SIGNER | Kind.NUMBER:
            _read_marks(words if "签" in words or line.kind is not Kind.SIGNER else f"签发人：{words}", facts)
            if line.kind is Kind.NUMBER:
                return  # placed where a number was read from it
        case _:
            return
    facts.place(line)


def _read_marks(words: str, facts: Facts) -> None:
    """Read secrecy, urgency, copy number and signer, which may stand on the line of the number."""
    if (secrecy := _SECRECY.search(words)) is not None:
        facts.secrecy = secrecy[0]
    if (urgency := _URGENCY.search(words)) is not None:
        facts.urgency = urgency[0]
    if (copy := re.fullmatch(r"(?:份号[：:]?)?(\d+)", words)) is not None:
        facts.copy_number = copy[1]
    for signer in _SIGNED_BY.finditer(words):
        facts.signers = (*facts.signers, *(name for name in re.split("[、，,]", signer[1]) if name))


def _place_days_and_names(own: list[Text], facts: Facts) -> None:
    """Record the lines that hold only a day or names as read; a day without a field becomes an act."""
    bodies = [name.removeprefix(_STATE) for name in (*facts.issuing_bodies, facts.printed_by) if name]
    known = sorted({*bodies, *map(body_key, bodies)})
    for text in own:
        for line in [*text.head, *text.tail]:
            if line.kind in (Kind.DATE, Kind.SIGNED):
                _place_day(line, facts)
                if (person := person_on(line.text)) is not None:
                    facts.signers = (*facts.signers, person)
                    facts.remarks = (*facts.remarks, line.text)
            elif line.kind is Kind.BODY_NAME and all(
                is_known(name, known) for name in split_names(line.block)
            ):
                facts.place(line)
                if line.text.removeprefix(_STATE) not in "".join(bodies) or any(SEAL.findall(line.text)):
                    facts.remarks = (*facts.remarks, line.text)
            elif line.kind is Kind.SIGNATORY and (signed := SIGNATORY.fullmatch(line.text)) is not None:
                facts.signers = (*facts.signers, signed["name"])
                facts.remarks = (*facts.remarks, line.text)
                facts.place(line)
            elif line.kind in (Kind.COVER, Kind.STATED) or (line.kind is None and LATIN.fullmatch(line.text)):
                facts.remarks = (*facts.remarks, line.text)
                facts.place(line)


def _place_day(line: Paragraph, facts: Facts) -> None:
    days = {day for name, day in facts.dates if name != "computed"} | {act.day for act in facts.acts}
    told = acts_in(line)
    if not told and (day := parse_date(line.text)) is not None and day in days:
        facts.place(line)
    if told:
        facts.acts.extend(
            act.model_copy(update={"kind": ActKind.OTHER}) for act in told if act.day not in days
        )
        facts.place(line)

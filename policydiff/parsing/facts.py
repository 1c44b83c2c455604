"""What a document says of itself: title, number, bodies, dates, addressees, and the notice that carries it."""

import re
from collections.abc import Sequence
from datetime import date

from policydiff.model import Carrier, Dates, Diagnostic
from policydiff.parsing.dates import find_date
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import ADDRESSED, TITLE_END, Text
from policydiff.text.blanks import despace

_CARRIES = re.compile(r"(印发|批转|转发|公布|发布)")
_NOTICE_TITLE = re.compile(
    r"关于(?:[^《]{0,4})?(印发|批转|转发|公布|发布)|[^关]{2,30}(转发|批转|印发).+的(?:通知|函)$"
)
_NOTICE_WORDS = re.compile(r"现(?:予以?|将[^。]{0,80})?(印发|批转|转发|公布|发布)")
_TITLE_BREAK = re.compile("[，：:,！？!?]")
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,16})[（(〔﹝［\[【〖]((?:19|20)\d\d)年?[)）〕﹞］\]】〗]第?0*(\d{1,5}(?:-\d+)?)号"
)
_BODY_IN_TITLE = re.compile(r"^([\u4e00-\u9fff、]{2,60}?)(?:关于|印发|转发|批转|对)")


class Facts:
    """Everything read outside the clauses."""

    def __init__(self, main: Text) -> None:
        self.main = main
        self.notice: Text | None = None
        self.annexes: list[Text] = []
        self.title: str | None = None
        self.document_number: str | None = None
        self.issuing_bodies: tuple[str, ...] = ()
        self.drafting_body: str | None = None
        self.document_type: str | None = None
        self.qualifier: str | None = None
        self.jurisdiction: str | None = None
        self.dates = Dates()
        self.addressees: tuple[str, ...] = ()
        self.copied_to: tuple[str, ...] = ()
        self.disclosure: str | None = None
        self.keywords: tuple[str, ...] = ()
        self.carrier: Carrier | None = None
        self.diagnostics: list[Diagnostic] = []


def read_facts(
    texts: list[Text], *, declared: Sequence[tuple[str, str]], declared_title: str | None
) -> Facts:
    """Return the facts of a document made of these texts."""
    first = texts[0]
    first_title = title_of(first)
    notice_body = "".join(paragraph.whole for paragraph in first.body)
    facts = Facts(first)
    rest = texts[1:]
    if rest and _is_notice(first_title, notice_body):
        facts.notice, facts.main, rest = first, rest[0], rest[1:]
    facts.annexes = rest
    facts.title = title_of(facts.main) or (declared_title if facts.notice is None else None)
    carried = facts.notice if facts.notice is not None else facts.main
    fixed = [*carried.head, *carried.tail]
    labelled = dict(declared)
    facts.document_number = _number(fixed) or labelled.get("发文字号")
    facts.issuing_bodies = _issuers(carried)
    addressee = _take_addressee(carried)
    if addressee is not None:
        facts.addressees = _names(addressee)
    facts.dates = Dates(issued=_issued(carried))
    for paragraph in [paragraph for text in texts for paragraph in [*text.head, *text.tail]]:
        if paragraph.kind is Kind.COPIED:
            facts.copied_to = _names(
                despace(paragraph.text).split("：", 1)[-1].split(":", 1)[-1].rstrip("。.")
            )
        elif paragraph.kind is Kind.DISCLOSURE:
            facts.disclosure = re.split("[：:]", despace(paragraph.text), maxsplit=1)[1].removesuffix("全文")
    if facts.notice is not None:
        words = title_of(facts.notice) or ""
        kind = _CARRIES.search(words) or _NOTICE_WORDS.search(notice_body) or _CARRIES.search(notice_body)
        facts.carrier = Carrier(
            kind=kind[1] if kind else "印发",
            title=words,
            issuing_body=facts.issuing_bodies[0] if facts.issuing_bodies else None,
            text="\n".join(paragraph.whole for paragraph in facts.notice.body),
        )
        drafted = re.search(r"(?:批转|转发)([\u4e00-\u9fff、]{2,30}?)(?:《|关于)", words)
        facts.drafting_body = drafted[1] if drafted else None
    _type(facts)
    return facts


def _is_notice(title: str | None, words: str) -> bool:
    if title is not None and _NOTICE_TITLE.search(title):
        return True
    return len(words) < 3000 and _NOTICE_WORDS.search(words) is not None


def title_of(text: Text) -> str | None:
    """Return the title of a text, None where no line looks like one."""
    runs: list[list[Paragraph]] = []
    last: Paragraph | None = None
    for paragraph in text.head:
        if paragraph in text.title:
            adjacent = last is not None and last in text.title and not _TITLE_BREAK.search(last.text)
            if adjacent and runs:
                runs[-1].append(paragraph)
            else:
                runs.append([paragraph])
        last = paragraph
    best: str | None = None
    best_score = -1
    for run in runs:
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                words = "".join(paragraph.text for paragraph in run[start:end])
                score = _title_score(words, end - start)
                if score >= best_score:
                    best, best_score = words, score
    return best


def _title_score(words: str, pieces: int) -> int:
    score = 0
    if TITLE_END.search(words):
        score += 20
        if "关于" in words:
            score += 10
        if _BODY_IN_TITLE.match(words):
            score += 5
    return score + min(pieces, 4)


def _number(fixed: list[Paragraph]) -> str | None:
    for paragraph in fixed:
        if paragraph.kind is Kind.NUMBER:
            words = despace(paragraph.text)
            match = _NUMBER.fullmatch(words)
            if match is not None:
                return f"{match[1]}〔{match[2]}〕{match[3]}号"
    words = "".join(despace(paragraph.text) for paragraph in fixed if paragraph.kind is Kind.NUMBER)
    return words.replace("中华人民共和国国务院令", "国令") or None


def _issuers(text: Text) -> tuple[str, ...]:
    for paragraph in reversed(text.tail):
        if paragraph.kind in (Kind.BODY_NAME, Kind.SIGNED):
            words = despace(paragraph.text)
            match = re.match(r"[\u4e00-\u9fff、]+", words)
            if match:
                return (re.sub(r"(?:19|20)?\d*年.*|[一二]〇.*", "", match[0]),)
    for paragraph in text.head:
        if paragraph.kind is Kind.FLAG:
            return (paragraph.text.removesuffix("文件"),)
    for paragraph in text.head:
        if paragraph.kind is Kind.BODY_NAME:
            return (paragraph.text,)
    title = title_of(text)
    match = _BODY_IN_TITLE.match(title) if title else None
    return (match[1],) if match else ()


def _issued(text: Text) -> date | None:
    for paragraph in [*text.tail, *text.head]:
        if paragraph.kind in (Kind.DATE, Kind.SIGNED):
            return find_date(paragraph.text)
    return None


def _take_addressee(text: Text) -> str | None:
    if not text.body or text.body[0].label is not None:
        return None
    first = text.body[0]
    match = ADDRESSED.match(first.text)
    if match is None:
        return None
    rest = first.block.part(match.end())
    text.head.append(_only(first, match.end()))
    if rest.text:
        text.body[0] = Paragraph(rest, rest.place(0), None, None, "")
    else:
        text.body.pop(0)
    return match[1]


def _only(paragraph: Paragraph, end: int) -> Paragraph:
    return Paragraph(paragraph.block.part(0, end), paragraph.start, None, None, "")


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in re.split("[，,]", words) if name)


def _type(facts: Facts) -> None:
    if facts.title is None:
        return
    match = re.search(r"[（(](试行|暂行|修订|征求意见稿|草案)[)）]$", facts.title)
    if match:
        facts.qualifier = match[1]
    words = re.sub(r"[（(][^（()）]*[)）]$", "", facts.title)
    ending = TITLE_END.search(words)
    facts.document_type = ending[0] if ending else None

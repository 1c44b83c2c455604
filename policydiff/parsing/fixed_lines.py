"""What the fixed lines of a document say: its numbers (发文字号) and its main addressees (主送机关)."""

import re

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.horizons import DATE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import despace
from policydiff.parsing.kinds import LINE_WORDS, NUMBER_FORM, Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text

_DAY = lazy_pattern(re.sub(r"\?P<\w+>", "?:", DATE.pattern), re.VERBOSE)
_ANY = lazy_pattern(NUMBER_FORM, re.VERBOSE)


def normal_number(words: str) -> str | None:
    """Return a document number in its normal form, None for anything else."""
    number = DocumentNumber.parse(words)
    return None if number is None else str(number)


def numbers_on(line: str) -> list[DocumentNumber]:
    """Return the document numbers that stand on a line of the head, with dates or other notes beside them.

    >>> [str(number) for number in numbers_on("1994年8月29日 法发〔1994〕21号 高检会〔1994〕37号")]
    ['法发〔1994〕21号', '高检会〔1994〕37号']
    """
    words = despace(line).replace(" ", "")
    whole = DocumentNumber.parse(words)
    if whole is not None:
        return [whole]
    parted = _DAY.sub("、", words)
    found = [DocumentNumber.parse(match[0].strip("、，")) for match in _ANY.finditer(parted)]
    return [number for number in found if number is not None]


def numbers_in(lines: list[Paragraph]) -> list[str]:
    """Return the document numbers printed in the fixed lines of a text, in order; those parted over two lines joined."""
    printed = [despace(line.text) for line in lines if line.kind is Kind.NUMBER]
    found = [str(number) for words in printed for number in numbers_on(words) if not number.lacks_body]
    if found:
        return list(dict.fromkeys(found))
    joined = normal_number("".join(printed))
    return [joined] if joined is not None else []


_ADDRESSED = LINE_WORDS.phrase("( [^：:。；;《》]{2,400} {addressee_endings} ) [：:]")
_STARTS_BODY = re.compile("为|根据|按照|现|经|下列|以下|第|关于|本")


def take_addressees(text: Text) -> tuple[str, ...]:
    """Return the addressees of a text and take their line, or the start of it, from the body into the head."""
    if not text.body:
        return ()
    first = text.body[0]
    if first.label is not None or first.rows:
        return ()
    match = _ADDRESSED.match(first.text)
    if match is None or _STARTS_BODY.match(first.text):
        return ()
    text.head.append(Paragraph(first.block.part(0, match.end()), first.start))
    rest = first.block.part(match.end())
    if rest.text:
        text.body[0] = Paragraph(rest, rest.span.start)
    else:
        text.body.pop(0)
    return names_in(match[1])


def names_in(words: str) -> tuple[str, ...]:
    """Return the names in a list: parted by commas; the 、 inside a group (各委、办、局) stays.

    >>> names_in("各区人民政府，市政府各委、办、局")
    ('各区人民政府', '市政府各委、办、局')
    """
    return tuple(name for name in re.split("[，,；;]", words) if name)


_VALUE = lazy_pattern("[：:]")


def keywords_in(line: Paragraph) -> tuple[str, ...]:
    """Return the keywords of a 主题词 line, which the print parts by blanks."""
    start = _VALUE.search(line.text)
    words: list[str] = []
    for index in range(start.end() if start is not None else 0, len(line.text)):
        apart = not words or line.block.place(index) - line.block.place(index - 1) > 1
        if apart:
            words.append("")
        words[-1] += line.text[index]
    return tuple(words)


def declared_number(labelled: dict[str, str]) -> str | None:
    """Return the document number that the page around a text declares (发文字号), None where it declares none."""
    said = labelled.get("发文字号") or labelled.get("文号") or ""
    number = DocumentNumber.parse(said) if said else None
    return None if number is None else str(number)


def declared_bodies(labelled: dict[str, str]) -> tuple[str, ...]:
    """Return the issuing bodies that the page around a text declares (发文机关)."""
    words = labelled.get("发文机关") or labelled.get("发布机构") or ""
    return tuple(name for name in re.split(r"[\s、,，;；]+", words.strip()) if name)

"""Document numbers (发文字号) on the fixed lines of a text."""

import re

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.dates import DATE
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.parsing.kinds import NUMBER_FORM, Kind
from policydiff.parsing.paragraphs import Paragraph

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

"""The document number in the fixed lines of a text; what a number is, `lexicon.document_numbers` says."""

import re

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.number_finding import find_decrees
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph

_DATE_BEFORE = re.compile(r"^.*?日")


def number_in(lines: list[Paragraph]) -> str | None:
    """Return the document number printed in the fixed lines of a text, None where there is none."""
    printed = [despace(line.text) for line in lines if line.kind is Kind.NUMBER]
    for words in printed:
        number = DocumentNumber.parse(words)
        if number is not None and not number.lacks_body:
            return str(number)
    joined = DocumentNumber.parse("".join(printed))
    return None if joined is None else str(joined)


def order_in(event: str) -> str | None:
    """Return the order that published a text: `国令第722号` in `2019年10月22日 国务院令第722号公布`."""
    found = next(find_decrees(_DATE_BEFORE.sub("", despace(event))), None)
    return None if found is None else found.number

"""The notice, announcement or order that carries a text: its facts, and the name that it gives the text."""

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import despace
from policydiff.model import Carrier
from policydiff.parsing.events import read_dates
from policydiff.parsing.fixed_lines import numbers_in
from policydiff.parsing.kinds import Kind, ends_title
from policydiff.parsing.segments import Text
from policydiff.parsing.title_lines import CARRYING_TITLE, CARRYING_WORDS, Title

_CARRIES = lazy_pattern("(印[发發]|批[转轉]|[转轉][发發]|公布|[发發]布|下[发發]|颁发)")
_SIMPLIFIED = str.maketrans("發轉", "发转")
_NAMED = lazy_pattern(
    r"(?:印发|颁发|发布|公布|下发)(?:了)?(?:《(?P<marked>(?:[^《》]|《[^《》]*》)+)》|(?P<bare>[^《》]{4,}?))的?(?:通知|函|公告|决定|通告|命令|令)"
)


def name_carried(notice: str, declared: str | None) -> str | None:
    """Return the name of a text printed without its title below the notice that carries it.

    The page's own headline gives it where it is not the notice's, else the title of the notice does.

    >>> name_carried("某局关于印发某市甲办法的通知", None), name_carried("某局关于印发《甲办法》的通知", "某市甲办法")
    ('某市甲办法', '某市甲办法')
    """
    found = _NAMED.search(notice)
    said = None if found is None else found["marked"] or found["bare"]
    if declared and ends_title(declared) and not CARRYING_TITLE.search(declared):
        return despace(declared)
    return said if said is not None and ends_title(said) else None


def read_carrier(
    notice: Text,
    title: Title | None,
    decision: Title | None,
    *,
    declared: str | None,
    number: str | None,
    issuer: str | None,
) -> Carrier:
    """Return the facts that a notice states of itself.

    Args:
        notice: The text of the notice.
        title: Its title; None where it has none of its own.
        decision: Title of the decision that amends or approves the text and carries it.
        declared: Headline of the page, which is the title of a notice that bears none itself.
        number: The document's number, which is not repeated here.
        issuer: The first body that issued the document.
    """
    order = "".join(despace(line.text) for line in notice.head if line.kind is Kind.NUMBER)
    headline = despace(declared) if declared and CARRYING_TITLE.search(despace(declared)) else ""
    words = title.text if title is not None else order if "令" in order else headline
    above = [words] if decision not in (None, title) and words else []
    words = decision.text if decision is not None else words
    body = "".join(paragraph.whole for paragraph in notice.body)
    kind = _CARRIES.search(words) or CARRYING_WORDS.search(body) or _CARRIES.search(body)
    numbers = numbers_in([*notice.head, *notice.tail])
    return Carrier(
        kind=(kind[1].translate(_SIMPLIFIED) if kind is not None and kind[1] else None)
        or ("公布" if "公布" in body else "印发"),
        title=words,
        document_number=numbers[0] if numbers and numbers[0] != number else None,
        issued=read_dates([], [notice.tail, notice.head], [], []).issued,
        issuing_body=issuer,
        text="\n".join([*above, *(line.printed for line in [*notice.body, *notice.annexes_named])]),
    )

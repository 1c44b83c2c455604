"""What recognition and writers of PDF and OFD regularly get wrong in Chinese documents, and can be put right."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from policydiff.extract.pages.placed import Fragment, Page
from policydiff.extract.reading import Remark

_WIDTHS = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_CHINESE = "\u3400-\u9fff，。；：、！？“”‘’《》（）〔〕"
_AFTER_CHINESE = re.compile(f"(?<=[{_CHINESE}])[{''.join(wide + narrow for wide, narrow in _WIDTHS)}]")
# 二〇三五年: the circle is read as nothing, or as a letter or a full stop. A year of three digits is no year.
_LOST_CIRCLE = re.compile(r"(?<![一二三四五六七八九十百千〇零])二[○OoQ。]?(?=[一二三][一二三四五六七八九]年)")


def put_right(pages: Sequence[Page]) -> tuple[list[Page], tuple[Remark, ...]]:
    """Return the pages with marks of one width and years with their circle, and a warning for each year changed.

    A document prints its commas, colons and brackets in one width; recognition wavers. The more frequent width after
    Chinese characters is taken for all.
    """
    counts = Counter(
        mark
        for page in pages
        for fragment in page.fragments
        for mark in _AFTER_CHINESE.findall(fragment.text)
    )
    # Brackets are set alike at both ends.
    for opening, closing in (("（", "）"), ("(", ")")):
        counts[opening] = counts[closing] = counts[opening] + counts[closing]
    meant = {
        mark: wide if counts[wide] >= counts[narrow] else narrow
        for wide, narrow in _WIDTHS
        for mark in (wide, narrow)
    }
    warnings: list[Remark] = []

    def fragment_put_right(fragment: Fragment, number: int) -> Fragment:
        text = _AFTER_CHINESE.sub(lambda mark: meant[mark.group()], fragment.text)
        text, years = _LOST_CIRCLE.subn("二〇", text)
        if years:
            warnings.append(
                Remark(
                    "recognition",
                    f"page {number}: a year of three digits was recognised, and taken for one with a lost 〇",
                    number,
                )
            )
        return fragment._replace(text=text)

    done = [
        page._replace(fragments=tuple(fragment_put_right(each, page.number) for each in page.fragments))
        for page in pages
    ]
    return done, tuple(warnings)


# PDFium gives a hyphen at the end of a line as a noncharacter, in some calls as a control character.
_HYPHENS = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-"}


def repaired(text: str) -> str:
    r"""Return the text with radicals as ideographs and hyphens as hyphens.

    Examples:
        >>> repaired("⼈⺠政府 1\ufffe2家")
        '人民政府 1-2家'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = dict(_HYPHENS)
    lines = files("policydiff.extract.pages").joinpath("radicals.tsv").read_text("utf-8").splitlines()
    for line in lines:
        radical, _, ideograph = line.partition("\t")
        if len(radical) == 1 and ideograph:
            table[ord(radical)] = ideograph
    return table

"""Titles of documents without what does not tell one document from another."""

import re

from policydiff.lexicon.widths import fold

_VERSION_MARK = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]{0,40}(?:修订|修正|修改|公布|通过)[^（）()〔〕\[\]]{0,10}[)）〕\]]\s*\Z"
)
_MARKS = re.compile(r"[\W_]+")


def bare_title(title: str) -> str:
    """Return a title without what marks a version, punctuation and width, for telling whether two agree.

    >>> bare_title("优化营商环境条例（2019年10月22日公布）")
    '优化营商环境条例'
    """
    return _MARKS.sub("", fold(_VERSION_MARK.sub("", title.strip())))

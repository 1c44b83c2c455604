"""What a page says about parts of its document that stand elsewhere: on other pages, or in an attachment."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.reading import Pairs, Remark

_NEXT = re.compile(r"[\[【（(]?(?:下一?[页頁]|后一?[页頁]|next(?:page)?)[\]】）)]?[>＞»›→]*", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"[<＜«‹←]*[\[【（(]?(?:上一?[页頁]|前一?[页頁]|prev(?:ious)?(?:page)?)[\]】）)]?", re.IGNORECASE
)
_PAGED = re.compile(
    r"createPageHTML\w*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w./-]{1,80})[\"']\s*,\s*[\"'](\w{2,5})[\"']",
    re.IGNORECASE,
)
"""TRS platforms write their page links by a script: how many pages, which of them this is (from 0), name and ending."""
_BLANKS = re.compile(r"\s+")
_TEXT_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|html?)(?:$|[?#])", re.IGNORECASE)
_IS_TEXT = re.compile(
    r"办法|规定|细则|条例|方案|意见|计划|规划|纲要|措施|目录|清单|指南|规则|标准|章程|正文|全文|通知|公告|决定|政策"
)
_FORM = re.compile(r"申请表|登记表|汇总表|报名表|回执|样表|表格|联系人|名单|模板")
_SHORT = 400
"""Characters below which a page that lists an attachment is a notice of it, and not the document."""
_NAMED = 5
"""Attachments that a warning names."""


def other_pages(tree: LexborHTMLParser, root: LexborNode) -> tuple[Pairs, Pairs]:
    """Return the links to the page on which the document goes on, and to the page before this one: (words, address)."""
    following = dict(_links(root, _NEXT))
    before = dict(_links(root, _PREVIOUS))
    for link in tree.css("link[rel=next][href], link[rel=prev][href]"):
        target = (link.attributes.get("href") or "").strip()
        if target:
            (following if link.attributes.get("rel") == "next" else before).setdefault(target, "")
    for script in tree.css("script"):
        paged = _PAGED.search(script.text() or "")
        if paged is None:
            continue
        count, here = int(paged[1]), int(paged[2])
        if here + 1 < count:
            following.setdefault(f"{paged[3]}_{here + 1}.{paged[4]}", "")
        if here > 0:
            number = f"_{here - 1}" if here > 1 else ""
            before.setdefault(f"{paged[3]}{number}.{paged[4]}", "")
    return _pairs(following), _pairs(before)


def _links(root: LexborNode, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for link in root.css("a[href]"):
        target = (link.attributes.get("href") or "").strip()
        words = _BLANKS.sub("", link.text())
        leads = target not in {"", "#"} and not target.lower().startswith("javascript:")
        if leads and pattern.fullmatch(words):
            yield target, words


def _pairs(found: dict[str, str]) -> Pairs:
    return tuple((words, target) for target, words in found.items())


def half_documents(
    lines: Sequence[str], attachments: Pairs, following: Pairs, before: Pairs
) -> Iterator[Remark]:
    """Give the warnings that the page is not the whole document, with the links that lead to the rest."""
    if following:
        yield Remark(
            "next page", f"the document goes on on another page: {following[0][1]}", links=following[:1]
        )
    if before:
        yield Remark(
            "previous page", f"the document begins on another page: {before[0][1]}", links=before[:1]
        )
    texts = [
        (text, target)
        for text, target in attachments
        if _TEXT_FILE.search(target) and _IS_TEXT.search(text) and not _FORM.search(text)
    ]
    if (
        not texts
        and len(attachments) == 1
        and _TEXT_FILE.search(attachments[0][1])
        and not _FORM.search(attachments[0][0])
    ):
        texts = list(attachments)
    if texts and len(_BLANKS.sub("", "".join(lines))) < _SHORT:
        listed = "; ".join(f"{text} {target}" for text, target in texts[:_NAMED])
        yield Remark(
            "attached text",
            f"the page is a notice and its text is an attachment: {listed}",
            words=texts[0][0],
            links=tuple(texts),
        )

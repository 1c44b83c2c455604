"""What a page says about parts of its document that stand elsewhere: on a following page, or in an attachment."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from policydiff.extract.reading import Pairs

_NEXT = re.compile(r"[\[【（(]?(?:下一?页|后一页|下页|next(?:page)?)[\]】）)]?[>＞»›→]*", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_TEXT_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|html?)(?:$|[?#])", re.IGNORECASE)
_IS_TEXT = re.compile(
    r"办法|规定|细则|条例|方案|意见|计划|规划|纲要|措施|目录|清单|指南|规则|标准|章程|正文|全文|通知|公告|决定|政策"
)
_FORM = re.compile(r"申请表|登记表|汇总表|报名表|回执|样表|表格|联系人|名单|模板")
_SHORT = 400
"""Characters below which a page that lists an attachment is a notice of it, and not the document."""


def following_pages(root: LexborNode) -> Pairs:
    """Return the links to the page on which the document goes on: (text, href)."""
    found: dict[str, str] = {}
    for link in root.css("a[href]"):
        target = (link.attributes.get("href") or "").strip()
        words = _BLANKS.sub("", link.text())
        if (
            _NEXT.fullmatch(words)
            and target not in {"", "#"}
            and not target.lower().startswith("javascript:")
        ):
            found.setdefault(target, words)
    return tuple((text, target) for target, text in found.items())


def half_documents(lines: Sequence[str], attachments: Pairs, following: Pairs) -> list[str]:
    """Return warnings that the page is not the whole document, with the links that lead to the rest."""
    warnings = [f"the document goes on on another page: {text} {target}" for text, target in following[:1]]
    words = "".join(lines)
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
    if texts and len(_BLANKS.sub("", words)) < _SHORT:
        listed = "; ".join(f"{text} {target}" for text, target in texts[:5])
        warnings.append(f"the page is a notice and its text is an attachment: {listed}")
    return warnings

"""Whether a page is only the beginning of its document.

Facts that a page declares outside the text (validity, number, title, dates) are read here too.
"""

import re
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policydiff.extract.sniff import decode
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.model import Extraction
from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.judge.beside import without_declared
from policydiff.watch.judge.core import (
    begins_late,
    core_lines,
    lays_down,
    numbered,
    signature,
    simplified,
    squeeze,
)

_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 4096
_WALL = re.compile(
    r"(?:登录|登陆|注册|付费|订阅|开通会员|扫码|关注(?:公众号)?|验证|下载(?:APP|客户端)|打开(?:APP|客户端))(?:后|以后|之后)?[^。；]{0,12}?(?:查看|阅读|浏览|获取|解锁|显示|展开|继续)[^。；]{0,8}?(?:全文|全部|剩余|余下|更多|完整|内容|正文)?"
    r"|(?:后|才能|方可|即可)(?:可以?|能|继续)?(?:查看|阅读|浏览|获取|解锁|显示|展开|观看)(?:全文|全部|剩余|余下|更多|完整|后续)?|(?i:(?:sign ?in|log ?in|subscri\w{1,6}|register|account|member\w{0,4}|trial|app)[a-z]{0,20}to(?:continue|read|view|see|access|unlock)|continuereading)"
    r"|(?:剩余|余下|还有|其余)\d{0,3}%?(?:的)?(?:内容|正文|部分|全文)[^。]{0,20}(?:登录|登陆|付费|会员|隐藏|验证|解锁|查看|未显示)"
    r"|(?:内容|正文|全文|以下)(?:已被?|被)?(?:隐藏|折叠|加密|屏蔽)"
    r"|(?:点击|展开)(?:此处)?(?:展开|查看|阅读|加载)?(?:全文|剩余内容|更多内容|余下全文)|请在微信客户端打开|未登录|(?:查看|阅读|浏览|获取)(?:全文|更多|全部|完整内容)[^。；]{0,8}(?:请|需)[^。；]{0,12}(?:登录|登陆|注册|下载|扫码|付费|关注|客户端)|请输入密码|(?:完整|全部|更多|剩余)内容请(?:前往|到|在|登录|下载|扫码)|(?:会员|VIP|付费|登录用户)(?:专享|可见|开放|可读|用户可见)|仅(?:对|限)?(?:登录|会员|VIP|注册|内部)[^。；]{0,10}(?:可见|开放|查看|可看)|需要权限|(?:剩余|余下)\d{0,3}%?(?:未显示|已隐藏)|(?:点击|上拉|下拉)加载更多|未完待续|购买后(?:可)?(?:阅读|查看)|^阅读全文$|无权限(?:查看|阅读|浏览)|试读(?:结束|部分)"
)
_MASK = re.compile(
    r"[*＊×�\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff]{4,}|(?:[?？]{6,})|(?:[.…]{12,})|(?:某某){6,}|(?:X{6,}|x{6,})"
)
_MASK_SIGNS = re.compile(r"[*＊×�?？\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff]")
_TORN = re.compile(r"[^。；：！？.;:!?）)》”\"|]$")
_LEAST_TAIL = 2
"""Lines of the old end that must be gone before a text that only lost its end counts as cut."""


def check_whole(data: bytes, text: str, old_data: bytes, old_text: str, shown: str = "") -> None:
    """Refuse a page that holds only a part of what the last version held.

    Args:
        data: The page.
        text: Its text.
        old_data: The last version's page.
        old_text: Its text.
        shown: All that the page shows where its text is only the place at which the last version's stood: a wall may stand
            beside it.

    Raises:
        SourceFailedError: transient for a page cut on its way, blocked for a wall or a mask, structure changed for
            half a document on a whole page.
    """
    new, old = (without_declared(core_lines(each), None) for each in (text, old_text))
    if not old or not new:
        return
    _check_masks(text, old_text)
    _check_places(old, new)
    if len(_GARBLED.findall(text)) >= _LEAST_MASKED > len(_GARBLED.findall(old_text)):
        raise SourceFailedError(
            FailureKind.STRUCTURE, "the text is garbled: the site sends it in another encoding than it says"
        )
    lost_tail = _lost_tail(old, new)
    wall = _wall(shown or text, old_text)
    if wall is not None and (lost_tail or len("".join(new)) < 0.95 * len("".join(old))):
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"the text ends where the page says {wall!r}: the site shows only a part of it",
        )
    unclosed = is_unclosed(data, old_data)
    signs = {
        "its closing tags": unclosed,
        "its last clause": lost_tail,
        "its signature": _is_signed(old) and not _is_signed(new),
        "the end of its last sentence": _is_torn(old, new),
    }
    gone = [name for name, is_gone in signs.items() if is_gone]
    if unclosed and len(gone) == 1 and _is_part(old, new):
        gone.append("the end of its text")
    if len(gone) >= 2:
        kind = FailureKind.TRANSIENT if unclosed else FailureKind.STRUCTURE
        raise SourceFailedError(kind, f"the page is cut: {' and '.join(gone)} are gone")
    if lost_tail and len(old) - len(new) >= _LEAST_TAIL and _is_beginning(old, new):
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"only the end of the text is gone, {len(old) - len(new)} lines of {len(old)}: perhaps it goes on elsewhere; "
            "look at the page, then change the source or use --accept",
        )
    if _lost_beginning(old, new):
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"only the beginning of the text is gone, {len(old) - len(new)} lines of {len(old)}: perhaps this is its second page; "
            "look at the page, then change the source or use --accept",
        )


def _check_places(old: list[str], new: list[str]) -> None:
    """Refuse a text in which one sign stands wherever other words stood: masked figures, or half of the lines.

    Raises:
        SourceFailedError: blocked.
    """
    more = Counter("".join(new))
    more.subtract(Counter("".join(old)))
    signs = [sign for sign, count in more.items() if count >= _LEAST_MASKED and not sign.isalnum()]
    if len(old) != len(new) or not signs:
        return
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    for sign in signs:
        if all(sign in other and _is_masked(one, other, sign) for one, other in changed):
            raise SourceFailedError(
                FailureKind.BLOCKED,
                f"{sign!r} stands in {len(changed)} lines where words stood: the site shows only a part of the text",
            )


def _is_masked(old: str, new: str, sign: str) -> bool:
    """Say whether a line is the old one but for runs of a sign, each of which stands for some characters."""
    place = 0
    parts = re.split(f"{re.escape(sign)}+", new)
    if not old.startswith(parts[0]) or not old.endswith(parts[-1]):
        return False
    for part in parts:
        place = old.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(new) <= 2 * len(old)


_LEAST_MASKED = 3
"""Signs that must stand for other words before a text counts as masked, and garbled words before it counts as garbled."""
_GARBLED = re.compile(r"锟斤拷|烫烫烫|屯屯屯|�{2}|(?:[ÃÂäåæçèé][\u0080-\u00bf]){3}")


def is_unclosed(data: bytes, old_data: bytes) -> bool:
    """Say whether a page lacks the closing tags that it had: the connection may have been cut."""
    return bool(_CLOSED.search(old_data[-_TAIL:])) and not _CLOSED.search(data[-_TAIL:])


def _check_masks(text: str, old_text: str) -> None:
    masked = sum(len(found[0]) for found in _MASK.finditer(text))
    before = sum(len(found[0]) for found in _MASK.finditer(old_text))
    if masked < 12:
        # Masked here and there: every second character, or all but the first of each word.
        masked, before = (len(_MASK_SIGNS.findall(each)) for each in (text, old_text))
        if masked - before < max(20, len(text) // 10):
            return
    if masked - before >= 12 and masked > 2 * before:
        raise SourceFailedError(
            FailureKind.BLOCKED,
            f"{masked} characters of the text are masked: the site shows only a part of it",
        )


def _wall(text: str, old_text: str) -> str | None:
    """Return the words of a wall that stand in the text now and did not before."""
    squeezed, before = ("".join(each.split()) for each in (text, old_text))
    return next((found[0] for found in _WALL.finditer(squeezed) if found[0] not in before), None)


def wall_of(words: str) -> str | None:
    """Return the words of a wall among squeezed words."""
    found = _WALL.search(words)
    return found[0] if found is not None else None


def _lost_tail(old: list[str], new: list[str]) -> bool:
    """Say whether the last provision of the old text is gone, in these or similar words."""
    end = signature(old)
    # A notice is signed above the text that it carries: that text's end is the end.
    carries = end is not None and any(numbered(line) for line in old[end + 1 :])
    body = old[: end - 1] if end is not None and end >= 3 and not carries else old
    last = next((line for line in reversed(body) if len(line) >= 8 and lays_down(line)), "")
    last = last or next((line for line in reversed(body) if len(line) >= 8), "")
    if not last:
        return False
    if any(last in line for line in new):
        return False
    # A line that the old text has as well is that line, and not the last one in other words.
    known = set(old)
    others = [line for line in new[-12:] if line not in known]
    return max((_alike(last, line) for line in others), default=0.0) < (0.75 if last.isascii() else 0.5)


def _alike(one: str, other: str) -> float:
    one, other = one[:400], other[:400]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0


def _is_signed(lines: list[str]) -> bool:
    return signature(lines) is not None


def _is_torn(old: list[str], new: list[str]) -> bool:
    """Say whether the last line is the beginning of an old line, broken off."""
    last = new[-1].rstrip("�")
    if last != new[-1] and not last:
        return True
    if last in old or not _TORN.search(last):
        return False
    return any(len(line) > len(last) and line.startswith(last[: max(1, len(last) - 2)]) for line in old)


def _is_part(old: list[str], new: list[str]) -> bool:
    """Say whether the new text is the old one broken off, sign for sign."""
    whole, part = "".join(old), "".join(new).rstrip("�")
    return 0 < len(part) < len(whole) and whole.startswith(part)


def _lost_beginning(old: list[str], new: list[str]) -> bool:
    """Say whether one block is gone that held the first provision, and what is left begins with a later number."""
    start = next((n for n, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(new))
    rest = len(new) - start
    gone = len(old) - len(new)
    if gone < _LEAST_TAIL or rest < 1 or old[len(old) - rest :] != new[start:]:
        return False
    first = next((n for n, line in enumerate(old) if numbered(line) or lays_down(line)), len(old))
    return start <= first and begins_late(new)


def _is_beginning(old: list[str], new: list[str]) -> bool:
    """Say whether the provisions of a text are the first ones of the old text, but for the last of them."""
    before, after = (
        [each for line in lines if lays_down(line) for each in _SENTENCES.split(line) if each]
        for lines in (old, new)
    )
    if len(before) - len(after) >= _LEAST_TAIL and len(after) > 1 and after[:-1] == before[: len(after) - 1]:
        return True
    same = sum(one == other for one, other in zip(old, new, strict=False))
    return same >= len(new) - 1 and len(new) >= 3


_SENTENCES = re.compile(r"(?<=[。；;])")


_DATES = ("失效日期", "施行日期", "成文日期")
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_STATUS = "有效性"
ANNEX = "附件"
ISSUER = "发文机关"
LABELS = frozenset({*_DATES, _STATUS, ISSUER, "发文字号", "标题"})
"""Facts of the document itself; any other label is that of an annex."""
_HEAD_TITLE = re.compile(rb"<title[^>]{0,200}>[^<]{1,2000}</title", re.IGNORECASE)
_SITE = re.compile(r"\s*[_|｜]\s*|\s(?:[-–—]+|::|[·•])\s|[-–—]+(?=[^-–—]{2,30}$)")
_SUFFIX = re.compile(
    r"[（(【\[〔](?!\d+[）)】\]〕])[^（）()【】\[\]]{1,40}[）)】\]〕]|试行|暂行|修订(?:版|稿)?|废止|失效|已修改|征求意见稿"
)


class FactChange(NamedTuple):
    """A fact that a page declares otherwise than before."""

    label: str
    old: str
    new: str


def changed_facts(
    old: Extraction, new: Extraction, pages: tuple[bytes, bytes] = (b"", b"")
) -> tuple[FactChange, ...]:
    """Return the declared facts that differ; what only one of the pages declares is no change, but a new status is.

    Args:
        old: The last version's page, read anew.
        new: The page as it is.
        pages: Bytes of both, for the title that a page bears in its head alone.
    """
    before, after = dict(old.metadata), dict(new.metadata)
    changes = [*_status(before, after), *_number(before, after), *_dates(before, after)]
    changes += suffix_change(old.title, new.title) or _renamed_in_head(old.text, *map(_head_title, pages))
    changes += _annexes(dict(_files(old)), dict(_files(new)))
    return tuple(changes)


def declared_changes(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    titles: tuple[str | None, str | None],
) -> tuple[FactChange, ...]:
    """Return how the facts that two recorded versions bear differ, annexes that were named with the newer one included."""
    old, new = dict(before), dict(after)
    annexes = [value for label, value in after if label == ANNEX and (label, value) not in before]
    return (
        *_status(old, new),
        *_number(old, new),
        *_issuer(old, new),
        *_dates(old, new),
        *suffix_change(*titles),
        *(FactChange(label, "", name) for label, _, name in (each.rpartition(" ") for each in annexes)),
    )


def _head_title(page: bytes) -> str | None:
    found = _HEAD_TITLE.search(page[:65_536])
    if found is None:
        return None
    words = unescape(decode(found[0]).text)
    return _SITE.split(words.partition(">")[2].rpartition("<")[0].strip())[0].strip() or None


def _renamed_in_head(text: str, old: str | None, new: str | None) -> list[FactChange]:
    """Return how the title in a page's head got or lost a suffix: that of the document, not the name of the site behind it."""
    titles = [_SUFFIX.sub("", squeeze(each)) for each in (old, new) if each]
    if not any(title in squeeze(text[:_TITLED]) for title in titles):
        return []
    return suffix_change(old, new)


_TITLED = 2_000
"""Characters of a text within which its title stands."""


def _status(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = (state_of(facts.get(_STATUS, "")) for facts in (before, after))
    if old == new or not new:
        return []
    if not old and new == "有效":
        return []
    return [FactChange(_STATUS, before.get(_STATUS, "") or "—", after[_STATUS])]


def state_of(words: str) -> str:
    """Return one word for each state that a document can be in, empty where the words say none."""
    return next((state for state, pattern in _STATES.items() if pattern.search(simplified(words))), "")


_STATES = {
    "失效": re.compile(
        r"废止|失效|停止|无效|过期|作废|失去效力|丧失效力|届满|撤销|终止|中止|不再|替代|取代|^否$|repeal|expired|supersede|revoke|rescind|abolish|withdrawn|cancel|suspend|replaced|no ?longer|invalid|lapsed|annulled",
        re.IGNORECASE,
    ),
    "修改": re.compile(r"修改|修订|修正|amended|revised|modified|updated", re.IGNORECASE),
    "未生效": re.compile(r"尚未|未生效|未施行|未实施|not ?yet", re.IGNORECASE),
    "有效": re.compile(r"有效|是|现行|执行|生效|施行|in ?force|effective|valid", re.IGNORECASE),
}
"""The words of each state, looked for in this order: 未生效 holds 生效."""


def _number(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = before.get("发文字号"), after.get("发文字号")
    first = DocumentNumber.parse(old) if old else None
    second = DocumentNumber.parse(new) if new else None
    if first is None or second is None or first.key == second.key:
        return []
    return [FactChange("发文字号", str(first), str(second))]


def _issuer(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    old, new = before.get(ISSUER), after.get(ISSUER)
    return [FactChange(ISSUER, old, new)] if old and new and squeeze(old) != squeeze(new) else []


def _dates(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    changes = []
    for label in _DATES:
        old, new = (_DAY.search(facts.get(label, "")) for facts in (before, after))
        if old and new and [int(part) for part in old.groups()] != [int(part) for part in new.groups()]:
            changes.append(FactChange(label, before[label], after[label]))
    return changes


def suffix_change(old: str | None, new: str | None) -> list[FactChange]:
    """Return a title that got or lost a suffix such as （试行）; a page that calls itself otherwise is no change."""
    if not old or not new:
        return []
    first, second = squeeze(old), squeeze(new)
    if first == second:
        return []
    longer, shorter = sorted((first, second), key=len, reverse=True)
    if len(shorter) >= 6 and longer.startswith(shorter):
        rest = longer[len(shorter) :]
    else:
        bare = [_SUFFIX.sub("", each) for each in (first, second)]
        if bare[0] != bare[1] or len(bare[0]) < 6:
            return []
        return [FactChange("标题", old, new)]
    return [FactChange("标题", old, new)] if _SUFFIX.fullmatch(rest) else []


def _files(extraction: Extraction) -> list[tuple[str, str]]:
    labels = [squeeze(text) for text, _ in extraction.links]
    return [
        (squeeze(text), target)
        for text, target in extraction.links
        if squeeze(text) and labels.count(squeeze(text)) == 1 and _name(target)
    ]


def _annexes(old: Mapping[str, str], new: Mapping[str, str]) -> list[FactChange]:
    """Return annexes whose link leads to another file than before."""
    return [
        FactChange(label, _name(old[label]), _name(target))
        for label, target in new.items()
        if label in old and _name(old[label]) != _name(target)
    ]


def _name(target: str) -> str:
    parts = urlsplit(target)
    name = unquote(PurePosixPath(parts.path).name)
    if "." in name:
        return name
    return f"{name}?{parts.query}" if parts.query else ""

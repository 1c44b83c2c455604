"""Whether a page is only the beginning of its document: a cut, a wall, or half of it."""

import re
from collections import Counter
from difflib import SequenceMatcher

from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.judge.beside import without_declared
from policydiff.watch.judge.core import (
    begins_late,
    core_lines,
    lays_down,
    numbered,
    signature,
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

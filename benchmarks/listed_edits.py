"""A third list of edits, kept as data: a page as it was captured, and the same page with one edit.

`gold/page_pairs/edits.toml` holds the kinds, each with its right answer, written before any run. Each page that holds a text gets two changes, a noise and a broken answer, each drawn by
chance among the kinds. `python -m benchmarks.watch_pages --drawn_third FOLDER` draws from the pages (`*.html`) below a folder; `--seed=N` draws others. No kind is one of `page_edits` or `more_page_edits`.
"""

import html
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks import page_edits
from benchmarks.page_edits import change, made, shuffled, text_of
from benchmarks.watch_mutations import Expected
from benchmarks.written_pairs import Written

Kind = dict[str, Any]
"""One kind of edit as the list holds it."""
_LISTED = Path(__file__).parent / "gold" / "page_pairs" / "edits.toml"
_DUE = {"change": "changed", "noise": "unchanged"}
_TURNS = ("change", "change", "noise", "refusal")


def drawn_third(folder: Path, seed: int = 1) -> Iterator[Written]:
    """Yield the pairs drawn from the pages below a folder."""
    listed: list[Kind] = tomllib.loads(_LISTED.read_text("utf-8"))["edit"]
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text("utf-8")
        if text_of(LexborHTMLParser(page)) is None:
            continue
        chance, done = random.Random(f"third {seed} {path.name}"), set[str]()
        for turn in _TURNS:
            kinds = {each["name"]: each for each in listed if each["kind"] == turn}
            for name in shuffled(list(kinds), chance):
                if name not in done and (pair := _pair(page, path.stem, kinds[name], chance)):
                    done.add(name)
                    yield pair
                    break


def _pair(page: str, on: str, kind: Kind, chance: random.Random) -> Written | None:
    first, second = LexborHTMLParser(page), LexborHTMLParser(page)
    if "old" in kind and not _put(first, kind, kind["old"]):
        return None
    whole = str(first.html)
    if "new" in kind:
        if not _put(second, kind, kind["new"]):
            return None
        new: bytes | None = str(second.html).encode()
    elif "alone" in kind:
        new = kind["alone"].encode()
    elif "pattern" in kind:
        new = _reworded(second, kind, chance)
    else:
        new = _WAYS[kind["way"]](second, chance)
    if new is None or new == whole.encode():
        return None
    expected = Expected(kind.get("expect") or _DUE[kind["kind"]], tuple(kind.get("also", ())))
    return Written(kind["kind"], kind["name"], on, expected, whole.encode(), new)


def _put(page: LexborHTMLParser, kind: Kind, words: str) -> bool:
    """Put words of a kind at its place on a page; at `text` they take the place of the text and of the scripts, which may hold it as well."""
    text, body = text_of(page), page.body
    if text is None or body is None:
        return False
    if (place := kind["place"]) == "text":
        _silence(page)
        text.inner_html = words
    elif place in ("top", "end"):
        (page_edits.at_top if place == "top" else page_edits.at_end)(words)(body, text, random.Random(0))
    elif place == "middle":
        found = _paragraphs(text)
        if len(found) < _FEWEST:
            return False
        page_edits.after(found[len(found) // 2], words)
    else:
        getattr(page_edits, place)(text, words)
    return True


_FEWEST = 4
"""Paragraphs of a text that has a middle."""


def _silence(page: LexborHTMLParser) -> None:
    for script in page.css("script"):
        script.decompose()


def _paragraphs(text: LexborNode) -> list[LexborNode]:
    return [each for each in text.css("p") if len(each.text().strip()) >= 15 and not each.css("p")]


def _reworded(page: LexborHTMLParser, kind: Kind, chance: random.Random) -> bytes | None:
    """Put other words in the place of one match of a pattern, drawn within the text."""
    text = text_of(page)
    pattern = re.compile(kind["pattern"])

    def other(said: str) -> str:
        return pattern.sub(kind["by"], said, count=1)

    return str(page.html).encode() if text is not None and change(text, pattern, other, chance) else None


def _marked(tag: str) -> Callable[[LexborHTMLParser, random.Random], bytes | None]:
    """Return what puts the words of a paragraph between tags."""

    def mark(page: LexborHTMLParser, chance: random.Random) -> bytes | None:
        text = text_of(page)
        found = _paragraphs(text) if text is not None else []
        if not found:
            return None
        one = chance.choice(found)
        one.inner_html = f"<{tag}>{one.inner_html}</{tag}>"
        return str(page.html).encode()

    return mark


def _moved(page: LexborHTMLParser, chance: random.Random) -> bytes | None:
    """Move a paragraph to the end of the text, under the name of an annex."""
    text = text_of(page)
    found = _paragraphs(text) if text is not None else []
    if text is None or len(found) < _FEWEST:
        return None
    one = chance.choice(found[:-1])
    page_edits.inside(text, "<p>附件</p>")
    page_edits.inside(text, str(one.html))
    one.decompose()
    return str(page.html).encode()


def _titled(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    """Put 暂行 before the last two signs of the heading of a page and of its title."""
    whole = str(page.html)
    for heading in page.css("h1, h2"):
        words = heading.text().strip()
        if len(words) >= 8 and whole.count(words) and re.search("[一-鿿]{2}$", words):
            return whole.replace(words, f"{words[:-2]}暂行{words[-2:]}").encode()
    return None


def _last_gone(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    text = text_of(page)
    found = [each for each in _paragraphs(text) if "。" in each.text()] if text is not None else []
    if len(found) < 2 * _FEWEST:
        return None
    found[-1].decompose()
    return str(page.html).encode()


def _renewed(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    """Put another year's figures in the place of all figures of the text, and a paragraph in front of it."""
    text = text_of(page)
    if text is None or len(found := _paragraphs(text)) < _FEWEST:
        return None
    for number, each in enumerate(found):
        if number % 2:
            each.inner_html = (
                f"　　有关单位应当在{number + 3}日内完成第{number}项任务，并将结果报送市级主管部门备案。"
            )
    return str(page.html).encode()


def _entities(page: LexborHTMLParser, _chance: random.Random) -> bytes:
    return re.sub("[一-鿿]", lambda one: f"&#{ord(one[0])};", str(page.html)).encode()


def _chinese_bytes(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    whole = re.sub(r"""<meta[^>]*charset[^>]*>""", "", str(page.html), flags=re.IGNORECASE)
    return whole.replace("<head>", '<head><meta charset="gb18030">', 1).encode("gb18030")


def _lazily(page: LexborHTMLParser, _chance: random.Random) -> bytes:
    return re.sub(
        r'(<img\b[^>]*?)\bsrc="([^"]+)"', r'\1src="/img/blank.gif" data-original="\2"', str(page.html)
    ).encode()


def _wrapped(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    text = text_of(page)
    if text is None:
        return None
    text.replace_with(made(f'<section class="layout-b"><div class="inner">{text.html}</div></section>'))
    return str(page.html).encode()


def _blocks(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    text = text_of(page)
    if text is None or not text.css("p"):
        return None
    text.inner_html = re.sub(r"<(/?)p\b", r"<\1div", text.inner_html or "")
    return str(page.html).encode()


def _hosts(page: LexborHTMLParser, _chance: random.Random) -> bytes:
    return re.sub(
        r'((?:src|href)=")(?:https?:)?//[^/"]+/', r"\1https://static2.example.cn/", str(page.html)
    ).encode()


def _opened(page: LexborHTMLParser, _chance: random.Random) -> bytes:
    return str(page.html).replace("<a href=", '<a rel="noopener noreferrer" target="_blank" href=').encode()


def _cut(share: float) -> Callable[[LexborHTMLParser, random.Random], bytes | None]:
    """Return what sends a share of the element of the text, and nothing behind it."""

    def cut(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
        text = text_of(page)
        _silence(page)
        whole, inner = str(page.html), str(text.html) if text is not None else ""
        if not inner or inner not in whole:
            return None
        return whole.encode()[: len(whole[: whole.index(inner)].encode()) + int(len(inner.encode()) * share)]

    return cut


def _broken_off(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    """End a text in the middle of a sentence, with the foot of the page as it was."""
    text = text_of(page)
    found = _paragraphs(text) if text is not None else []
    if len(found) < 2 * _FEWEST:
        return None
    last = int(len(found) * 0.7)
    said = found[last].text().strip()
    found[last].inner_html = said[: len(said) // 2].rstrip("。；，")
    for each in found[last + 1 :]:
        each.decompose()
    _silence(page)
    return str(page.html).encode()


def _half_json(page: LexborHTMLParser, _chance: random.Random) -> bytes | None:
    text = text_of(page)
    if text is None:
        return None
    inner = html.escape(str(text.html)).replace('"', '\\"')
    return f'{{"code":200,"msg":"success","data":{{"content":"{inner[: len(inner) // 2]}'.encode()


_WAYS: dict[str, Callable[[LexborHTMLParser, random.Random], bytes | None]] = {
    "struck": _marked("s"),
    "deleted": _marked("del"),
    "bold": _marked("strong"),
    "moved into an annex": _moved,
    "titled": _titled,
    "last gone": _last_gone,
    "half renewed": _renewed,
    "entities": _entities,
    "gb18030": _chinese_bytes,
    "lazily": _lazily,
    "wrapped": _wrapped,
    "blocks": _blocks,
    "hosts": _hosts,
    "opened": _opened,
    "cut at 30": _cut(0.3),
    "cut at 50": _cut(0.5),
    "cut at 70": _cut(0.7),
    "cut at 90": _cut(0.9),
    "broken off": _broken_off,
    "half JSON": _half_json,
}
"""Edits that words alone cannot say."""

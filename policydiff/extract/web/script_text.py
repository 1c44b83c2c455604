"""A text that a page stores in its source and shows only after a script has run.

The text is JSON, alone (`<script type="application/json">`) or assigned to a variable (`window.__NUXT__ = …`), or it is in a hidden field
or template (`<textarea style="display:none">`). No script is run.
One string with the provisions, or a list of its paragraphs, is read as the page; if several strings may be the text, only a browser can
tell which one is shown. Next.js sends such data in pieces (`self.__next_f.push([1,"…"])`): rows of JSON, of long strings, and of elements.

Parts of a page may also follow later in the source, hidden, until a script moves them to their places. React writes such pages:
`<template id="B:0">` marks a place, `<div hidden id="S:0">` holds the part for this place, and a function call names both
(`$RC("B:0","S:0")`). In a page saved before its scripts ran, the places are empty.
"""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST = 2_000_000
"""Most characters of a script that are searched."""
_DATA = re.compile(r"json", re.IGNORECASE)
_ASSIGNED = re.compile(r"^\s*(?:window|self|globalThis|var|let|const)\b[^=;{}]{0,80}=")
_PACKED = re.compile(r"""["']([A-Za-z0-9+/]{80,}={0,2})["']""")
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_TITLE = re.compile(r'"\w*(?:title|headline)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"', re.IGNORECASE)
_LEAST = 60
"""Least characters of a string that may be the text; labels, addresses and summaries are shorter."""
_FEWEST = 2
"""Least sentences of a text."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_SENTENCE = re.compile(r"[。；;]|\.(?=\s|$)|第[一二三四五六七八九十百\d]+条")


def texts_of_scripts(tree: LexborHTMLParser) -> list[str]:
    """Return the strings in a page's script data that may be its text, the longest first, without strings inside others."""
    rows = _sent(tree)
    pieces = (text for value in _values(tree, rows) for text in _lists(value))
    strings = (text for script in _data(tree, rows) for text in _strings(script))
    packed = (text for script in tree.css("script:not([src])") for text in _unpacked(script.text() or ""))
    found = {
        text
        for text in (*strings, *pieces, *packed, *_held(tree), _shown(rows))
        if len(plain := _TAG.sub("", text)) >= _LEAST and len(_SENTENCE.findall(plain)) >= _FEWEST
    }
    texts: list[str] = []
    for text in sorted(found, key=len, reverse=True):
        if not any(text in each for each in texts):
            texts.append(text)
    return texts


_HOLDERS = "textarea, xmp, template, noscript, script[type*=template], script[type='text/html'], script[type='text/plain'], input[type=hidden][value]"


def _held(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the contents of fields and templates that readers of the page do not see."""
    for node in tree.css(_HOLDERS):
        if node.tag == "input":
            yield node.attributes.get("value") or ""
        elif node.tag in {"template", "noscript"}:
            yield _TEMPLATE.sub("", node.html or "")
        else:
            yield node.text() or ""


_TEMPLATE = re.compile(r"^<(?:template|noscript)[^<>]{0,500}>|</(?:template|noscript)>$", re.IGNORECASE)


def as_page(tree: LexborHTMLParser, text: str, below: Iterable[str] = ()) -> str:
    """Return a page with the text below its title and document number, from the script's data or from the lines `below` the heading."""
    head, heading = tree.css_first("title"), tree.css_first("h1, h2, h3")
    shown = heading.text().strip() if heading is not None else ""
    title = next((words for script in _data(tree, _sent(tree)) for words in _titles(script)), shown)
    named = head.text().strip() if head is not None else ""
    body = text if "<" in text else "".join(f"<p>{escape(line)}</p>" for line in _BREAK.split(text.strip()))
    said = (*_holder(tree, text).values(), *below)
    numbers = (value for value in said if isinstance(value, str) and _NUMBER.fullmatch(value))
    lines = {"h1": title, "p": next(numbers, "")}
    above = "".join(
        f"<{tag}>{escape(line)}</{tag}>" for tag, line in lines.items() if line and line not in text
    )
    return f"<html><head><title>{escape(title or named)}</title></head><body>{above}<div>{body}</div></body></html>"


_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,20}〔\d{4}〕\d{1,5}号")


def _holder(tree: LexborHTMLParser, text: str) -> dict[str, Any]:
    """Return the JSON object in a script that holds the text; empty if no object does."""
    return next((each for each in objects_of_scripts(tree) if text in each.values()), {})


def drawn(tree: LexborHTMLParser) -> str:
    """Return the page that a script would draw from its data: facts, files and the text; empty if no object holds the text.

    Facts are the short strings of the object that holds the text, with their keys as labels: `"status": "有效"`.
    """
    texts = texts_of_scripts(tree)
    holder = _holder(tree, texts[0]) if texts else {}
    if not holder:
        return ""
    facts = "".join(
        f"<dt>{escape(key)}:</dt><dd>{escape(value)}</dd>"
        for key, value in holder.items()
        if isinstance(value, str) and value.strip() and len(value) < _LEAST
    )
    files = "".join(_links(holder))
    return as_page(tree, texts[0]).replace("<body>", f"<body><dl>{facts}</dl>{files}", 1)


def _links(holder: dict[str, Any]) -> Iterator[str]:
    """Yield links to the files that an object lists: objects with an address, named by the first of their other strings."""
    for entries in holder.values():
        for entry in entries if isinstance(entries, list) else ():
            words = (
                [value for value in entry.values() if isinstance(value, str)]
                if isinstance(entry, dict)
                else []
            )
            target = next((each for each in words if "/" in each), None)
            label = next((each for each in words if "/" not in each), None)
            if target and label:
                yield f'<p><a href="{escape(target)}">{escape(label)}</a></p>'


def objects_of_scripts(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in the data of a page's scripts."""
    for value in _values(tree, _sent(tree)):
        yield from (each for each in _inside(value) if isinstance(each, dict))


def _values(tree: LexborHTMLParser, rows: dict[str, Any]) -> Iterator[Any]:
    for script in _data(tree, {}):
        try:
            yield json.JSONDecoder().raw_decode(script, script.index("{"))[0]
        except (ValueError, RecursionError):
            continue
    yield from rows.values()


def _inside(value: Any) -> Iterator[Any]:
    """Yield a JSON value and all values inside it."""
    stack: list[Any] = [value]
    while stack:
        yield (each := stack.pop())
        stack.extend(each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())


def _lists(value: Any) -> Iterator[str]:
    """Yield the lists of paragraphs in a JSON value: strings, or objects (an editor's blocks) with the paragraph under one key."""
    for entries in _inside(value):
        if not isinstance(entries, list) or len(entries) < _FEWEST:
            continue
        keys = {key for each in entries if isinstance(each, dict) for key in each}
        found = (
            [
                [
                    words
                    for each in entries
                    if (words := _paragraph(each.get(key) if isinstance(each, dict) else "", 0))
                ]
                for key in keys
            ]
            if keys
            else [[each for each in entries if isinstance(each, str)]]
        )
        lines: list[str] = max(found, key=lambda each: len(_SENTENCE.findall("".join(each))), default=[])
        if 2 * len(lines) >= len(entries) and all(
            "\n" not in each and each.count("<p") < _FEWEST for each in lines
        ):
            yield "\n".join(lines)


def _paragraph(value: Any, depth: int) -> str:
    """Return the words of one paragraph: a string, or pieces of a line with their words under `text`."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _paragraph(value.get("text") or value.get("children") or value.get("content"), depth + 1)
    if isinstance(value, list) and depth < _DEEPEST:
        return "".join(_paragraph(each, depth + 1) for each in value)
    return ""


_DEEPEST = 200
"""Most nested values that are followed; the elements of a page are nested about a dozen deep."""
_PUSHED = re.compile(r'__next_f\.push\(\s*\[\s*1\s*,\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*\]', re.DOTALL)
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),|([A-Z]{1,2})|)")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,8})")


def _sent(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return the rows that a page sends to its script in pieces, by name: `5:` and JSON to the end of the line, or `7:T1a,` and 0x1a bytes."""
    pushed = (
        each[1] for script in tree.css("script:not([src])") for each in _PUSHED.finditer(script.text() or "")
    )
    words = "".join(piece for each in pushed for piece in _decoded(each))[:_MOST].encode("utf-8", "replace")
    rows: dict[str, Any] = {}
    start = 0
    while start < len(words):
        row = _ROW.match(words, start)
        first = row.end() if row is not None else start
        end = first + int(row[2], 16) if row is not None and row[2] else (words + b"\n").index(b"\n", first)
        if row is not None and row[2]:
            rows[row[1].decode()] = words[first:end].decode("utf-8", "replace")
        elif row is not None and not row[3]:
            with suppress(ValueError, RecursionError):
                rows[row[1].decode()] = json.loads(words[first:end])
        start = end + (row is None or not row[2])
    return rows


def _shown(rows: dict[str, Any]) -> str:
    """Return the elements of a page in its rows as markup, each row once."""
    left = dict(rows)
    return "".join(_markup(left.pop(name), left, 0, None) for name in rows if name in left)


def _markup(value: Any, rows: dict[str, Any], depth: int, write: Callable[[str], str] | None) -> str:
    """Return a value of a row as markup: `["$", "p", null, {"children": …}]` is an element, `"$L5"` a row; `write` escapes words, None drops them."""
    if not isinstance(value, str | list | dict) or depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        named = _REFERENCE.fullmatch(value)
        if named is not None and (held := rows.pop(named[1], "")):
            return _markup(held, rows, depth + 1, write)
        return "" if write is None or value.startswith("$") else write(value)
    if (
        isinstance(value, dict)
        or value[:1] != ["$"]
        or len(value) <= _PROPERTIES
        or not isinstance(value[1], str)
    ):
        parts = value if isinstance(value, list) else value.values() if write is None else ()
        return "".join(_markup(each, rows, depth + 1, write) for each in parts)
    of = value[_PROPERTIES] if isinstance(value[_PROPERTIES], dict) else {}
    raw = of.get("dangerouslySetInnerHTML")
    inner = (
        _markup(raw.get("__html"), rows, depth + 1, str)
        if isinstance(raw, dict)
        else _markup(of.get("children"), rows, depth + 1, escape)
    )
    if value[1].startswith("$"):  # a component of the site's own program
        return inner
    target = f' href="{escape(of["href"])}"' if isinstance(of.get("href"), str) else ""
    return f"<{value[1]}{target}>{inner}</{value[1]}>"


_PROPERTIES = 3
"""Index of an element's properties among its four values."""


def length_of(text: str) -> int:
    """Return the number of characters of a text that a reader would see, without blanks."""
    return len("".join(_TAG.sub("", text).split()))


def _data(tree: LexborHTMLParser, rows: dict[str, Any]) -> Iterator[str]:
    for node in tree.css("script"):
        words = node.text() or ""
        is_data = _DATA.search(node.attributes.get("type") or "") or _ASSIGNED.match(words)
        if is_data and len(words) <= _MOST:
            yield words
    yield from (json.dumps(row, ensure_ascii=False) for row in rows.values())


def _strings(script: str) -> Iterator[str]:
    for found in _STRING.finditer(script):
        if len(found[1]) >= _LEAST:
            yield from _decoded(found[1])


def _unpacked(script: str) -> Iterator[str]:
    """Yield the texts in a script that are encoded in Base64."""
    for found in _PACKED.finditer(script[:_MOST]):
        with suppress(ValueError):
            yield b64decode(found[1], validate=True).decode()


def _titles(script: str) -> Iterator[str]:
    for found in _TITLE.finditer(script):
        yield from (words.strip() for words in _decoded(found[1]) if 4 <= len(words.strip()) <= 120)


def _decoded(literal: str) -> Iterator[str]:
    try:
        yield json.loads(f'"{literal}"', strict=False)
    except ValueError:
        return


_CALL = re.compile(r"""\$R[A-Z]{1,2}\(\s*(["'])([\w:.-]{1,60})\1\s*,\s*(["'])([\w:.-]{1,60})\3""")
_END = "/$"
"""Comment after the words that are shown until the part arrives (正在加载)."""
_SENT_ONCE = 40
"""Characters from which a repeated part is a copy, sent once for wide and once for narrow screens; a reader sees only one."""


def put_in_place(tree: LexborHTMLParser) -> bool:
    """Move the parts of a page to their places; return whether there were any."""
    seen: set[str] = set()
    moved = False
    for script in tree.css("script:not([src])"):
        for call in _CALL.finditer(script.text() or ""):
            named = [tree.css_first(f'[id="{name}"]') for name in (call[2], call[4])]
            place = next((each for each in named if each is not None and each.tag == "template"), None)
            part = next((each for each in named if each is not None and "hidden" in each.attributes), None)
            if place is None or part is None:
                continue
            words = "".join(part.text().split())
            if len(words) < _SENT_ONCE or words not in seen:
                del part.attrs["hidden"]
                place.insert_before(part)
                moved = True
            seen.add(words)
            # Remove the place and the words shown there meanwhile from the page
            meanwhile: list[LexborNode] = []
            following = place.next
            while following is not None and following.comment_content != _END:
                meanwhile.append(following)
                following = following.next
            # Without an end comment, nothing was shown there meanwhile.
            for node in (place, *(meanwhile if following is not None else ())):
                node.decompose()
            part.decompose()
    return moved

"""Markdown: markup of headings, emphasis, links and tables is removed, so that the parser sees only the words."""

import re
from html import unescape

from policydiff.extract.decoding import read_characters, with_drawn_rows
from policydiff.extract.reading import (
    MOST_PLACES_BEYOND,
    PLACES_PER_CELL,
    Leftovers,
    Reading,
    Remark,
    Request,
    Revisions,
)
from policydiff.lexicon.text_marks import CALL, NOTE_LINE, Merged, note_line, row_line
from policydiff.lexicon.widths import raised
from policydiff.version import __version__

_LINE_MARKS = re.compile(
    r"""^[ \t]{0,3}(?:
          \#{1,6}[ \t]+      # heading
        | >[ \t]?            # quotation
        | [-*+][ \t]+(?=\S)  # bullet
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CLOSING_HEADING = re.compile(r"(?<=\S)[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_RULE = re.compile(
    r"""^[ \t]{0,8}(?:
          (?: (?:-[ \t]*){3,} | (?:\*[ \t]*){3,} | (?:_[ \t]*){3,} | ={3,}[ \t]* )$   # rules and underlined headings
        | \|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*(?:\n|\Z)   # | --- | :--: |, and no gap in the table
    )""",
    re.MULTILINE | re.VERBOSE,
)
_ROW = re.compile(r"^[ \t]*\|([^\n]*)\|[ \t]*$", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_STRONG = re.compile(r"\*\*([^*\n]{1,500})\*\*|__([^_\n]{1,500})__")
_WEAK = re.compile(r"(?<![\w*\\/])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=[^\s\\])\1(?![\w*/])")
"""Words between single marks; inside a word or address, and beside blanks, the marks are ordinary characters (`parking_fee`, 3 * 4)."""
_IMAGE_ELEMENT = re.compile(r"<img\b[^<>\n]{0,500}?\bsrc\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\(([^()\s]{1,500})(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\)")
_NAMED = re.compile(r"^ {0,3}\[([^\]^\n]{1,99})\]:[ \t]+<?([^\s<>]{1,500})>?[^\n]{0,200}\n?", re.MULTILINE)
"""Definition of a link address that links in the text refer to by name: `[words][name]`."""
_NAMING = re.compile(r"\[([^\[\]\n]{1,500})\]\[([^\]\n]{0,99})\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,500})>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_POWER = re.compile(r"<sup>([^<\n]{1,40})</sup>", re.IGNORECASE)
_BROKEN = re.compile(r"^(?![ \t]*\|)[^\n]*<br[^\n]*$", re.MULTILINE | re.IGNORECASE)
"""A line that contains `<br>` and is no table row."""
_UNBORDERED = re.compile(
    r"^[^|\n]+\|[^\n]*\n[ \t]{0,3}:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\n(?:[^\n]*\|[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
"""A table whose rows have no bars at their ends."""
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_STRUCK = re.compile(
    r"`(?P<code>[^`\n]{1,500})`|~~(?=\S)(?P<tildes>(?:[^~\n]|\n(?![ \t]*\n)){1,2000}?)(?<=\S)~~|<(?P<tag>s|del|strike)>(?P<words>[^<\n]{0,2000})</(?P=tag)>",
    re.IGNORECASE,
)
_LEFT_MARK = re.compile(r"^[ \t]*(?:[-*+>]|#{1,6}|\d{1,3}[.)])[ \t]*$", re.MULTILINE)
"""A list or heading mark on a line whose words were all struck."""
_INSERTED = re.compile(r"<ins>(?P<words>[^<\n]{0,2000})</ins>", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n(?P<fields>(?:[A-Za-z_\u4e00-\u9fff][\w-]{0,40}[ \t]*:[^\n]*\n|[ \t-][^\n]*\n|\r?\n){1,200}?)---[ \t]*\r?\n"
    r"|(?P<saved>Title:[^\n]*\n(?:(?:[A-Z][A-Za-z ]{2,30}:[^\n]*)?\r?\n){1,20}?)Markdown Content:[ \t]*\r?\n)"
)
"""Fields above a text, from site generators (title: …) or services that save pages: facts about the page, not words of the text."""
_FIELD = re.compile(r"^(?P<name>[\w-]+)[ \t]*:[ \t]*(?P<value>\S[^\n]*)$", re.MULTILINE)
_SITE = re.compile(r"[ ]*[-_|–—][ ]*[^-_|–—\n]{1,24}(?:网站?|门户|平台|政府)$")
_HEADING = re.compile(r"^[ ]{0,3}#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FIRST_HEADING = re.compile(rf"\s*{_HEADING.pattern}", re.MULTILINE)
"""The only heading of the first level, at the beginning of a file: its title, whatever its last word."""
_TITLES = ("title", "标题", "名称")
_NUMBERS = ("document_number", "document-number", "number", "文号", "发文字号")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ATTRIBUTES = re.compile(r"^( {0,3}#{1,6}[ \t][^\n]*?)[ \t]*\{[#.][^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
"""Name and classes of a heading, as pandoc writes them behind its words."""


def read_markdown(request: Request) -> Reading:
    r"""Return the words of a Markdown file, line by line, with table rows in the form of `text_marks`.

    Examples:
        >>> read_markdown(Request("## 第一章　总则\n\n1\\. **目的**。见[附件](a.pdf)".encode())).text
        '第一章　总则\n\n1. 目的。见附件'
    """
    text, warnings = read_characters(request.data)
    left_out = Leftovers()
    front = _FRONT_MATTER.match(text)
    fields: dict[str, str] = {}
    if front is not None:
        said = front["fields"] or front["saved"]
        left_out.add("front matter", said.strip())
        text = text[front.end() :]
        fields = {
            name.lower(): _SITE.sub("", value.strip(" \t\r\"'")) for name, value in _FIELD.findall(said)
        }
    text = _without_comments(text, left_out)
    text = with_drawn_rows(_ATTRIBUTES.sub(r"\1", text))
    first = _FIRST_HEADING.match(text)
    heading = first[1] if first is not None and _HEADING.search(text, first.end()) is None else None
    text = _UNBORDERED.sub(_with_borders, text)
    text = _RULE.sub("", text)
    text = _without_struck(text, request.revisions, left_out)
    text = _with_notes_at_calls(text)
    drawn = len(_IMAGE.findall(text)) + len(_IMAGE_ELEMENT.findall(text))
    if drawn:
        remark = Remark("unread", f"pictures that are not read: {drawn}; text in them is missing")
        warnings = (*warnings, remark)
    text = _without_elements(_POWER.sub(lambda power: raised(power[1]), text))
    text = _LINE_MARKS.sub("", text)
    text = _CLOSING_HEADING.sub("", text)
    text = _BROKEN.sub(lambda line: _BREAK.sub("\n", line[0]), _ROW.sub(_cells, text))
    text = _WEAK.sub(r"\2", _STRONG.sub(lambda strong: strong.group(1) or strong.group(2), text))
    for picture in _IMAGE.finditer(text):
        left_out.add("alternative text", picture[1].strip())
    text = _IMAGE.sub("", text)
    named = dict(_NAMED.findall(text))
    called = {link[2] or link[1] for link in _NAMING.finditer(text)}
    text = _NAMED.sub(lambda address: "" if address[1] in called else address[0], text)
    text = _NAMING.sub(
        lambda link: f"[{link[1]}]({address})" if (address := named.get(link[2] or link[1])) else link[0],
        text,
    )
    links = tuple((link.group(1), link.group(2)) for link in _LINK.finditer(text))
    text = _ENTITY.sub(lambda entity: unescape(entity[0]), _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text)))
    text = _ESCAPE.sub(lambda mark: mark[0] if mark[1] == "|" else mark[1], text)
    return Reading(
        text,
        "markdown",
        __version__,
        title=next((fields[name] for name in _TITLES if fields.get(name)), None) or heading,
        metadata=tuple(("发文字号", fields[name]) for name in _NUMBERS if fields.get(name))[:1],
        links=links,
        warnings=(*warnings, *left_out.struck_warning()),
        left_out=left_out.found(),
    )


_DRAWN = re.compile(
    r"<(?P<name>svg|script|style)\b(?:(?!</(?P=name)>)[\s\S]){0,20000}</(?P=name)>", re.IGNORECASE
)
"""Elements without words of the text."""
_TABLE_ROW = re.compile(
    r"\s{0,99}<tr\b[^<>]{0,500}>(?P<cells>(?:(?!</?tr\b)[\s\S]){0,20000})</tr>\s{0,99}", re.IGNORECASE
)
_TABLE_CELL = re.compile(
    r"<(?P<name>t[dh])\b[^<>]{0,500}>(?P<words>(?:(?!</?t[dhr]\b)[\s\S]){0,20000})</(?P=name)>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"[ \t]*</?(?:p|div|section|article|header|footer|main|aside|nav|details|summary|blockquote|center|ul|ol|li|dl|dt|dd|h[1-6]"
    r"|table|thead|tbody|tfoot|caption|colgroup|col|tr|t[dh]|figure|figcaption|hr|iframe)\b(?:\s[^<>]{0,2000})?/?>[ \t]*",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|img|kbd|label|mark|small|span|strong|sub|sup|u)\b(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def _without_elements(text: str) -> str:
    """Return the text without the HTML tags that a site generator left in Markdown; a block element ends the line.

    Table rows become rows in the form of `text_marks`.

    >>> _without_elements('<div class="note"> <strong>修订时间</strong> <p>2014年</p> </div>a < b').split()
    ['修订时间', '2014年', 'a', '<', 'b']
    """
    if "<" not in text:
        return text

    def row(match: re.Match[str]) -> str:
        cells = [
            _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", each["words"]))
            for each in _TABLE_CELL.finditer(match["cells"])
        ]
        if not cells:
            return match[0]
        return (
            "\n"
            + row_line(["\n".join(unescape(_BREAK.sub("\n", cell)).split("\n")).strip() for cell in cells])
            + "\n"
        )

    bare = _BLOCK_TAG.sub("\n", _TABLE_ROW.sub(row, _DRAWN.sub("", text)))
    bare = _INLINE_TAG.sub("", bare)
    return text if bare == text else _BLANK_LINES.sub("\n\n", bare)


def _with_borders(table: re.Match[str]) -> str:
    lines = [line.strip().removesuffix("|") for line in table[0].rstrip("\n").split("\n")]
    borders = [len(_CELL_BORDER.findall(line)) for line in lines]
    width = borders[0]
    if width * len(lines) > PLACES_PER_CELL * sum(borders) + MOST_PLACES_BEYOND:
        return table[
            0
        ]  # short rows below a head of thousands of cells stay lines; filled up, they would grow with the square of the size
    return "".join(
        f"|{line}{'|' * (1 + width - found)}\n" for line, found in zip(lines, borders, strict=True)
    )


def _cells(row: re.Match[str]) -> str:
    cells = (cell.replace("\\|", "|") for cell in _CELL_BORDER.split(row.group(1)))
    return row_line(
        [Merged.ABOVE if cell.strip() == "^^" else unescape(_BREAK.sub("\n", cell)).strip() for cell in cells]
    )


def _without_struck(text: str, revisions: Revisions, left_out: Leftovers) -> str:
    """Leave out words between tildes or in elements that strike words; with `original`, keep the words without the marks."""

    def struck(match: re.Match[str]) -> str:
        words = match["tildes"] or match["words"] or ""
        if match["code"] or revisions == "original":
            return match["code"] or words
        left_out.add("struck", words)
        return "\n" * words.count("\n")

    text = _STRUCK.sub(struck, text)
    if left_out.characters("struck"):
        text = _LEFT_MARK.sub("", text)
    if revisions == "original":
        return _INSERTED.sub("", text)
    return _INSERTED.sub(lambda match: match["words"], text)


def _with_notes_at_calls(text: str) -> str:
    """Move notes defined elsewhere (`[^1]: …`, with indented further lines) after the paragraph that refers to them."""
    lines: list[str] = []
    notes: dict[str, str] = {}
    label: str | None = None
    for line in text.split("\n"):
        match = NOTE_LINE.match(line)
        if match is not None:
            label = match[1]
            notes.setdefault(label, line[match.end() :].strip())
        elif label is not None and line[:1] in {" ", "\t"} and line.strip():
            notes[label] = f"{notes[label]} {line.strip()}"
        else:
            label = label if label is not None and not line.strip() else None
            lines.append(line)
    if not notes:
        return text
    found: list[str] = []
    for line in lines:
        found.append(line)
        found.extend(note_line(called, notes.pop(called)) for called in CALL.findall(line) if called in notes)
    return "\n".join((*found, *(note_line(*note) for note in notes.items())))


def _without_comments(text: str, left_out: Leftovers) -> str:
    """Leave comments out and record them; by searching, because a pattern would start again at each of many unclosed comments."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[position:start])
        left_out.add("comment", text[start + 4 : end].strip())
        position = end + 3
    return "".join((*parts, text[position:]))

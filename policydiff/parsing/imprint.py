"""Fixed blocks at both ends of a text: a letter head set as a table, the list of attachments (附件说明), the imprint (版记).

`抄送：甲机关，乙委，丙院，` continues on the next line until a full stop, or until the imprint's last line.
"""

import re
from collections.abc import Iterator

from policydiff.lexicon.bodies import BODY
from policydiff.lexicon.horizons import ANY_DAY
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.parsing.kinds import COPIED_LABEL, Kind, ends_title, kind_of
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block

PRINTED = lazy_pattern(rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?)?(?P<day>{ANY_DAY})印[发制]?", re.VERBOSE)
_LABEL = lazy_pattern(COPIED_LABEL)
_GOES_ON = lazy_pattern("[\u4e00-\u9fff、，,；;（）()“”·]+[。.]?")
_OFFICE = lazy_pattern("[\u4e00-\u9fff]{4,30}[科股处室组]")
"""A printing section of an office: 某某办公室秘书科."""
_NAMES = lazy_pattern(
    rf"(?:[\u4e00-\u9fff（）()]{{1,24}}?{BODY}[，,、；;])+[\u4e00-\u9fff（）()]{{1,24}}?{BODY}[。.]"
)
"""A line of names of bodies, parted by commas, that continues a list of recipients after a full stop."""
_STARTS_DAY = frozenset("12一二")
_MOST_LINES, _LONGEST_LINE = 12, 120
"""Most lines of a list of copied bodies, and characters of such a line; a list with every department of a city takes about ten lines."""


def imprint_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after the list of recipients that begins with a line 抄送：… at `start`; `start` itself without such a line.

    The list continues while the previous line is open (it does not end in a full stop) or while the line is again a list of names;
    it includes no numbered clause and no sentence.
    """
    if start >= len(paragraphs) or paragraphs[start].kind is not Kind.COPIED:
        return start
    end = start + 1
    while (
        end < min(len(paragraphs), start + _MOST_LINES)
        and _is_further(paragraphs[end])
        and (paragraphs[end - 1].text[-1:] not in "。." or _NAMES.fullmatch(paragraphs[end].text))
        and printer_at(paragraphs, end) is None
    ):
        end += 1
    return end


def printer_at(paragraphs: list[Paragraph], index: int) -> str | None:
    """Return the printing body if the line at `index` is its name and the next line is the day of printing: 某某办公室 / 某日印发; else None."""
    if index + 1 >= len(paragraphs) or not (
        paragraphs[index].kind is Kind.BODY_NAME
        or (paragraphs[index].kind is None and _OFFICE.fullmatch(paragraphs[index].text))
    ):
        return None
    below = paragraphs[index + 1]
    return paragraphs[index].text if below.kind is Kind.PRINTED and below.text[:1] in _STARTS_DAY else None


def _is_further(paragraph: Paragraph) -> bool:
    return (
        paragraph.label is None
        and not paragraph.rows
        and paragraph.kind in (None, Kind.BODY_NAME)
        and len(paragraph.text) <= _LONGEST_LINE
        and _GOES_ON.fullmatch(paragraph.text) is not None
    )


def lists_in(lines: list[Paragraph]) -> list[tuple[str, str, list[Paragraph]]]:
    """Return the lists of an imprint: label (抄送), words without it, and their lines."""
    lists: list[tuple[str, str, list[Paragraph]]] = []
    index = 0
    while index < len(lines):
        end = imprint_end(lines, index)
        if end == index:
            index += 1
            continue
        words = "".join(line.text for line in lines[index:end])
        match = _LABEL.match(words)
        if match is not None:
            lists.append(
                (match["label"], words[match.end() :].rstrip("。.").replace("。", "，"), lines[index:end])
            )
        index = end
    return lists


CLOSING = frozenset({
    Kind.BODY_NAME, Kind.SIGNED, Kind.SIGNATORY, Kind.DATE, Kind.NOTE, Kind.COPIED, Kind.PRINTED,
    Kind.KEYWORDS, Kind.DISCLOSURE,
})  # fmt: skip
_ANNEX_TITLED = lazy_pattern(
    r"附(?:件|录|表)(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])?(?:[：:](?!\d+[.．、])|(?<=\d)[.．、](?!\d))(.+)"
    r"|附录?[：:]?((?:(?:本[案判裁]|本院|相关|有关|所?适用|判决|裁[判定])[\u4e00-\u9fff]{0,16})?(?:法律|法规|司法解释)[\u4e00-\u9fff]{0,10}(?:条文|法条|规定|依据)|相关法条)[：:]?",
    marks="附",
)
_ANNEX_FILE = lazy_pattern(
    r"(?i:附(?:件|录|表|图)(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[：:.．、\s]*[^。；]*\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|jpe?g|png))",
    marks="附",
)
"""The name of a file beside the mark of an attachment, as portals list them: 附件2　招生计划.xls."""
ANNEX_LIST = lazy_pattern(r"附件?(?:[：:]|[1一][.．、](?!\d))", marks="附")
"""附件：, or 附件 with a blank for its colon (附件　1.某表)."""
_ANNEX_FORM = lazy_pattern(r"附件?[：:]?(?:\d{1,2})?[：:.．、]?")
"""The cell beside which a table lists attachments."""


def names_attachment(paragraph: Paragraph) -> bool:
    """Return whether a line is the mark of an attachment with its title beside it: 附件1：某表."""
    is_named = any(pattern.fullmatch(paragraph.text) for pattern in (_ANNEX_TITLED, _ANNEX_FILE))
    return is_named and paragraph.kind is None and paragraph.label is None


def opens_attachment(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether a line is the mark of an attachment; a file may begin with mark and title: 附件2　某岗位表."""
    first = paragraphs[index]
    opened = _ANNEX_OPENS.fullmatch(first.text) if index == 0 and first.label is None else None
    return (
        first.kind is Kind.ANNEX
        or names_attachment(first)
        or (first.kind is None and opened is not None and ends_title(opened[1]))
    )


_ANNEX_OPENS = lazy_pattern(
    r"附(?:件|录|表)(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?([^。；，：\s]{4,60})", marks="附"
)


def annex_list_end(paragraphs: list[Paragraph], index: int) -> int:
    """Return the index after the list of annexes that begins at `index`; `index` itself if no list begins at this paragraph.

    The list has one of three forms: 附件： with one title, or with one title a line (1.某表); lines that each name an
    annex (附件1：某表); or a table of titles. It ends at the signature, at the first annex, or with the text.
    """
    paragraph = paragraphs[index]
    if paragraph.label is not None:
        return index
    if paragraph.rows:
        return index + 1 if _is_form(paragraph) else index
    if (end := marked_end(paragraphs, index)) > index + 1:
        return end
    if ANNEX_LIST.match(paragraph.text) is None:
        return index
    end = index + 1
    while end < len(paragraphs) and (is_list_entry(paragraphs[end]) or _goes_on_with_entry(paragraphs, end)):
        end += 1
    return end if _ends_list(paragraphs, end) else index


def _goes_on_with_entry(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether a line is the rest of an entry broken by the page, with a further entry below it."""
    line = paragraphs[index]
    return (
        line.kind is None
        and line.label is None
        and not line.rows
        and len(line.text) <= _LONGEST_ENTRY
        and line.text[-1:] not in "。；：，"
        and index + 1 < len(paragraphs)
        and is_list_entry(paragraphs[index + 1])
        and not is_list_entry(line)
    )


def _ends_list(paragraphs: list[Paragraph], end: int) -> bool:
    return (
        end == len(paragraphs)
        or paragraphs[end].kind in CLOSING | {Kind.ANNEX}
        or names_attachment(paragraphs[end])
    )


def marked_end(paragraphs: list[Paragraph], index: int) -> int:
    """Return the index after a run of lines that each only name an attachment: 附件1：某表 / 附件2：某办法; `index` if the first line is no such line."""
    end = index
    while (
        end < len(paragraphs)
        and names_attachment(paragraphs[end])
        and len(paragraphs[end].text) <= _LONGEST_ENTRY
    ):
        end += 1
    if end > index + 1 and end < len(paragraphs) and paragraphs[end].kind not in CLOSING | {Kind.ANNEX}:
        # The last one is the first attachment itself, under the title that the list gave it.
        return end - 1 if end > index + 2 else index
    return end


def _is_form(table: Paragraph) -> bool:
    """Return whether a table lists attachments: 附件： in its first cell, and only titles in the other cells."""
    cells = [cell.strip() for row in table.rows for cell in row.text.split("\t")]
    first, others = cells[0], [cell for cell in cells[1:] if cell]
    return (
        _ANNEX_FORM.fullmatch(first) is not None
        and bool(others)
        and all(len(cell) <= _LONGEST_ENTRY and cell[-1] not in "。；：" for cell in others)
        and all(
            _ANNEX_FORM.fullmatch(row.text.split("\t")[0].strip()) or not row.text.split("\t")[0].strip()
            for row in table.rows
        )
    )


_LONGEST_ENTRY = 60
"""Characters of the longest title in a list of attachments."""


def is_list_entry(paragraph: Paragraph) -> bool:
    """Return whether a line may be an entry in a list of attachments: numbered or a file, short, no sentence."""
    return (
        (paragraph.label is not None or _ANNEX_FILE.fullmatch(paragraph.text) is not None)
        and len(paragraph.text) <= _LONGEST_ENTRY
        and paragraph.text[-1:] not in "。；："
    )


HEAD = CLOSING | {Kind.NUMBER, Kind.COVER, Kind.FLAG, Kind.SIGNER, Kind.SECRECY, Kind.EVENT, Kind.STATED}
"""Kinds of the lines above a body."""


def without_frames(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, with a table at the head whose only cells are names, the number and 文件 replaced by its cells."""
    if not any(paragraph.rows for paragraph in paragraphs[:_FRAMED]):
        return paragraphs
    opened: list[Paragraph] = []
    for paragraph in paragraphs[:_FRAMED]:
        cells = [cell for row in paragraph.rows for cell in _cells(row)]
        framed = bool(cells) and all(cell.kind in HEAD or cell.text == "文件" for cell in cells)
        opened.extend(cells if framed else [paragraph])
    return [*opened, *paragraphs[_FRAMED:]]


def _without_columns(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, with a table above the date whose cells are signatories (bodies side by side, or office and name) replaced by them."""
    opened: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        # The last of an odd number of bodies stands alone, between the columns and the day.
        below = next((line.kind for line in paragraphs[index + 1 :] if line.kind is not Kind.BODY_NAME), None)
        rows = paragraph.rows if below is Kind.DATE else []
        cells = [cell for row in rows for cell in _cells(row)]
        persons = [
            Paragraph(_without_first(row.block, "\t"), row.start) for row in rows if "|" not in row.text
        ]
        if cells and all(cell.kind is Kind.BODY_NAME for cell in cells):
            opened.extend(cells)
        elif rows and len(persons) == len(rows) and all(map(_is_signatory, persons)):
            opened.extend(persons)
        else:
            opened.append(paragraph)
    return opened


def _without_first(block: Block, mark: str) -> Block:
    place = block.text.find(mark)
    return block if place < 0 else block.without(place, place + 1)


_COURTESY = r"特此|[此专]复|专此|此[致据]|敬礼|敬请|[妥当]否|以上|请"
COURTEOUS = lazy_pattern(_COURTESY)
_NAME = lazy_pattern(rf"(?!{_COURTESY}|附)[\u4e00-\u9fff]{{2,40}}(?:[（(][\u4e00-\u9fff]{{1,30}}[)）])?")
"""A line that may be the name of a body, whatever its ending; courtesies (特此通知) are excluded because they can stand in the same place."""
SIGNATORY = lazy_pattern(
    r"[\u4e00-\u9fff]{0,30}?(?:行政[长長]官|[长長]|主任|主席|主委|委[员員]|书记员?|经理|[总總]裁|总理|专员|司令员?|[召总]集人|董事|工程师|负责人|代表人|审判员|陪审员|检察员|(?:检察官|法官)(?:助理)?)(?:[（(][\u4e00-\u9fff]{2,3}[)）])?"
    r"(?P<colon>[：:])?(?P<name>[\u4e00-\u9fff○]{2,4}|[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,8})+)"
)
"""Signature of a person by name: 市长　某某, 教育部部长：某某."""
_HEADS = "总理|主席|省长|市长|区长|县长|州长|盟长|旗长|部长|局长|署长|行长|院长|检察长|会长|校长"
_OFFICE_ALONE = lazy_pattern(
    rf"(?:代)?(?:{_HEADS})|[\u4e00-\u9fff]{{2,24}}(?:[总總]裁|[总總]监|總監|主任|秘[书書][長长]|[局署司處校院行][長长]|專員|法官)(?:[（(][\u4e00-\u9fff]{{1,16}}[)）])?"
)
"""The office of the person who signs, without the name or with the name on the next line: 發展局常任秘書長（工務）."""
_PERSON = lazy_pattern(rf"(?![\u4e00-\u9fff]*{BODY}$)[\u4e00-\u9fff]{{2,4}}(?:代行)?")
_OFFICE_AND_NAME = lazy_pattern(rf"(?:代)?(?:{_HEADS})[\u4e00-\u9fff]{{2,3}}")
"""总理李鹏: copies leave the blank out."""
_SAID = lazy_pattern(r"[（(][^。（()）]{2,60}[)）]|(?:[\u4e00-\u9fff]{2,8}[：:][^。：:；;]{1,60}[；;]?)+。?")
"""A remark that the issuing office adds below the day: （发至镇级）, 承办单位：市容科."""
_CLOSED = ("。", "；", "：", "）", "！", "？", "”")
_MOST_NAMES = 12
"""Most bodies that sign above one day."""


def with_signatures(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, with the kind set for lines around the day that closes a text, according to their place.

    Lines between the last sentence (or the list of attachments) and the day are signatories, whatever their names
    end in; lines below the day are remarks of the office.
    """
    paragraphs = _without_columns(paragraphs)
    begun = False
    for index, day in enumerate(paragraphs):
        if begun and day.kind is None and day.label is None and _is_named_day(day):
            day.kind = Kind.SIGNED
        if begun and day.kind in (Kind.DATE, Kind.SIGNED, Kind.EVENT):
            _tell_names(paragraphs, index)
            _tell_remarks(paragraphs, index)
        begun = begun or day.label is not None or day.text[-1:] == "。"
    return paragraphs


def _is_named_day(line: Paragraph) -> bool:
    """Return whether a line is a name and, behind a blank, a day, or the reverse: 某某工作专班　　2023年9月4日."""
    match = _NAMED_DAY.fullmatch(line.text) or _DAY_NAMED.fullmatch(line.text)
    return (
        match is not None
        and line.block.place(match.start(1)) - line.block.place(match.start(1) - 1) > _WIDE_BLANK
    )


_NAMED_DAY = lazy_pattern(rf"[\u4e00-\u9fff]{{4,40}}?({ANY_DAY})", re.VERBOSE)
_DAY_NAMED = lazy_pattern(rf"{ANY_DAY}([\u4e00-\u9fff]{{4,40}})", re.VERBOSE)
_WIDE_BLANK = 2
"""Least blanks in front of the day of a signature; a single blank also occurs inside sentences."""


def _tell_names(paragraphs: list[Paragraph], day: int) -> None:
    start = day
    while start and day - start < _MOST_NAMES and _may_sign(paragraphs[start - 1]):
        start -= 1
    run = paragraphs[start:day]
    if not start or not _ends_text(paragraphs[start - 1]):
        return
    if any(ends_title("".join(line.text for line in run[index:])) for index in range(len(run))):
        return
    if run and paragraphs[start - 1].text == "此致":
        run.pop(0).kind = None  # 某某人民法院, whom the text addresses, does not sign it
    for above, line in zip([None, *run], run, strict=False):
        if _OFFICE_ALONE.fullmatch(line.text):
            line.kind = Kind.NOTE
        elif above is not None and above.kind is Kind.NOTE and _PERSON.fullmatch(line.text):
            line.kind = Kind.SIGNER
        else:
            line.kind = Kind.SIGNATORY if _is_signatory(line) else Kind.BODY_NAME


def _ends_text(line: Paragraph) -> bool:
    """Return whether names of signatories may follow below a line: the line ends a sentence, or is a courtesy, a fixed line or an entry of a list.

    The mark of an annex (附件：) is excluded: the next line is the title of the annex.
    """
    return line.kind is not Kind.ANNEX and (
        line.label is not None
        or line.kind is not None
        or line.text.endswith(_CLOSED)
        or COURTEOUS.match(line.text) is not None
        or ANNEX_LIST.match(line.text) is not None
    )


def _may_sign(line: Paragraph) -> bool:
    if line.label is not None or line.rows or line.kind not in (None, Kind.BODY_NAME):
        return False
    return _NAME.fullmatch(line.text) is not None or _is_signatory(line)


def _is_signatory(line: Paragraph) -> bool:
    """Return whether a line names a person by office: a colon or a blank sets the name off."""
    match = SIGNATORY.fullmatch(line.text) if line.kind is None else None
    if match is None:
        return False
    start = match.start("name")
    return (
        match["colon"] is not None
        or _OFFICE_AND_NAME.fullmatch(line.text) is not None
        or "·" in match["name"]
        or line.block.place(start) - line.block.place(start - 1) > 1
    )


def _tell_remarks(paragraphs: list[Paragraph], day: int) -> None:
    for line in paragraphs[day + 1 :]:
        if line.label is not None or line.rows or line.kind not in CLOSING | {None}:
            return
        if line.kind is None and _is_signatory(line):
            line.kind = Kind.SIGNATORY
        elif (
            line.kind is None
            and _SAID.fullmatch(line.text)
            and not ANNEX_LIST.match(line.text)
            and not names_attachment(line)
        ):
            line.kind = Kind.NOTE
        elif line.kind is None:
            return


_FRAMED = 4
"""Paragraphs at the front of a text among which a letter head set as a table is looked for."""


def _cells(row: Paragraph) -> Iterator[Paragraph]:
    """Yield each cell of a row that holds words as a paragraph of its own, with its own kind."""
    start = 0
    for cell in row.text.split("\t"):
        block = row.block.part(start, start + len(cell))
        while " " in block.text:  # between lines of the cell: a gap, as between names on a line
            block = _without_first(block, " ")
        if block.text:
            yield Paragraph(block, block.span.start, kind=kind_of(block.text))
        start += len(cell) + 1

"""Text that an amendment quotes: separated from the instructions around it, and put into quotation marks where they are missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policydiff.amendment.named_texts import as_orders
from policydiff.amendment.places import ARTICLE_LABEL, ITEM_LABEL, LEVEL_LABEL
from policydiff.amendment.statute import Line, Paragraph
from policydiff.lexicon.numerals import to_chinese, to_int

_OPEN, _CLOSE = "“", "”"
_NEXT_ORDER = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,6}条[\s　]|[一二三四五六七八九十百]{1,5}、|\d{1,3}[.．、])\s*(?:将|在|对|把|增加|删|宪法|刑法|第.{1,16}(?:修改|增加|改为))"
)
"""An order on a line of its own, which ends an unclosed quote."""
_ENDS = "。；：！？.;:!?”’）)》…"
_MARKED = re.compile(
    r"[（(][一二三四五六七八九十]{1,4}[）)]|\d{1,3}[.．、]|[①-⑳]|第[一二三四五六七八九十百千零〇]{1,7}[编章节条][\s　]"
)
"""A line with a mark of its own: an item, an article or a heading."""
_CONTENT_FOLLOWS = re.compile(
    r"(?:内容如下|修改为|修改如下|作为第[^：:“”]{1,24}|增加[一二三四五六七八九十]+[条款项])[：:]$"
)
"""The end of an order whose words follow on separate lines without quotes."""
_ENDS_CONTENT = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百]{1,5}[）)]?[、．.]|\d{1,3}[.．、])\s*(?:将|在|对|把|增加|删|宪法|刑法|《|第)"
    r"|(?:将|在|删去|增加|把)\s*(?:《[^《》]*》)?(?:第|引言|名称)"
    r"|第[一二三四五六七八九十百千零〇]{1,7}[编章节条款项](?![\s　])[^。；]{0,40}(?:修改为|改为|增加|删去|作为)"
    r"|(?:本决定|本修正案|本修改决定|《[^《》]*》根据|此外)"
)
"""A line that belongs to the decision itself: the next order, or a closing sentence."""
_LINE_OF_CONTENT = re.compile(
    r".*[。；：，、！？.;:]$|第[一二三四五六七八九十百千零〇]{1,7}[编章节][\s　].{1,30}"
)
"""A possible line of a statute: a sentence, an item, a heading; a signature or a date is excluded."""
_NEW_TITLE = re.compile(
    r"((?:名称|题目|标题|题名|法名)(?:修改|更改|变更|改|更名)?(?:为|成)[：:]?)(《(?:[^《》“”]|《[^《》“”]*》)+》)"
)
"""A new title in its own marks, 将名称修改为《…》; the marks serve as quotes."""
_RENAMED = re.compile(
    r"(?P<number>(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．])?)(?:将|把)?(?P<old>《(?:[^《》“”]|《[^《》“”]*》)+》)(?:更名|改名|修改|修订|变更)为"
    r"(?P<new>《(?:[^《》“”]|《[^《》“”]*》)+》)[。；]?"
)
"""A renamed text: 将《甲》更名为《乙》."""
_ANNEX = re.compile(r"附件|附表|附录|附图|名录|目录|清单")
_REOPENED = re.compile(
    r"(?<=[；。])“(?=[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百零]{1,7}条[\s　])"
)
"""A paragraph that opens a quote again, after a line break lost by the page."""
_NEXT_NUMBER = re.compile(
    r"(?<=[”。])(?=[一二三四五六七八九十]{1,3}、(?:将|删|在第|第[一二三四五六七八九十百]{1,6}条|增加))"
)
"""The next order of a decision printed in one line, after a closed quote."""
_SAME_LINE = re.compile(
    r"(?P<order>[^“”：:]{2,40}(?:修改为|修改如下|作为第[^：:“”]{1,12}[款项条]|内容如下|内容为)[：:])(?P<words>[^“”]+。)$"
)
"""Words after their order on the same line, without quotes: 第四条全文修改为：….."""
_UNQUOTED = re.compile(
    r"(?P<place>第[一二三四五六七八九十百\d]+[条款项](?:中|里|内)的?)(?P<old>(?!第|所有|有关|相关)[^，。；：、《》“”]{1,30}?(?P<head>[^，。；：、《》“”]))"
    r"(?P<verb>修改为|改为|更改为|变更为|调整为)(?P<new>(?!第)[^，。；：、《》“”]{1,30}(?P=head))(?=[，。；])"
)
"""Words for words in a text that quotes nothing: 第八条中的十五日改为三十日. The place must hold the old words to the letter, and both must end in the same
character, the head of a Chinese noun: 收费标准改为每小时5元 says what a thing is from now on, and not which words stand for which."""
_FIRST_MARK = 0xE000
_MOST = 6_000
"""Most quotes taken out, one private character each; further quotes stay in the text."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An amendment without its quotes."""

    lines: tuple[str, ...]
    """Instructions, one in each line; a private use character replaces each quote."""
    quotes: tuple[tuple[str, ...], ...]
    """Lines of each quote."""

    def of(self, mark: str) -> tuple[str, ...]:
        """Return the lines of the quote that a private character represents."""
        return self.quotes[ord(mark) - _FIRST_MARK]


def is_mark(character: str) -> bool:
    """Return whether a character represents a quote."""
    return _FIRST_MARK <= ord(character) < _FIRST_MARK + _MOST


def take_quotes(text: str) -> Quoted:
    """Return the instructions of an amendment, and its quotes.

    A quote of several paragraphs may open each paragraph anew and close once at its end (刑法修正案), or
    open once (司法解释修改决定); quotes inside it close on their own line.
    """
    reader = _Reader()
    lines = [
        # keep the empty cell at the end of a row
        "".join(character for character in line.lstrip().rstrip(" \u3000\r") if not is_mark(character))
        for line in _with_usual_quotes(text).splitlines()
    ]
    lines = [line for order in as_orders([line for line in lines if line]) for line in order.split("\n")]
    lines = [each for line in lines for each in _parted(_with_title_quoted(line))]
    for line in _with_content_quoted(lines):
        reader.read(line)
    reader.close()
    return Quoted(tuple(_joined(reader.lines, reader.quotes)), tuple(reader.quotes))


def _parted(line: str) -> list[str]:
    """Return a line cut where a quote opens again, and where words without quotes follow their order."""
    if line.count(_OPEN) > line.count(_CLOSE):
        line = _REOPENED.sub(f"\n{_OPEN}", line)
    line = _NEXT_NUMBER.sub("\n", line)
    match = _SAME_LINE.fullmatch(line)
    if match is not None:
        return [match["order"], match["words"].strip()]
    return line.split("\n")


def _with_title_quoted(line: str) -> str:
    """Return an order with its new title in quotes; inside quotes nothing is changed."""
    renamed = _RENAMED.fullmatch(line)
    if renamed is not None:
        return f"{renamed['number']}将{renamed['old']}名称修改为{_OPEN}{renamed['new']}{_CLOSE}。"
    match = _NEW_TITLE.search(line)
    if match is None or line.count(_OPEN, 0, match.start()) != line.count(_CLOSE, 0, match.start()):
        return line
    return f"{line[: match.start(2)]}{_OPEN}{match[2]}{_CLOSE}{line[match.end() :]}"


def _with_usual_quotes(text: str) -> str:
    """Return a text with “ ” around its quotes instead of 「 」, ‘ ’, straight marks or none."""
    if _OPEN in text:
        return text
    for outer, marks in (("「", "「」『』"), ("『", "『』「」"), ("‘", "‘’“”")):
        if outer in text:
            return text.translate(str.maketrans(marks, "“”‘’"))
    pieces = text.split('"')
    if len(pieces) == 1:
        return _UNQUOTED.sub(rf"\g<place>{_OPEN}\g<old>{_CLOSE}\g<verb>{_OPEN}\g<new>{_CLOSE}", text)
    if len(pieces) % 2 == 0:
        return text
    return "".join(
        piece if place % 2 == 0 else f"{_OPEN}{piece}{_CLOSE}" for place, piece in enumerate(pieces)
    )


def _with_content_quoted(lines: list[str]) -> list[str]:
    """Put quotes around words that follow an order without them (内容如下：); leave them out if the end is uncertain.

    The words end where the next order or a closing sentence begins. A line among them that no statute would have
    (a signature, a date) leaves all of them unquoted, and the order unread.
    """
    result: list[str] = []
    at = depth = 0
    while at < len(lines):
        line = lines[at]
        result.append(line)
        at += 1
        opened = line.removeprefix(_OPEN) if depth else line
        depth = max(0, depth + opened.count(_OPEN) - opened.count(_CLOSE))
        if depth or not _CONTENT_FOLLOWS.search(line):
            continue
        end = at
        while end < len(lines) and not (_ENDS_CONTENT.match(lines[end]) or lines[end].startswith(_OPEN)):
            end += 1
        content = lines[at:end]
        follows = end < len(lines) and lines[end].startswith(_OPEN)
        if content and not follows and all(map(_LINE_OF_CONTENT.fullmatch, content)):
            result.extend(f"{_OPEN}{each}" for each in content[:-1])
            result.append(f"{_OPEN}{content[-1]}{_CLOSE}")
            at = end
    return result


class _Reader:
    """Takes line after line; `inside` holds the lines of the open quote."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.quotes: list[tuple[str, ...]] = []
        self.inside: list[str] | None = None

    def close(self) -> None:
        """Close an open quote, which becomes a line of its own."""
        if self.inside is not None:
            self.lines.append(self._mark(self.inside))
            self.inside = None

    def read(self, line: str) -> None:
        """Take one line, without blanks around it."""
        line = self._line_of_quote(line)
        outer = words = ""
        depth = 0
        for character in line:
            if self.inside is None:
                if character == _OPEN and len(self.quotes) < _MOST:
                    self.inside, words, depth = [], "", 0
                else:
                    outer += character
            elif character == _CLOSE and depth == 0:
                outer += self._mark([*self.inside, words])
                self.inside = None
            else:
                depth += (character == _OPEN) - (character == _CLOSE)
                words += character
        if self.inside is not None and words:
            self.inside.append(words)
        if outer:
            self.lines.append(outer)

    def _line_of_quote(self, line: str) -> str:
        """Return a line without the mark that reopens a quote; close quotes that were never closed."""
        if self.inside is None:
            return line
        if line.startswith(_OPEN):
            return line.removeprefix(_OPEN)
        if _NEXT_ORDER.match(line):
            self.close()
        elif self.inside and _goes_on(self.inside[-1], line) and not self._in_list():
            # a page or a crawl broke the line inside a sentence
            return self.inside.pop() + line
        return line

    def _in_list(self) -> bool:
        """Return whether the open quote is an annex, whose lines end without marks and never continue the line before."""
        return bool(self.lines) and _ANNEX.search(self.lines[-1]) is not None

    def _mark(self, words: list[str]) -> str:
        """Return the character for a quote; an empty quote lost its words and stays as printed, which no phrase matches."""
        if not any(each.isprintable() and each not in " “”‘’" for each in "".join(words)):
            return f"{_OPEN}{_CLOSE}"
        self.quotes.append(_outer_marks(tuple(line for line in words if line)))
        return chr(_FIRST_MARK + len(self.quotes) - 1)


def _outer_marks(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return quoted lines with the marks of the statute: ‘ ’ inside a quote become “ ”."""
    text = "\n".join(lines)
    if _OPEN in text or text.count("‘") != text.count("’"):
        return lines
    return tuple(line.replace("‘", _OPEN).replace("’", _CLOSE) for line in lines)


def _goes_on(before: str, line: str) -> bool:
    """Return whether a line of a quote continues the sentence of the line before."""
    return bool(before) and before[-1] not in _ENDS and not before.endswith("——") and not _MARKED.match(line)


def _joined(lines: list[str], quotes: list[tuple[str, ...]]) -> list[str]:
    """Join a quote at the beginning of a line to the order before it; several articles may have one quote each."""

    def labelled(mark: str) -> bool:
        return is_mark(mark) and ARTICLE_LABEL.match(quotes[ord(mark) - _FIRST_MARK][0]) is not None

    joined: list[str] = []
    for line in lines:
        begins = bool(joined) and is_mark(line[0])
        further = begins and labelled(line[0]) and labelled(joined[-1].rstrip("；。")[-1:] or " ")
        if begins and (further or joined[-1].endswith(("：", ":", "为", "定"))):
            joined[-1] = f"{joined[-1].rstrip('；。') if further else joined[-1]}{line}"
        else:
            joined.append(line)
    return joined


def quoted(lines: Sequence[str]) -> str:
    r"""Return lines as one quote.

    >>> quoted(["第一款。", "第二款。"])
    '“第一款。\n“第二款。”'
    """
    return "\n".join(f"{_OPEN}{inner(line)}" for line in lines) + _CLOSE


def inner(line: str) -> str:
    """Return words as they stand inside a quote: quotes within them get inner marks.

    >>> inner("“三个代表”重要思想")
    '‘三个代表’重要思想'
    """
    if "‘" in line or "’" in line or not quotable(line):
        return line
    return line.replace(_OPEN, "‘").replace(_CLOSE, "’")


def quotable(words: str) -> bool:
    """Return whether words can be a quote inside an order: one line, with properly closed inner quotes."""
    depth = 0
    for character in words:
        depth += (character == _OPEN) - (character == _CLOSE)
        if depth < 0 or character == "\n":
            return False
    return depth == 0 and words == words.strip() and bool(words)


def quoted_paragraphs(lines: tuple[str, ...]) -> list[Paragraph]:
    """Return quoted lines as new paragraphs, with items below their paragraph."""
    paragraphs: list[Paragraph] = []
    for text in lines:
        line = Line.new(text)
        if paragraphs and (line.is_item() or line.deep):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def quoted_articles(
    lines: tuple[str, ...], *, levels: bool = False
) -> list[tuple[str | None, list[Paragraph]]]:
    """Return quoted lines as articles (label or None, paragraphs); a label and a blank begin an article, 一、 if `levels`."""
    articles: list[tuple[str | None, list[str]]] = []
    label = LEVEL_LABEL if levels else ARTICLE_LABEL
    for text in lines:
        match = label.match(text)
        labelled = levels or (match and text[match.end() : match.end() + 1] in (" ", "　", "\t", ""))
        if match is not None and labelled:
            articles.append((match[0], [rest] if (rest := text[match.end() :].strip(" 　\t")) else []))
        elif articles:
            articles[-1][1].append(text)
        else:
            articles.append((None, [text]))
    return [(label, quoted_paragraphs(tuple(words))) for label, words in articles]


_RUN_ON = re.compile(rf"(?<=[；。])(?={ITEM_LABEL.pattern})")
_MARKS_AT_END = "。；：，、？！"


def items_apart(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines with each item of a run-on list (（一）甲；（二）乙) on its own line; labels that do not count up are words."""
    apart: list[str] = []
    for line in lines:
        pieces = _RUN_ON.sub("\n", line).split("\n")
        labels = [ITEM_LABEL.match(piece) for piece in pieces]
        numbers = [to_int(label[1]) for label in labels if label is not None]
        first = numbers[0] if len(numbers) == len(pieces) else None
        runs_on = first is not None and numbers == [*range(first, first + len(pieces))]
        apart.extend(pieces if runs_on else [line])
    return tuple(apart)


def ended(words: tuple[str, ...], before: str) -> tuple[str, ...]:
    """Return new words with a final mark; if the quote omits it, with the mark that ended the old words."""
    last = words[-1]
    if not before or before[-1] not in _MARKS_AT_END or last[-1:] in f"{_MARKS_AT_END}”’）)》…|":
        return words
    return (*words[:-1], f"{last}{before[-1]}")


def item_label(number: int) -> str:
    """Return the label of an item: 3 → （三）."""
    return f"（{to_chinese(number)}）"

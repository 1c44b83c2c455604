"""Title, number, day, issuer and articles of 467 real DOCX, and whether each of their lines was read.

    python -m benchmarks.heads [--files FOLDER] [--show N] [--part tuned|held_out]

The files (`npc_docx.tar.xz`: laws, interpretations and replies of the two highest courts, 1978–2026, made by WPS and Word) come with
a table of title and day, taken from the names of the files, and of the number printed in the head. One file in four, drawn by the digest of its name, is held
out: its faults were never looked at while the rules were made. Beside each figure stands the floor: the first line as title, the first number of
the text as number, the first date of the text as day. The exit code is 1 where a bound below does not hold.
"""

import argparse
import csv
import hashlib
import re
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sources import SHARED
from policydiff.extract import extract
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.horizons import parse_date
from policydiff.lexicon.numerals import to_chinese, to_int
from policydiff.lexicon.widths import despace, fold
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text
from policydiff.parsing.fixed_lines import normal_number, numbers_on
from policydiff.parsing.kinds import with_digits
from policydiff.parsing.run_together import lines_apart
from policydiff.parsing.source import lines_of

PARTS = ("tuned", "held_out")
BOUNDS = {"title": 0.985, "number": 0.98, "day": 0.97}
MOST_FILES_WITH_OTHER_ARTICLES = 2
_HEAD_LINES = 40
"""Lines at either end of a text in which its own day is looked for; laws cite other days in between."""
_ARTICLE = re.compile(
    r"^[\s#]*第([一二三四五六七八九十百千零〇]+)[ \u3000]?条(?:之[一二三四五六七八九十]+)?([\s\u3000【（:：]|$)?",
    re.MULTILINE,
)
_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]|[（(][\u4e00-\u9fff][）)]){1,12}[〔［\[（(【](?:\d{4}|\d{2})年?[〕］\]）)】]第?\d{1,5}号"
    r"|[〔［\[（(【](?:\d{4}|\d{2})[〕］\]）)】][\u4e00-\u9fff（）()]{1,10}第?\d{1,5}号|(?<=公告.)\d{4}年第\d{1,5}号"
)
_FIXED = re.compile(
    "^(?:主送|致|抄送|抄报|分送|(?:内部)?发送|呈报|报|发|送)(?:机关|单位)?[:：]|印[发制]?$|^附件(?:[一二三四五六七八九十]{1,3})?[:：]?(?:\\d{1,2}[.．、])?|^公元|^[此本]件|^\\d{1,2}[.．、]|(?:签发|会签)人?[:：]|份号[:：]|密级[:：]|(?:缓急|紧急)程度[:：]|文件$"
    "|^等级[:：]?|^发电单位|签批盖章|内部明电|明电(?=.*明电)|[\u4e00-\u9fff]{1,2}机发\\s?\\d+号|[（(](?:代章?|公章|盖章|印章|章|印)[)）]$|^(?:公开方式|(?:信息)?公开属性|信息公开选项)[:：]|^(?:主题|关键)词[:：]|发布$|特急|加急|特提|平急"
)
_DAY = re.compile(r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2}$)")
_SPOKEN_DAY = re.compile(
    "[一二][〇零○九][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_CONTENTS = re.compile(r"(?:\d+|[IVXⅠ-Ⅻ]+)?$")
"""Page number behind an entry of the contents."""
_SENTENCE = re.compile("[。；，：？！]|关于")


@dataclass
class Tally:
    """Counts of one part."""

    files: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BOUNDS, 0))
    floor: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BOUNDS, 0))
    printed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BOUNDS, 0))
    fragments: int = 0
    other_articles: int = 0
    unread: int = 0
    reported: int = 0
    faults: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--files",
        type=Path,
        help="folder with the unpacked files and index.tsv (default: unpack the archive)",
    )
    parser.add_argument("--show", type=int, default=0, help="faults shown of each part")
    parser.add_argument("--part", choices=PARTS, help="show the faults of this part alone")
    parser.add_argument(
        "--words", action="store_true", help="read words alone, without what the format says of their look"
    )
    options = parser.parse_args()
    archive = SHARED / "npc_docx.tar.xz"
    if options.files is None and not archive.is_file():
        print(f"development data not found at {archive}", file=sys.stderr)
        return 0
    tallies = {part: Tally() for part in PARTS}
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.files or _unpacked(archive, Path(scratch))
        for row in _rows(folder):
            extraction = extract((folder / row["file"]).read_bytes(), name=row["file"])
            document = parse_text(extraction.text, blocks=() if options.words else extraction.blocks)
            _score(row, extraction.text, document, tallies[part_of(row["file"])])
    return _report(tallies, options)


def _unpacked(archive: Path, scratch: Path) -> Path:
    with tarfile.open(archive) as files:
        files.extractall(scratch, filter="data")
    return next(scratch.rglob("index.tsv")).parent


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "index.tsv").open(encoding="utf-8") as table:
        yield from csv.DictReader(table, delimiter="\t")


def part_of(name: str) -> str:
    """Return the part of a file: every fourth by the digest of its name is held out."""
    return PARTS[hashlib.sha256(name.encode()).digest()[0] % 4 == 0]


def _score(row: dict[str, str], text: str, document: Document, tally: Tally) -> None:
    tally.files += 1
    lines = [despace(line) for line in text.splitlines() if line.strip()]
    tally.printed["title"] += 1
    _count(tally, row, "title", same_title(row["title"], document), document.title)
    tally.floor["title"] += bool(lines) and _letters(row["title"]).endswith(_letters(lines[0]))
    if row["number"] and _in_own_head(row["number"], lines):
        tally.printed["number"] += 1
        _count(
            tally,
            row,
            "number",
            _same_number(row["number"], document.document_number),
            document.document_number,
        )
        first = _NUMBER.search(despace(text))
        tally.floor["number"] += first is not None and _letters(row["number"]) == _letters(first[0])
    own = [*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:]]
    if row["day"] and any(form in fold(line) for line in own for form in _forms(row["day"])):
        tally.printed["day"] += 1
        days = days_of(document)
        _count(tally, row, "day", row["day"] in days, days)
        first = _DAY.search(fold(despace(text)))
        tally.floor["day"] += first is not None and first[0] in _forms(row["day"])
    for body in document.issuing_bodies:
        if _SENTENCE.search(body) or len(body) > 40:
            tally.fragments += 1
            tally.faults.append(f"{row['file']} issuer {body}")
    printed = _article_lines(text)
    read = sum(clause.kind is ClauseKind.ARTICLE for clause in document.walk())
    if printed != read:
        tally.other_articles += 1
        tally.faults.append(f"{row['file']} articles: {read}, lines {printed}")
    for words in unread_lines(text, document):
        tally.unread += 1
        tally.faults.append(f"{row['file']} unread: {words[:70]}")
    tally.reported += len(document.not_placed)
    tally.faults.extend(f"{row['file']} reported: {entry.text[:70]}" for entry in document.not_placed)


def _count(tally: Tally, row: dict[str, str], what: str, is_right: bool, found: object) -> None:
    tally.right[what] += is_right
    if not is_right:
        tally.faults.append(f"{row['file']} {what}: {found}\n     not {row[what]}")


def same_title(gold: str, document: Document) -> bool:
    """Say whether the title is the gold's, or that of the notice that carries the text, after which some files are named."""
    names = [
        document.title,
        *([document.carrier.title] if document.carrier and document.carrier.title else []),
    ]
    return any(_same(gold, name, document) for name in names)


def _same(gold: str, title: str | None, document: Document) -> bool:
    """Say whether two titles are one; the issuer before a title may stand on one side only."""
    wanted, found = _letters(gold), _letters(title)
    if wanted == found:
        return True
    longer, shorter = sorted((wanted, found), key=len, reverse=True)
    before = longer.removesuffix(shorter)
    return bool(shorter) and before != longer and _is_issuer(before, document)


def _is_issuer(words: str, document: Document) -> bool:
    left = words
    for body in sorted(map(_letters, document.issuing_bodies), key=len, reverse=True):
        left = left.replace(body, "").replace(body.removeprefix("中华人民共和国"), "")
    return left in ("", "中华人民共和国")


def _article_lines(text: str) -> int:
    """Count the lines that look like an article: a blank follows the number, or the number follows the one before; no table rows."""
    count = last = 0
    for line in text.splitlines():
        match = _ARTICLE.match(line) if "\t" not in line else None
        value = to_int(match[1]) if match is not None else None
        if match is not None and value is not None and (match[2] is not None or value == last + 1):
            count += 1
            last = value
    return count


def _same_number(gold: str, found: str | None) -> bool:
    return found is not None and _letters(normal_number(gold)) == _letters(found)


def _in_own_head(number: str, lines: list[str]) -> bool:
    """Say whether the number is the document's own: printed before the letter that a reply attaches, and no title's."""
    end = next((index for index, line in enumerate(lines) if re.fullmatch("附件?[：:]", line)), len(lines))
    return "关于" not in number and any(
        _letters(number) in _letters(line) and "收悉" not in line for line in lines[:end]
    )


def days_of(document: Document) -> list[str]:
    """Return every day the document gives of itself."""
    dates = [value.isoformat() for name, value in document.dates if name != "computed" and value is not None]
    return [*dates, *(act.day.isoformat() for act in document.acts)]


def _forms(day: str) -> tuple[str, ...]:
    year, month, date = (int(part) for part in day.split("-"))
    digits = str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    spoken = f"{to_chinese(month)}月{to_chinese(date)}日"
    return (
        f"{year}年{month}月{date}日",
        f"{year}年{month:02}月{date:02}日",
        *(f"{digits.replace('〇', zero)}年{spoken}" for zero in "〇零○Ｏ"),
    )


def _letters(words: str | None) -> str:
    return re.sub(r"[\W_]+", "", fold(despace(words or ""))).replace("號", "号")


_LONGEST_DAY = 17
"""Characters of a line that bears a day and nothing else: 中華民國一百一十三年十二月二十五日."""


def unread_lines(text: str, document: Document) -> Iterator[str]:
    """Yield the lines of which some words stand neither in a field nor in a clause and are not reported, by their words alone.

    Lines that an extractor ran together are looked for one by one.
    """
    spans = sorted(
        [
            *(clause.span for clause in document.walk()),
            *(entry.span for entry in document.not_placed),
            *(act.span for act in document.acts),
        ]
    )
    headings = {_letters(f"{clause.label or ''}{clause.text}") for clause in document.walk()}
    kept = document.model_dump_json(
        exclude={"clauses", "citations", "targets", "responsibilities", "diagnostics"}
    )
    fields = _letters(kept) + "".join(days_of(document))
    days = {date.replace("-", "") for date in days_of(document)}
    numbers = {_letters(number) for number in (document.document_number, *document.other_numbers) if number}
    for printed in lines_apart(lines_of(text)):
        start, end, line = printed.start, printed.end, printed.raw
        words = _letters(line)
        if not words or any(low < end and start < high for low, high in spans):
            continue
        entry = _CONTENTS.sub("", words)
        if (
            {entry, entry[1:]} & headings
            or words in ("目录", "目次", "Contents")
            or words.removesuffix("目录") in fields
        ):
            continue
        left = "" if _is_told(line, fields, "".join(sorted(headings)), numbers) else words
        for match in _DAY.finditer(left):
            parts = [to_int(number) for number in re.findall(r"\d+", match[0])]
            if "".join(f"{number:02}" for number in parts if number is not None) in days:
                left = left.replace(match[0], "")
        alone = parse_date(line.strip("（）() \t\u3000\n")) if len(words) <= _LONGEST_DAY else None
        if left and str(alone) not in days_of(document):
            yield line.strip()


_REMARK = re.compile(r"^【[^【】]+】|(?<=.)[（(][^（()）]+[)）]$")
"""Mark before a title and remark behind a number, each of which stands in a field of its own."""


def _is_told(line: str, fields: str, headings: str, numbers: set[str]) -> bool:
    """Say whether every piece of a line stands in a field, labels of the imprint aside."""
    printed = (
        re.sub(r"\||<br>|(?:[.．·]{3,}|[…⋯]+).*$", " ", with_digits(despace(line)))
        .replace("中华人民共和国", "")
        .strip()
    )
    whole_fields, fields = fields, fields.replace("中华人民共和国", "")
    # A line of a title may break inside the name of the state.
    printed = _REMARK.sub(lambda match: "" if _letters(match[0]) in fields else match[0], printed)
    number = DocumentNumber.parse(printed)
    if (
        _letters(line) in whole_fields
        or _letters(printed) in fields
        or any(each.endswith(_letters(str(number))) for each in numbers)
        or (
            number is not None and number.lacks_body and f"{number.year}年第{number.serial}号" in str(numbers)
        )
    ):
        return True
    for number in numbers_on(printed):
        if _letters(str(number)) not in numbers:
            return False
    printed = _DAY.sub(" ", fold(_FIXED.sub("", printed)))
    printed = _SPOKEN_DAY.sub(lambda match: " " if str(parse_date(match[0])) in fields else match[0], printed)
    for number in _NUMBER.findall(printed):
        printed = printed.replace(number, " ")
    pieces = [
        _letters(piece) for piece in re.split(r"[、，,；;：:【】\s]|(?<=\D)\d{1,2}[.．](?=\D)", printed)
    ]
    whole = _letters(printed)
    if whole.endswith("令") and any(
        number.startswith(whole.removeprefix("中华人民共和国")) for number in numbers
    ):
        return True
    chapter = re.fullmatch(r"Cap(\d+[A-Z]*)", whole)
    if (whole.endswith("令") and whole.removesuffix("令") in fields) or (
        chapter is not None and f"第{chapter[1]}章" in numbers
    ):
        return True  # 內政部 令: who sends it; Cap. 599K: the number in English
    serial = re.fullmatch(r"第(.+)号", whole)
    if serial is not None and any(number.endswith(f"第{to_int(serial[1])}号") for number in numbers):
        return True
    return whole in fields or whole in headings or all(piece in fields for piece in pieces)


def _report(tallies: dict[str, Tally], options: argparse.Namespace) -> int:
    holds = True
    for part, tally in tallies.items():
        print(f"{part} ({tally.files} files)")
        for what, bound in BOUNDS.items():
            printed = max(1, tally.printed[what])
            share = tally.right[what] / printed
            holds = holds and share >= bound
            print(
                f"  {what:8}{share:7.1%} ({tally.right[what]} of {printed}; bound {bound:.1%}; floor {tally.floor[what] / printed:.1%})"
            )
        print(f"  issuers that are part of a sentence {tally.fragments}")
        print(f"  files whose articles differ from the lines that look like one {tally.other_articles}")
        print(f"  lines neither placed nor reported {tally.unread}, reported {tally.reported}")
        holds = holds and not tally.fragments and not tally.unread
        if options.part in (None, part):
            for fault in tally.faults[: options.show]:
                print(f"    {fault}")
    holds = (
        holds and sum(tally.other_articles for tally in tallies.values()) <= MOST_FILES_WITH_OTHER_ARTICLES
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())

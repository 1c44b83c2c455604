"""The local Word file with comments in its margin: every word, part and earlier comment of it stays as it was."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import policydiff
from policydiff.redlining import RedlineRefusedError
from policydiff.redlining.margin_comments import annotate_file
from policydiff.report.catalog import catalog
from tests.redlining.conftest import docx, note, p, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SUPERIOR = """某市关于推进养老服务的意见

一、主要任务
1．建设社区养老服务设施，每个街道不少于一处。
2．对养老机构给予每张床位五千元补贴。
3．建立养老护理员培训制度，每年培训一百人。
"""
TITLE, HEAD = p("某区关于推进养老服务的实施方案"), p("一、主要任务")
FIRST = "1．建设社区养老服务设施，每个街道不少于两处。"
SECOND = "2．对养老机构给予每张床位三千元补贴。"


def run(words: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t>{words}</w:t></w:r>"


CASES = [
    ("paragraphs", docx(TITLE, HEAD, p(FIRST), p(SECOND))),
    ("a sentence in several runs", docx(TITLE, HEAD, f"<w:p>{run(FIRST[:9], '<w:b/>')}{run(FIRST[9:15])}{run(FIRST[15:])}</w:p>", p(SECOND))),
    ("a hyperlink in a sentence", docx(TITLE, HEAD, f'<w:p>{run(FIRST[:6])}<w:hyperlink w:anchor="a">{run(FIRST[6:12])}</w:hyperlink>{run(FIRST[12:])}</w:p>', p(SECOND))),
    ("a bookmark in a sentence", docx(TITLE, HEAD, f'<w:p>{run(FIRST[:6])}<w:bookmarkStart w:id="1" w:name="b"/>{run(FIRST[6:])}<w:bookmarkEnd w:id="1"/></w:p>', p(SECOND))),
    ("a content control around the words", docx(TITLE, HEAD, f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run(FIRST)}</w:sdtContent></w:sdt></w:p>", p(SECOND))),
    ("a content control around the paragraph", docx(TITLE, HEAD, f"<w:sdt><w:sdtPr/><w:sdtContent>{p(FIRST)}</w:sdtContent></w:sdt>", p(SECOND))),
    ("words that another author put in", docx(TITLE, HEAD, f'<w:p>{run(FIRST[:-3])}<w:ins w:id="5" w:author="甲">{run(FIRST[-3:])}</w:ins></w:p>', p(SECOND))),
    ("words that another author took out", docx(TITLE, HEAD, f'<w:p><w:del w:id="5" w:author="甲"><w:r><w:delText>旧文。</w:delText></w:r></w:del>{run(FIRST)}</w:p>', p(SECOND))),
    ("a field in a sentence", docx(TITLE, HEAD, f'<w:p>{run(FIRST[:2])}<w:fldSimple w:instr=" REF x ">{run(FIRST[2:8])}</w:fldSimple>{run(FIRST[8:])}</w:p>', p(SECOND))),
    ("a footnote", docx(TITLE, HEAD, p(FIRST, more=note(1)), p(SECOND), notes={1: "注释的话。"})),
    ("a header", docx(TITLE, HEAD, p(FIRST), p(SECOND), header=p("内部文件"))),
    ("a table beside the text", docx(TITLE, HEAD, p(FIRST), table(("项目", "金额"), ("床位", "三千元")), p(SECOND))),
    ("two sentences in one paragraph", docx(TITLE, HEAD, p(FIRST + "定期检查。"), p(SECOND))),
    ("the same sentence twice", docx(TITLE, HEAD, p(FIRST), p(SECOND), p("3．定期检查。"), p("4．定期检查。"))),
]  # fmt: skip


def tree(data: bytes, part: str = "word/document.xml") -> "etree._Element":
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))


def bare(data: bytes) -> bytes:
    """Return the document part without comments, its neighbouring runs of one look joined."""
    root = tree(data)
    for mark in list(root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")):
        gone = mark.getparent() if mark.tag == f"{W}commentReference" else mark
        gone.getparent().remove(gone)
    for each in list(root.iter(f"{W}r")):
        before = each.getprevious()
        if before is None or before.tag != each.tag or len(before) == 0 or len(each) == 0:
            continue
        looks = [[etree.tostring(one) for one in side if one.tag == f"{W}rPr"] for side in (before, each)]
        words = [[one for one in side if one.tag != f"{W}rPr"] for side in (before, each)]
        if looks[0] == looks[1] and all(len(side) == 1 and side[0].tag == f"{W}t" for side in words):
            words[1][0].text = (words[0][0].text or "") + (words[1][0].text or "")
            before.getparent().remove(before)
    for node in root.iter(f"{W}t"):
        node.attrib.clear()
    return etree.tostring(root)


def annotated(local: bytes, tmp_path: Path, lang: str = "zh") -> bytes:
    (tmp_path / "superior.txt").write_text(SUPERIOR, "utf-8")
    (tmp_path / "local.docx").write_bytes(local)
    comparison = policydiff.compare(tmp_path / "local.docx", tmp_path / "superior.txt")
    made = annotate_file(local, comparison, catalog(lang))
    assert made.comments + made.missing == len(comparison.sentences)
    assert made.comments >= 3
    return made.file


@pytest.mark.parametrize("local", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_the_file_stays_and_comments_are_added(local: bytes, tmp_path: Path) -> None:
    file = annotated(local, tmp_path)
    assert bare(file) == bare(local)
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (local, file))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    for name in before.namelist():
        assert name in after.namelist()
        assert name in touched or before.read(name) == after.read(name), name
    body, comments = tree(file), tree(file, "word/comments.xml")
    ids = [each.get(f"{W}id") for each in comments]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(each.get(f"{W}id") or "" for each in body.iter(f"{W}{kind}")) == sorted(ids)  # type: ignore[type-var]
    told = ["".join(each.itertext()) for each in comments]
    assert any("两处" in words or "一处" in words for words in told), (
        "the source of the first measure is quoted"
    )


def test_comments_of_others_stay(tmp_path: Path) -> None:
    """An earlier comment keeps its number and its words; new ones are counted on."""
    first = annotated(CASES[0][1], tmp_path)
    again = annotated(first, tmp_path)
    ids = [each.get(f"{W}id") for each in tree(again, "word/comments.xml")]
    assert len(ids) == len(set(ids)) == 2 * len(tree(first, "word/comments.xml"))
    assert bare(again) == bare(CASES[0][1])


@pytest.mark.parametrize(("lang", "label"), [("zh", "须由人判断"), ("en", "for a person to judge")])
def test_labels_are_in_the_language(lang: str, label: str, tmp_path: Path) -> None:
    told = "".join(tree(annotated(CASES[0][1], tmp_path, lang), "word/comments.xml").itertext())
    assert bool(re.search("[a-z]{4}", told)) == (lang == "en")
    assert label in catalog(lang)("for a person to judge")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    assert annotated(CASES[3][1], tmp_path) == annotated(CASES[3][1], tmp_path)


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "superior.txt").write_text(SUPERIOR, "utf-8")
    comparison = policydiff.compare(tmp_path / "superior.txt", tmp_path / "superior.txt")
    with pytest.raises(RedlineRefusedError, match="not-word"):
        annotate_file(b"no zip", comparison, catalog("en"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_reads_the_same_words(tmp_path: Path) -> None:
    """LibreOffice opens both files and prints the same text."""
    words = []
    for name, data in (("plain", CASES[1][1]), ("commented", annotated(CASES[1][1], tmp_path))):
        (tmp_path / f"{name}.docx").write_bytes(data)
        command = [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "txt:Text",
        ]
        subprocess.run(
            [*command, "--outdir", tmp_path, tmp_path / f"{name}.docx"],
            check=True,
            capture_output=True,
            timeout=180,
        )
        words.append((tmp_path / f"{name}.txt").read_text("utf-8-sig"))
    assert words[0].strip() == words[1].strip() != ""

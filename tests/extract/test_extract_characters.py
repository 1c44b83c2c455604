"""Plain text and Markdown: which kind it is, in which encoding, and what becomes of its marks."""

import pytest
from hypothesis import given, strategies as st

from policydiff.errors import UnreadableInputError
from policydiff.extract import FileKind, extract, sniff
from policydiff.extract.decoding import clean, decode
from tests.extract.small_files import docx, ofd, ofd_text, paragraph, pdf, text_lines

TEXT = "关于促进生物医药产业发展的若干意见，各区人民政府：为了加快发展，制定本办法。朱镕基"


def _ole2(*names: str) -> bytes:
    """Return an OLE2 file whose directory, its first sector, has these entries."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00"))
    head[30] = 9
    return bytes(head) + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names).ljust(
        512, b"\x00"
    )


KINDS = [
    (b"%PDF-1.7\n", FileKind.PDF, "by its first bytes"),
    (b"\n\n%PDF-1.4", FileKind.PDF, "a PDF may begin with other bytes"),
    (b"{\\rtf1\\ansi x}", FileKind.RTF, "an RTF is often called .doc"),
    (docx(paragraph("甲")), FileKind.DOCX, "by its members"),
    (ofd(ofd_text("甲")), FileKind.OFD, "by its members"),
    (b"PK\x03\x04broken", FileKind.ZIP, "a cut zip is still one"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), FileKind.DOC, "DOC, or WPS"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        FileKind.ENCRYPTED_OFFICE,
        "a DOCX with a password is an OLE2 file",
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), FileKind.OTHER_OFFICE, "XLS"),
    (_ole2("Root Entry", "__nameid_version1.0"), FileKind.MAIL, "a message of Outlook"),
    (
        _ole2("Root Entry", "__substg1.0_37010102") + "WordDocument".encode("utf-16-le"),
        FileKind.MAIL,
        "DOC attached",
    ),
    (
        _ole2("Root Entry", "WordDocument") + "__substg1.0_".encode("utf-16-le"),
        FileKind.DOC,
        "a message in a DOC",
    ),
    (_ole2("Root Entry", "PowerPoint Document"), FileKind.OTHER_OFFICE, "slides"),
    ("\ufeff<!DOCTYPE HTML><p>甲".encode(), FileKind.HTML, "a mark before the page"),
    ("<html>".encode("utf-16"), FileKind.HTML, "a page in UTF-16"),
    ("<div class='a'>甲</div>".encode("gb18030"), FileKind.HTML, "a piece of a page"),
    (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        FileKind.MHTML,
        "Word's saved page",
    ),
    (b"<?xml version='1.0'?><a/>", FileKind.XML, "no page"),
    (
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        FileKind.MHTML,
        "a page saved by Chrome",
    ),
    (
        b"From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        FileKind.MAIL,
        "a message with a receiver",
    ),
    (
        b"From: <Saved by Windows Internet Explorer 8>\nMIME-Version: 1.0\nContent-Type: text/html; charset=gb2312\n",
        FileKind.MHTML,
        "a page without parts, saved by Internet Explorer",
    ),
    (
        b"Return-Path: <a>\nMIME-Version: 1.0\nContent-Type: text/html; charset=gb2312\n",
        FileKind.MAIL,
        "a message without parts that was sent",
    ),
    (b"To: b\nSubject: c\n\nwords\n", FileKind.PLAIN, "words like a message without a type"),
    (b"<ol><li>a</ol>", FileKind.HTML, "a list at the beginning of a page"),
    (b"<?xml version='1.0'?><x><ol/></x>", FileKind.XML, "a list inside other XML"),
    (
        b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><a/>",
        FileKind.OFFICE_XML,
        "Word of 2003",
    ),
    (b"Rar!\x1a\x07\x00", FileKind.ARCHIVE, "a RAR archive"),
    (
        "的".encode("utf-16-le") + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未".encode("utf-16-le"),
        FileKind.PLAIN,
        "one usual character in nineteen: UTF-16",
    ),
    (b"\x01\x07" + "甲乙丙".encode(), FileKind.PLAIN, "two control characters and three words"),
    (b"\x01\x07" + "甲乙".encode(), FileKind.UNKNOWN, "two control characters and two words"),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG, "a picture"),
    (b"# " + "第一章".encode() + b"\n<table><tr>", FileKind.MARKDOWN, "Markdown may hold a table in HTML"),
    ("<!-- INFO END -->\n第一条".encode(), FileKind.MARKDOWN, "a comment"),
    ("甲\n\n| a | b |\n|---|---|\n".encode(), FileKind.MARKDOWN, "a table"),
    (
        "通知\n\n> 上海市静安区人民政府 2021年11月29日\n".encode(),
        FileKind.PLAIN,
        "a quoted line alone is no Markdown",
    ),
    ("税率 <10% 的，第 5 条适用".encode(), FileKind.PLAIN, "less than is no element"),
    (bytes(range(256)) * 8, FileKind.UNKNOWN, "neither text nor a known container"),
]


@pytest.mark.parametrize(("data", "kind", "reason"), KINDS, ids=[row[2] for row in KINDS])
def test_files_are_told_by_their_content(data: bytes, kind: FileKind, reason: str) -> None:
    assert sniff(data) is kind


ENCODED = [
    (TEXT.encode("utf-8"), "utf-8", "plain"),
    (TEXT.encode("utf-8-sig"), "utf-8", "with a mark"),
    (TEXT.encode("gb18030"), "gb18030", "镕 is in GBK but not in gb2312"),
    (TEXT.encode("gb18030")[:14], "gb18030", "seven characters are enough"),
    ((TEXT + "<p>" + "a" * 5000).encode("gb18030"), "gb18030", "a page of mostly ASCII"),
    ("關於促進產業發展的若干意見，為了加快發展，制定本辦法。".encode("big5"), "big5", "traditional"),
    (TEXT.encode("utf-16"), "utf-16-le", "with a mark"),
    (("A1 " * 30 + TEXT).encode("utf-16-le"), "utf-16-le", "without a mark, told by its zero bytes"),
    (("A1 " * 30 + TEXT).encode("utf-16-be"), "utf-16-be", "the other way round"),
    (b'<meta charset="gb2312">' + TEXT.encode("utf-8"), "utf-8", "the declaration lies"),
    (b'<meta charset="utf-8">' + TEXT.encode("gb18030"), "gb18030", "the declaration lies the other way"),
]


@pytest.mark.parametrize(("data", "encoding", "reason"), ENCODED, ids=[row[2] for row in ENCODED])
def test_encodings(data: bytes, encoding: str, reason: str) -> None:
    found = decode(data)
    assert found.encoding == encoding
    assert found.replaced == 0
    assert found.warnings == ()


WESTERN = [
    ("The operator’s fee “as published” – £500", "cp1252", "cp1252", "quotation marks, dashes, pounds"),
    ("Le délai est fixé à trente jours", "cp1252", "cp1252", "letters with accents"),
    ("§ 12 Gebühr für Verträge", "cp1252", "cp1252", "a sign of sections"),
    ("Año 2024: artículo 5º", "cp1252", "cp1252", "a raised letter"),
    ("Fee (“see …”) applies’", "cp1252", "cp1252", "three marks in a row"),
    ("Section 5 “fees” apply", "gbk", "gb18030", "quotation marks of GBK take two bytes"),
    ("See 3.2—fees…", "gbk", "gb18030", "and its dash"),
    ("Fee list: 一\n", "big5", "big5", "one character whose second half is a letter"),
    ("附件 A: fee list\n", "big5", "big5", "two characters"),
    ("第一条", "gbk", "gb18030", "Chinese alone"),
    ("x 丂 y", "gbk", "gb18030", "one rare character of GBK"),
]


@pytest.mark.parametrize(("text", "written", "encoding", "reason"), WESTERN, ids=[row[3] for row in WESTERN])
def test_western_letters_and_few_characters(text: str, written: str, encoding: str, reason: str) -> None:
    found = decode(text.encode(written))
    assert (found.text, found.encoding) == (text, encoding)
    assert bool(found.warnings) is (encoding == "cp1252")


JAPANESE = "駐車場条例\n第一条　この条例は、駐車場の利用について必要な事項を定めるものとする。\n"
KOREAN = "주차장 조례\n제1조 이 조례는 주차장의 이용에 필요한 사항을 정함을 목적으로 한다.\n"
RUSSIAN = "Правила пользования автостоянкой утверждены постановлением правительства.\n"
DECLARED = '<meta charset="{}">'
OTHER_SCRIPTS = [
    (JAPANESE, "shift_jis", "cp932", True, "Japanese of Windows"),
    (JAPANESE, "euc_jp", "euc_jp", True, "Japanese of Unix, which shares its kana with GBK"),
    (JAPANESE, "iso2022_jp", "iso2022_jp", True, "Japanese of mails, in ASCII"),
    (KOREAN, "euc_kr", "cp949", True, "Korean"),
    ("第一条　使用料は次のとおり。", "shift_jis", "cp932", True, "one line of Japanese"),
    ("제1조 목적은 다음과 같다.", "euc_kr", "cp949", True, "one line of Korean"),
    (DECLARED.format("x-sjis") + "駐車場条例", "shift_jis", "cp932", True, "no kana, but declared"),
    (DECLARED.format("windows-1251") + RUSSIAN, "cp1251", "cp1251", True, "Cyrillic, declared"),
    (DECLARED.format("koi8-r") + RUSSIAN, "koi8_r", "koi8-r", True, "Cyrillic of Unix, declared"),
    (DECLARED.format("euc-kr") + TEXT, "gb18030", "gb18030", False, "Chinese under a wrong name"),
    (DECLARED.format("iso-8859-1") + TEXT, "gb18030", "gb18030", False, "Chinese under the name of servers"),
    (DECLARED.format("idna") + "石灰岩", "gb18030", "gb18030", False, "a codec of addresses"),
    (DECLARED.format("unicode-escape") + "石灰岩", "gb18030", "gb18030", False, "a codec that runs escapes"),
    (DECLARED.format("no-such") + "石灰岩", "gb18030", "gb18030", False, "a name that nobody knows"),
    (DECLARED.format("rot13") + TEXT, "gb18030", "gb18030", False, "a codec that is no encoding"),
    (f"{TEXT}\n{TEXT}", "utf-7", "utf-7", False, "Chinese of old mails, in ASCII"),
    ("为了规范停车收费，制定本办法。\n本办法由市政府发布。", "hz", "hz", False, "GB2312 of old mails, in ASCII"),
    ("C++ and 1 +abc- or ~{ in a program", "ascii", "utf-8", False, "their marks in English"),
    ("石灰岩、硫铁矿、钾盐、萤石、滑石、蓝晶石。" * 9, "gb18030", "gb18030", True, "hardly a frequent character: doubtful"),
    ("石灰岩、硫铁矿、钾盐、萤石、滑石、蓝晶石的中。" * 9, "gb18030", "gb18030", False, "two in twenty-two"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written", "encoding", "warned", "reason"), OTHER_SCRIPTS, ids=[row[4] for row in OTHER_SCRIPTS]
)
def test_other_scripts_are_told(text: str, written: str, encoding: str, warned: bool, reason: str) -> None:
    found = decode(text.encode(written))
    assert (found.text, found.encoding) == (text, encoding)
    assert bool(found.warnings) is warned


ERRORS = [
    "403 Forbidden", "404 Not Found", "502 Bad Gateway", "404 - 页面不存在", "404错误", "404", "HTTP Status 404 – Not Found",
    "HTTP 错误 404.0 - Not Found", "Error 503 Backend fetch failed", "504 Gateway Time-out", "抱歉，您访问的页面不存在或已被删除！",
    "对不起，您要查看的内容已被删除", "403 禁止访问", "Error 404 (Not Found)!!1", "状态码：404", "您访问的网页不存在",
]  # fmt: skip
TITLES = [
    "500千伏变电站管理办法", "404号公告", "500 kV输变电工程", "450万元专项资金管理办法", "关于404错误整治的通知", "400电话管理办法",
    "信息公开指南", "文件管理办法", "500强企业奖励办法", "文件已失效的清单", "资源税管理办法", "404 Policy on parking",
]  # fmt: skip


@pytest.mark.parametrize("words", ERRORS)
@pytest.mark.parametrize("page", ["{}\nnginx\n", "<html><title>{0}</title><body><h1>{0}</h1></body></html>"])
def test_the_page_of_an_error_is_refused(words: str, page: str) -> None:
    with pytest.raises(UnreadableInputError, match="page of an error or a wall"):
        extract(page.format(words).encode())


@pytest.mark.parametrize("words", TITLES)
def test_a_title_with_a_number_is_no_error(words: str) -> None:
    assert words in extract(f"{words}\n第一条 为了加强管理，制定本办法。\n".encode()).text


def test_a_long_text_about_an_error_is_read() -> None:
    assert extract(("404 Not Found\n" + "链接打不开的，应当及时更正。\n" * 30).encode()).text


def test_a_cut_character_does_not_turn_utf8_into_gb18030() -> None:
    found = decode((TEXT * 3).encode()[:-1])
    assert (found.encoding, found.replaced) == ("utf-8", 1)
    assert [each.text for each in found.warnings] == ["1 bytes unreadable as utf-8, shown as U+FFFD"]


def test_mixed_encodings_are_read_line_by_line() -> None:
    found = decode(f"{TEXT}\n".encode() + TEXT.encode("gb18030") + b"\n" + TEXT.encode())
    assert found.text.splitlines() == [TEXT] * 3
    assert [each.text for each in found.warnings] == [
        "the file mixes encodings, line by line: utf-8 and gb18030"
    ]


@given(st.text(st.characters(codec="gb18030", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=30))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.binary())
def test_decoding_and_cleaning_never_fail_and_cleaning_is_final(data: bytes) -> None:
    once, _ = clean(decode(data).text)
    assert clean(once) == (once, 0)
    once.encode("utf-8")


CLEANED = [
    ("第一条\r\n第二条\r第三条", "第一条\n第二条\n第三条", 0, "line ends of three systems"),
    ("总\x00则\u200b\ufeff", "总则", 3, "NUL and zero-width characters"),
    ("半\ud800个", "半\ufffd个", 0, "half a surrogate pair cannot be written"),
    ("金额\u202e001\u202c元", "金额001元", 2, "direction marks make a number read backwards"),
    ("甲\u2028乙\x0c丙", "甲\n乙\n丙", 0, "line and page separators"),
]


@pytest.mark.parametrize(("text", "expected", "removed", "reason"), CLEANED, ids=[row[3] for row in CLEANED])
def test_cleaning(text: str, expected: str, removed: int, reason: str) -> None:
    assert clean(text) == (expected, removed)


MARKDOWN = [
    ("# 办法\n\n## 第一章　总则 ##\n", "办法\n\n第一章　总则\n", "headings"),
    ("# 办法\n<!-- 公布\n日期 -->正文", "办法\n正文", "comments over lines"),
    (
        "# 办法\n| 甲 | 乙\\|丙 |\n| --- | :-: |\n| 1 | 二<br>三 |\n",
        "办法\n| 甲 | 乙\\|丙 |\n| 1 | 二<br>三 |\n",
        "tables",
    ),
    (
        "# 办法\n> 印发\n- 其一\n* 其二\n1. 其三\n",
        "办法\n印发\n其一\n其二\n1. 其三\n",
        "quotes and bullets, not numbers",
    ),
    ("# 办法\n**第一条** 见__附件__", "办法\n第一条 见附件", "strong words"),
    ("# 办法\n3*4 与 a_b_c 与 5 > 4", "办法\n3*4 与 a_b_c 与 5 > 4", "signs that mark nothing stay"),
    (
        "# 办法\n收费按 _八元_ 计，（*夜间减半*）。",
        "办法\n收费按 八元 计，（夜间减半）。",
        "words between single marks",
    ),
    ("# 办法\n见 http://a.cn/_b_/c_d_", "办法\n见 http://a.cn/_b_/c_d_", "marks inside an address"),
    ("# 办法\n* 3 与 *4\n", "办法\n3 与 *4\n", "one mark alone"),
    ("# 办法\n1\\. 总则\\*", "办法\n1. 总则*", "escapes"),
    ("# 办法\n---\n***\n正文\n===\n", "办法\n\n\n正文\n\n", "rules"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), MARKDOWN, ids=[row[2] for row in MARKDOWN])
def test_markdown_loses_its_marks_and_no_words(text: str, expected: str, reason: str) -> None:
    found = extract(text.encode())
    assert (found.text, found.extractor) == (expected, "markdown")


def test_markdown_lists_its_links() -> None:
    found = extract("# 办法\n见[附件1](files/a.docx)和![图](x.png)。".encode())
    assert found.links == (("附件1", "files/a.docx"),)
    assert found.text == "办法\n见附件1和。"


def test_plain_text_keeps_every_word() -> None:
    text = "通知\n\n> 上海市静安区人民政府 2021年11月29日\n  * 星号 # 井号\n"
    assert extract(text.encode()).text == text


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(UnreadableInputError, match="save it as UTF-8"):
        extract(TEXT.encode() + b"\xff" * 200, name="坏.txt")


def test_what_the_pdf_and_text_helpers_make_is_read() -> None:
    """The makers of this folder are themselves checked: a broken one would let other tests pass for nothing."""
    assert extract(pdf(text_lines((60, 700, "Hello")))).text == "Hello\n"

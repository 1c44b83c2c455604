"""Broken and hostile files: one clear error or a warning each, in bounded time; nothing fetched, run or written."""

import io
import os
import socket
import stat
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import Limits, dispatch, extract
from policydiff.extract.worker import is_of_program
from tests.extract.made_files import zipped
from tests.extract.small_files import WORD, docx, ofd, ofd_text, paragraph, pdf, text_lines

SLOWEST = 20.0
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def entity(declaration: str, use: str) -> bytes:
    body = f"<!DOCTYPE d [{declaration}]><w:document {WORD}><w:body>{paragraph(use)}</w:body></w:document>"
    return zipped({"word/document.xml": body})


def large_zip() -> bytes:
    """Return a DOCX of two megabytes that unpacks to two gigabytes, without making them: its entries share bytes."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = block.compress(bytes(1 << 24)) + block.flush()
    stream = io.BytesIO()
    names = ["word/document.xml", *(f"word/media/{number}.bin" for number in range(127))]
    central = b""
    for name in names:
        start = stream.tell()
        fields = (zlib.crc32(bytes(1 << 24)), len(squeezed), 1 << 24, len(name), 0)
        stream.write(
            struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *fields) + name.encode() + squeezed
        )
        central += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *fields, 0, 0, 0, 0, start)
        central += name.encode()
    start = stream.tell()
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(names), len(names), len(central), start, 0)
    return stream.getvalue() + central + end


def locked_zip() -> bytes:
    data = bytearray(docx(paragraph("甲")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 1)
    return bytes(data)


def linked_zip() -> bytes:
    """Return a zip whose document is a symbolic link to a file of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        link = zipfile.ZipInfo("word/document.xml")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        container.writestr(link, "/etc/passwd")
    return stream.getvalue()


def crowded_zip(members: int) -> bytes:
    """Return a zip that declares members without end and holds none of them."""
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, *[0] * 7, 1, *[0] * 6) + b"a"
    directory = entry * members
    head = b"PK\x03\x04" + bytes(30)
    end = struct.pack("<4H2IH", 0, 0, 1, 1, len(directory), len(head), 0)
    return head + directory + b"PK\x05\x06" + end


REFUSED = [
    (crowded_zip(400_000), "it is a zip archive", "members that are only declared"),
    (b"", "it is empty", "empty"),
    (b" \n\x00\x00\xef\xbb\xbf", "it is empty", "nothing but blanks and NULs"),
    (docx(paragraph("甲"))[:300], "zip", "a DOCX cut off"),
    (pdf(text_lines((60, 700, "Hello")))[:120], "damaged or cut off|no text|no pages", "a PDF cut off"),
    (b"%PDF-1.7\n" + os.urandom(5000), "damaged or cut off", "a PDF of noise"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 90,
        "could not read it|LibreOffice|antiword",
        "a DOC of noise",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
        "a DOCX with a password",
    ),
    (locked_zip(), "password", "a zip with a password"),
    (large_zip(), "unpacks to 2,147,483,648 bytes, more than the limit", "two gigabytes when unpacked"),
    (
        zipped({f"word/{n}": "" for n in range(10_001)} | {"word/document.xml": "<a/>"}),
        "10,002 members",
        "many members",
    ),
    (
        zipped({"a.zip": zipped({"b.docx": docx(paragraph("甲"))})}),
        "unpack it and give the documents",
        "archives in archives",
    ),
    (
        pdf(text_lines((60, 700, "x")), pages=10_000),
        "10,000 pages, more than the limit of 2,000",
        "ten thousand pages",
    ),
    (
        entity(f'<!ENTITY l0 "ha">{BOMB}', "&l11;"),
        "declares a document type|no well-formed",
        "a billion laughs",
    ),
    (
        entity('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        "declares a document type",
        "an entity of a file",
    ),
    (
        entity('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;', "甲"),
        "declares a document type",
        "an entity of the network",
    ),
    (
        ofd(ofd_text("甲"), **{"Doc_0/Pages/0.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}),
        "not allowed",
        "in an OFD",
    ),
    (linked_zip(), "no well-formed XML", "a symbolic link in a zip"),
    (docx("<w:sdt><w:sdtContent>" * 400), "no well-formed XML", "elements nested and never closed"),
    (
        docx("<w:smartTag>" * 300 + "</w:smartTag>" * 300),
        "no well-formed XML|no text",
        "elements nested deep",
    ),
    (b"{\\rtf1" + b"{" * 200_000, "no text", "groups nested deep"),
    (b"{\\rtf1\\bin2000000000 x}", "no text", "binary data longer than the file"),
    (b"<html>" + b"<b>" * 100_000, "nested more than", "a page nested deep"),
    (bytes(range(256)) * 50, "its format is not known", "noise"),
    (b"<?xml version='1.0'?><office:document/>", "XML of an unknown kind", "another office's XML"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture", "a picture cut off"),
]


@pytest.fixture(autouse=True)
def scratch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Watch the folder for temporary files: nothing may be left in it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("data", "message", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_refused_with_one_clear_sentence(data: bytes, message: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match=message) as caught:
        extract(data, name="件.bin")
    assert str(caught.value).startswith("件.bin: ")
    assert "Traceback" not in str(caught.value)
    assert time.monotonic() - started < SLOWEST


LIMITED = [
    (b"x" * 101, Limits(file_bytes=100), "101 bytes, more than the limit of 100", "size"),
    ("甲".encode() * 50, Limits(text_characters=20), "more than the limit of 20", "text"),
    (
        "甲".encode() * 1_000_000,
        Limits(text_characters=20),
        "more than the limit of 20",
        "text of a worker far beyond the limit",
    ),
    (docx(paragraph("甲" * 900)), Limits(unpacked_bytes=500), "more than the limit of 500", "unpacked"),
    (pdf(text_lines((60, 700, "x")), pages=4), Limits(pages=3), "4 pages, more than the limit of 3", "pages"),
    (docx(paragraph("甲")), Limits(seconds=0.001), "longer than the limit of 0.001 seconds", "time"),
    (
        docx(paragraph("甲")),
        Limits(memory_bytes=20 << 20),
        "memory_bytes",
        "memory",
    ),
]


@pytest.mark.parametrize(("data", "limits", "message", "reason"), LIMITED, ids=[row[3] for row in LIMITED])
def test_limits_are_settings(data: bytes, limits: Limits, message: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=message):
        extract(data, limits=limits)


WORKERS = [
    ("kill -SEGV $$", "the reader crashed \\(SIGSEGV\\)", "a crash"),
    ("echo rubbish", "damaged or hostile", "an answer that is none"),
    ("printf 'page\\npage\\n{'", "ended without|damaged or hostile", "an answer cut off"),
    ("sleep 60", "longer than the limit of 1 seconds", "a hang"),
    ("sleep 60 & sleep 60", "longer than the limit of 1 seconds", "a hang with a child"),
    ("exec cat /dev/zero", "longer than|damaged or hostile|ended without|crashed", "a flood"),
]


@pytest.mark.parametrize(("script", "message", "reason"), WORKERS, ids=[row[2] for row in WORKERS])
def test_a_worker_gone_wrong_is_that_files_error(
    script: str,
    message: str,
    reason: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tmp_path_factory.mktemp("worker") / "python"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(dispatch.sys, "executable", str(program))
    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match=message):
        extract(docx(paragraph("甲")), limits=Limits(seconds=1, text_characters=100_000))
    assert time.monotonic() - started < SLOWEST


def test_an_answer_before_the_question_was_sent_is_that_files_error_too(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits in the pipe of a worker that has ended is not flushed into it, which would be a broken pipe."""
    program = tmp_path_factory.mktemp("worker") / "python"
    program.write_text("#!/bin/sh\necho rubbish\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(dispatch.sys, "executable", str(program))
    monkeypatch.setattr(dispatch, "_send", lambda pipe, question: pipe.write(question[:1000]))
    with pytest.raises(UnreadableInputError, match="damaged or hostile"):
        extract(docx(paragraph("甲")))


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, frames and pictures of a page stay where they are."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    markup = "<html><body><div id=zoom><iframe src=http://127.0.0.1:9></iframe><img src=//127.0.0.1:9/x>正文一段</div></body></html>"
    assert extract(markup.encode()).text == "正文一段\n"


def test_an_attached_file_is_named_and_not_read() -> None:
    body = (
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x"/>'
    )
    found = extract(docx(paragraph("正文") + body))
    assert [each.text for each in found.warnings] == ["not read: a part in another format (altChunk)"]


def test_control_characters_do_not_reach_the_text() -> None:
    found = extract("第一条\x00 甲\x07。".encode())
    assert found.text == "第一条 甲。"
    assert [each.text for each in found.warnings] == ["2 control characters removed"]


LINEAR = [
    (b"<html><body><ol>" + b"<li>a" * 60_000, "items of one list"),
    (b"# a\n" + b"<!--" * 60_000, "comments never closed"),
    (b"# a\n" + b"**a" * 60_000, "strong words never closed"),
    (b"# a\n" + b" " * 400_000 + b"#", "blanks before a sign"),
    (
        b"# a\n\n"
        + b"|".join([b"a"] * 20_000)
        + b"\n"
        + b"|".join([b"-"] * 20_000)
        + b"\n"
        + b"b|c\n" * 20_000,
        "short rows under a head of many cells",
    ),
    (
        b"{\\rtf1 a\\par " + b"\\trowd\\itap9{\\*\\nesttableprops" * 20_000 + b"}",
        "groups of tables never closed",
    ),
]


@pytest.mark.parametrize(("data", "reason"), LINEAR, ids=[row[1] for row in LINEAR])
def test_characters_are_read_in_linear_time(data: bytes, reason: str) -> None:
    started = time.process_time()
    extract(data)
    assert time.process_time() - started < SLOWEST


def test_a_large_page_is_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen million elements in one page would take the caller's memory and time."""
    monkeypatch.setattr(dispatch.sys, "executable", "/bin/false")
    with pytest.raises(UnreadableInputError, match="ended without an answer"):
        extract(b"<html><body>" + b"<p>a" * 300_000)


def test_importing_loads_no_reader() -> None:
    code = (
        "import sys, policydiff.extract\nfrom policydiff.extract import extract\n"
        "heavy = {'pypdfium2', 'lxml', 'selectolax', 'ofdkit', 'striprtf', 'onnxruntime', 'rapidocr', 'numpy', 'docx'}\n"
        "found = heavy & set(sys.modules)\nsys.exit(str(found) if found else 0)"
    )
    import subprocess

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("error", "of_program", "why"),
    [
        (ImportError("no module"), True, "a module that is absent"),
        (ModuleNotFoundError("no module"), True, "the same, as Python names it"),
        (
            SyntaxError("expected ':'", ("/x/docx.py", 210, 1, "", None, None)),
            True,
            "the compiler out of memory",
        ),
        (
            ElementTree.ParseError("no element found"),
            False,
            "XML that is cut off is a wrong syntax of the file",
        ),
        (
            SyntaxError("bad", ("part.xml", 1, 1, "", None, None)),
            False,
            "a library's word for a damaged part",
        ),
        (ValueError("bad"), False, "a library's bug on one file"),
        (RecursionError(), False, "nested without end"),
    ],
)
def test_what_could_not_be_loaded_is_no_damage_of_the_file(
    error: BaseException, of_program: bool, why: str
) -> None:
    """Else a low `memory_bytes` is told as a damaged file, where the modules have not been compiled before."""
    assert is_of_program(error) is of_program, why

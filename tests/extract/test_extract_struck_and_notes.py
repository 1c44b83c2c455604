"""Struck words are left out, counted and shown on request; notes stand at their call. In every format."""

import subprocess
from pathlib import Path

import pytest

from policydiff.extract import extract
from policydiff.model import ClauseKind
from policydiff.parsing import parse_text
from tests.extract.made_files import SOFFICE
from tests.extract.test_extract_word import WORD, docx

OLD, NEW = "收费每小时五元。", "收费每小时八元。"
REST = "为了规范停车收费，制定本办法；各区政府应当认真执行，落实责任。"


def page(content: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><div class=TRS_Editor><p>{REST}</p>{content}</div></body></html>".encode()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def words(*runs: str, styles: str = "") -> bytes:
    members = {"styles": f"<w:styles {WORD}>{styles}</w:styles>"} if styles else {}
    return docx(f"<w:p>{''.join(runs)}</w:p>", **members)


STRUCK_STYLE = "<w:style w:type='character' w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>"
HEIR = STRUCK_STYLE + "<w:style w:type='character' w:styleId='Heir'><w:basedOn w:val='Old'/></w:style>"

STRUCK = [
    (page(f"<p><s>{OLD}</s>{NEW}</p>"), "s"),
    (page(f"<p><del>{OLD}</del><ins>{NEW}</ins></p>"), "del and ins"),
    (page(f"<p><strike>{OLD}</strike>{NEW}</p>"), "strike"),
    (page(f"<p><span style='text-decoration: line-through'>{OLD}</span>{NEW}</p>"), "a style"),
    (
        page(f"<p><span style='text-decoration-line:line-through;color:red'>{OLD}</span>{NEW}</p>"),
        "its long name",
    ),
    (page(f"<p style='TEXT-DECORATION:LINE-THROUGH'>{OLD}</p><p>{NEW}</p>"), "a whole paragraph"),
    (
        page(f"<p><i class=old>{OLD}</i>{NEW}</p>", "<style>.old{text-decoration:line-through}</style>"),
        "a class",
    ),
    (
        page(
            f"<div class=q><p>{OLD}</p></div><p>{NEW}</p>",
            "<style>p.z, .q p {text-decoration: line-through red}</style>",
        ),
        "a selector",
    ),
    (page(f"<table><tr><td>甲<td><s>{OLD}</s>{NEW}</table>"), "in a cell"),
    (words(run(OLD, "<w:strike/>"), run(NEW)), "DOCX, one line"),
    (words(run(OLD, "<w:dstrike/>"), run(NEW)), "DOCX, two lines"),
    (
        words(run(OLD, "<w:strike w:val='true'/><w:b/>"), run(NEW, "<w:strike w:val='0'/>")),
        "DOCX, switched off again",
    ),
    (words(run(OLD, "<w:rStyle w:val='Old'/>"), run(NEW), styles=STRUCK_STYLE), "DOCX, a style"),
    (words(run(OLD, "<w:rStyle w:val='Heir'/>"), run(NEW), styles=HEIR), "DOCX, a style built on one"),
    (f"# 办法\n\n~~{OLD}~~{NEW}\n".encode(), "Markdown"),
    (f"# 办法\n\n<del>{OLD}</del>{NEW}\n".encode(), "Markdown with elements"),
    (
        rb"{\rtf1\ansi\ansicpg936 {\strike "
        + OLD.encode("gbk").hex(" ").encode().replace(b" ", rb"\'").join([rb"\'", b""])
        + rb"}"
        + rb"\'"
        + NEW.encode("gbk").hex(" ").encode().replace(b" ", rb"\'")
        + rb"\par}",
        "RTF, a group",
    ),
    (
        rb"{\rtf1\ansi\ansicpg936 \strike \'"
        + OLD.encode("gbk").hex(" ").encode().replace(b" ", rb"\'")
        + rb"\strike0 \'"
        + NEW.encode("gbk").hex(" ").encode().replace(b" ", rb"\'")
        + rb"\par}",
        "RTF, switched off",
    ),
]


@pytest.mark.parametrize(("data", "reason"), STRUCK, ids=[row[1] for row in STRUCK])
def test_struck_words_are_left_out_and_shown_on_request(data: bytes, reason: str) -> None:
    found = extract(data)
    assert NEW in found.text
    assert OLD not in found.text
    assert [each.text for each in found.left_out if each.kind == "struck"] == [OLD]
    assert any(
        warning.text.startswith("characters struck through and left out: 8;") for warning in found.warnings
    )
    assert OLD in extract(data, revisions="original").text


KEPT = [
    (page(f"<p><u>{OLD}</u></p>"), "underlined"),
    (
        page(
            f"<p style='text-decoration:none'>{OLD}</p>", "<style>.old{text-decoration:line-through}</style>"
        ),
        "a class that nothing has",
    ),
    (words(run(OLD, "<w:strike w:val='false'/>")), "a switch turned off"),
    (f"# 办法\n\n面积约 ~50~ 公顷，{OLD}\n".encode(), "single tildes"),
]


@pytest.mark.parametrize(("data", "reason"), KEPT, ids=[row[1] for row in KEPT])
def test_words_that_only_look_marked_stay(data: bytes, reason: str) -> None:
    found = extract(data)
    assert OLD in found.text
    assert not [each for each in found.left_out if each.kind == "struck"]


NOTES = [
    (
        page(
            "<p>补贴300元<a href='#n1' name='c1'><sup>[1]</sup></a>。</p><p>乙。</p><p id=n1><a href='#c1'>[1]</a> 每月。</p>"
        ),
        "Word's page",
    ),
    (
        page(
            "<p>补贴300元<sup><a class=sdfootnoteanc href='#f1sym' name=f1anc>1</a></sup>。</p><p>乙。</p><div id=f1><p><a name=f1sym href='#f1anc'>1</a>每月。</p></div>"
        ),
        "LibreOffice's page",
    ),
    (
        page(
            "<p>补贴300元<sup id=ref><a href='#cite'>[1]</a></sup>。</p><p>乙。</p><ol><li id=cite><a href='#ref'>^</a> 每月。</li></ol>"
        ),
        "a wiki",
    ),
    ("# 办法\n\n补贴300元[^1]。\n\n乙。\n\n[^1]: 每月。\n".encode(), "Markdown"),
]


@pytest.mark.parametrize(("data", "reason"), NOTES, ids=[row[1] for row in NOTES])
def test_notes_stand_after_the_paragraph_that_calls_them(data: bytes, reason: str) -> None:
    lines = [line for line in extract(data).text.splitlines() if line]
    at = lines.index("补贴300元[^1]。")
    assert lines[at + 1 : at + 3] == ["[^1]: 每月。", "乙。"]


def rtf(text: str) -> str:
    return "".join(
        f"\\u{ord(each) - (65536 if ord(each) > 32767 else 0)}?" if ord(each) > 127 else each for each in text
    )


@pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice, Debian: libreoffice-writer-nogui) is not on the path"
)
def test_what_libreoffice_makes_of_notes_and_struck_words(tmp_path: Path) -> None:
    note = r"{\super\chftn}{\footnote\pard\plain\f0\fs18{\super\chftn} " + rtf("低保家庭每月500元。") + "}"
    lines = [
        rtf("某市补贴办法"),
        rtf("第一条 为了规范补贴，制定本办法。"),
        rtf("第二条 补贴每月300元") + note + rtf("，由区民政局发放。"),
        r"{\strike " + rtf("第三条 旧的条文。") + "}",
        rtf("第三条 本办法自2024年1月1日起施行。"),
    ]
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 Noto Serif CJK SC;}}\f0\fs32 "
    source = tmp_path / "made.rtf"
    source.write_text(head + r"\par ".join([*lines, ""]) + "}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for target in ("pdf", "docx", "html"):
        subprocess.run(
            [
                str(SOFFICE),
                profile,
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(tmp_path),
                str(source),
            ],
            check=True,
            capture_output=True,
        )
    for target in ("rtf", "pdf", "docx", "html"):
        found = extract((tmp_path / f"made.{target}").read_bytes())
        document = parse_text(found.text)
        article = document.find("art_2")
        assert article is not None, target
        assert article.text == "补贴每月300元，由区民政局发放。", target
        assert [(each.kind, each.text) for each in article.children] == [
            (ClauseKind.NOTE, "低保家庭每月500元。")
        ], target
        assert [clause.id for clause in document.clauses] == ["art_1", "art_2", "art_3"], target
        assert sum(each.kind == "struck" for each in found.left_out) == 1, target


@pytest.mark.parametrize(
    ("content", "text", "reason"),
    [
        (r"10{\super 4} m{\super 2}", "10⁴ m²", "a raised digit is a power, and no further digit"),
        (r"10\super 4\nosupersub  m", "10⁴ m", "until the type stands on the line again"),
        (r"10{\super{-3}}", "10⁻³", "a group inside takes it over"),
        (r"5\super 2\plain 3", "5²3", "plain ends it"),
        (r"5{\super 2}{\super0 3}", "5²3", "a zero turns it off"),
        (r"a{\super [1]}", "a[1]", "words and brackets stay as they are"),
        (r"H{\sub 2}O", "H2O", "lowered digits stay digits"),
        (r"10{\super\chftn}{\footnote\pard\plain {\super\chftn} n}", "10[^1]\n[^1]: n", "the mark of a note is a call"),
    ],
)  # fmt: skip
def test_raised_digits_of_rtf(content: str, text: str, reason: str) -> None:
    data = (r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 A;}}\f0\fs32 " + content + r"\par}").encode()
    assert extract(data).text.strip() == text, reason

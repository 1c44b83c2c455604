"""A part of a file that its text lacks is told on top of every result made from it, in its JSON, and by a check."""

import json
from pathlib import Path

import pytest

from policydiff import check, compare, diff, history, read
from policydiff.model import Diagnostic, Document, Severity, WarningKind

_HEAD = "<html><head><meta charset='utf-8'><title>某区补贴办法</title></head><body><div id='zoom'><h1>某区补贴办法</h1>"
_ARTICLES = "".join(
    f"<p>第{number}条　区人民政府应当落实第{number}项补贴，并每年向社会公布一次执行情况。</p>"
    for number in "一二三四五六"
)
_PICTURE = "<p>附表：</p><p><img src='table.png' width='600' height='400'></p>"
_NEXT = "<div class='pages'><a href='page_2.html'>下一页</a></div>"


def _page(folder: Path, name: str, more: str) -> Document:
    file = folder / name
    file.write_text(f"{_HEAD}{_ARTICLES}{more}</div></body></html>", "utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("more", "told", "chinese"),
    [
        (_PICTURE, "pictures that are not read: 1", "1 幅图片未读取"),
        (_NEXT, "the document goes on on another page", "文件在另一页继续"),
    ],
    ids=["a picture", "a next page"],
)
def test_what_was_not_read_stands_above_every_result(
    tmp_path: Path, more: str, told: str, chinese: str
) -> None:
    whole, part = _page(tmp_path, "whole.html", ""), _page(tmp_path, "part.html", more)
    assert whole.reference.unread == ()
    assert any(told in each for each in part.reference.unread)
    for result in (diff(whole, part), diff(part, part), compare(part, whole)):
        assert told in result.to_markdown(lang="en")
        assert chinese in result.to_markdown(lang="zh")
    sides = json.loads(diff(whole, part).to_json())
    assert sides["old"]["unread"] == []
    assert told in sides["new"]["unread"][0]


def test_a_check_does_not_pass_in_silence_on_what_was_not_read(tmp_path: Path) -> None:
    whole, part = _page(tmp_path, "whole.html", ""), _page(tmp_path, "part.html", _PICTURE)
    found = [
        (each.rule.value, each.level.value) for one in check(part, part).checked for each in one.findings
    ]
    assert found == [("unread", "warning")]
    assert [each for one in check(whole, whole).checked for each in one.findings] == []


def test_peers_and_histories_tell_it_too(tmp_path: Path) -> None:
    whole, part = _page(tmp_path, "whole.html", ""), _page(tmp_path, "part.html", _PICTURE)
    for result in (compare(whole, peers=[part]), history(whole, part)):
        assert "pictures that are not read: 1" in result.to_markdown(lang="en")


def test_words_that_may_be_others_than_those_of_the_file_are_doubted(tmp_path: Path) -> None:
    sure = _page(tmp_path, "sure.html", "")
    doubt = Diagnostic(
        severity=Severity.WARNING,
        kind=WarningKind.RECOGNITION,
        message="page 2 was recognised from its picture with confidence 0.61 only: check its text",
    )
    unsure = sure.model_copy(update={"diagnostics": (doubt,)})
    assert unsure.reference.unread == ()
    told = diff(sure, unsure).to_markdown(lang="en")
    assert doubt.message in told
    assert "第 2 页由图片识别" in diff(sure, unsure).to_markdown(lang="zh")


@pytest.mark.parametrize(
    ("picture", "count"),
    [
        ("![补贴标准表](t.png)", 1),
        ("<img src='t.png'> 与 ![图](u.png)", 2),
        ("![图](a.png)\n\n![图](b.png)", 2),
        ("见[附图](t.png)", 0),
        ("!第二段", 0),
    ],
)
def test_pictures_of_a_markdown_file_are_not_read(tmp_path: Path, picture: str, count: int) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"# 某区办法\n\n第一条　区人民政府应当落实补贴。\n\n{picture}\n", "utf-8")
    told = f"pictures that are not read: {count}; text in them is missing"
    assert read(file).reference.unread == (told,) * bool(count)

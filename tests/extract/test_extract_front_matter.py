"""Fields that site generators keep above a Markdown text are what the page says of itself, no words of the text."""

import pytest

import policydiff
from policydiff.extract import extract

FIELDS = '---\ntitle: "某市条例"\ndate: 1982-12-04\ntag: []\n---\n\n# 某市条例\n\n第一条 略。\n'


def test_fields_are_left_out_and_listed() -> None:
    found = extract(FIELDS.encode(), name="act.md")
    assert found.text.split() == ["某市条例", "第一条", "略。"]
    assert [each.kind for each in found.left_out] == ["front matter"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n第一条 略。\n---\n第二条 略。\n",
        "# 某市条例\n---\ntitle: 甲\n---\n",
        "---\ntitle: 甲\n第一条 略。\n",
    ],
    ids=["a rule around words", "below a heading", "never closed"],
)
def test_rules_of_a_text_are_no_fields(text: str) -> None:
    found = extract(text.encode(), name="act.md")
    assert not [each for each in found.left_out if each.kind == "front matter"]
    assert "略" in found.text or "甲" in found.text


@pytest.mark.parametrize(
    ("fields", "title", "number"),
    [
        ("title: 某市停车管理办法\nnumber: 某府发[2021]3号", "某市停车管理办法", "某府发〔2021〕3号"),
        ('title: "某市停车管理办法"\nauthor: 某市人民政府', "某市停车管理办法", None),
        ("标题: 某市停车管理办法\n文号: 某府发（2021）3号", "某市停车管理办法", "某府发〔2021〕3号"),
        ("tags:\n  - a\n  - b\ntitle: '某市停车管理办法'", "某市停车管理办法", None),
    ],
)
def test_fields_tell_title_and_number_where_the_text_does_not(
    fields: str, title: str, number: str | None
) -> None:
    """No name says that it is Markdown, and no heading: the fields themselves do."""
    data = f"---\n{fields}\n---\n第一条 甲应当缴费。\n第二条 乙可以免费。\n".encode()
    for ending in (data, data.replace(b"\n", b"\r\n")):
        document = policydiff.read(ending)
        assert (document.title, document.document_number) == (title, number)
        assert [clause.text for clause in document.clauses] == ["甲应当缴费。", "乙可以免费。"]


def test_the_text_goes_before_its_fields() -> None:
    found = policydiff.read("---\ntitle: 停车办法 - 某网\n---\n# 某市停车管理办法\n\n第一条 甲。\n".encode())
    assert found.title == "某市停车管理办法"


_SAVED = "Title: {title}\n\nURL Source: https://www.x.gov.cn/a.html\n{more}\nMarkdown Content:\n各镇人民政府：\n\n**一、加强领导。**见[附件](a.pdf)。\n"


@pytest.mark.parametrize(
    ("title", "more", "wanted"),
    [
        ("某市关于修缮的通知", "", "某市关于修缮的通知"),
        ("某市关于修缮的通知", "\nPublished Time: 2024-05-06\n", "某市关于修缮的通知"),
        ("某市关于修缮的通知", "\nPublished Time: 2024-05-06\n\nNumber of Pages: 3\n", "某市关于修缮的通知"),
        ("某市关于修缮的通知 - 某市人民政府门户网站", "", "某市关于修缮的通知"),
        ("某市关于修缮的通知_某市人民政府网", "", "某市关于修缮的通知"),
        ("某市关于修缮的通知 | 某平台", "", "某市关于修缮的通知"),
        ("关于2020-2025年规划的通知", "", "关于2020-2025年规划的通知"),
        ("某市科学馆-美术馆管理办法", "", "某市科学馆-美术馆管理办法"),
    ],
)
def test_what_a_service_says_of_a_page_it_saved_is_front_matter(title: str, more: str, wanted: str) -> None:
    found = extract(_SAVED.format(title=title, more=more).encode(), name="page.md")
    assert (found.title, found.text.split()[0]) == (wanted, "各镇人民政府：")
    assert [each.kind for each in found.left_out] == ["front matter"]


def test_a_line_that_begins_with_title_alone_is_text() -> None:
    found = extract("Title: 甲\n\n各镇人民政府：\n\nMarkdown Content: 乙\n".encode(), name="page.md")
    assert found.text.startswith("Title: 甲")

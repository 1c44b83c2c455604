"""Words that the reader leaves out of a text: what only one of two files has is named."""

import pytest

from policydiff import diff, parse
from policydiff.model import LeftOut, LeftOutDiffers
from policydiff.report.catalog import catalog
from policydiff.report.words import notes

TEXT = "某市养老服务办法\n第一条　为了规范养老服务，制定本办法。\n第二条　本办法自2021年5月1日起施行。\n"
HEADER, FOOTER, HIDDEN = ("header", "某市民政局"), ("footer", "内部资料"), ("hidden", "不得收费。")


@pytest.mark.parametrize(
    ("old", "new", "alone", "why"),
    [
        ([], [HIDDEN], ([], ["不得收费。"]), "words that Word does not show"),
        ([HIDDEN], [], (["不得收费。"], []), "the same, gone"),
        ([HIDDEN], [HIDDEN], None, "both have them"),
        ([HEADER], [("header", "某市财政局")], (["某市民政局"], ["某市财政局"]), "another office at the top of the pages"),
        ([HEADER], [], None, "a carrier without headers: a page of the web beside a Word file"),
        ([HEADER], [FOOTER], None, "one has headers, the other footers"),
        ([FOOTER], [("footer", "公开")], (["内部资料"], ["公开"]), "at the bottom"),
        ([HEADER], [("header", "某市 民政局")], None, "spaces are no words"),
        ([("page number", "1")], [("page number", "2")], None, "a number of a page says nothing"),
        ([("struck", "第三条")], [], (["第三条"], []), "struck words"),
        ([], [("comment", "请法制办核对")], ([], ["请法制办核对"]), "a comment"),
        ([("beside", "相关新闻")], [("beside", "热点")], None, "what stands beside the text of a page"),
        ([("header", "")], [HEADER], ([], ["某市民政局"]), "a header without words is one"),
    ],
)  # fmt: skip
def test_words_of_one_file_alone(
    old: list[tuple[str, str]],
    new: list[tuple[str, str]],
    alone: tuple[list[str], list[str]] | None,
    why: str,
) -> None:
    sides = [
        parse(TEXT).model_copy(
            update={"left_out": tuple(LeftOut(kind=kind, text=text) for kind, text in words)}
        )
        for words in (old, new)
    ]
    result = diff(*sides)
    found = [([*fact.old], [*fact.new]) for fact in result.facts if isinstance(fact, LeftOutDiffers)]
    assert found == ([alone] if alone else []), why
    assert not result.differs, "what is left out is in no clause"


def test_report_names_them_in_both_languages() -> None:
    fact = LeftOutDiffers(old=("甲" * 50,), new=("一", "二", "三", "四"))
    english, chinese = (notes([fact], catalog(language)) for language in ("en", "zh"))
    assert english[0].startswith("Left out of the texts and not alike, old: “甲")
    assert "“一”, “二”, “三”, …" in english[0]
    assert "四" not in english[0]
    assert chinese[0].startswith("未计入正文的文字两版不同")
    assert chinese[0].endswith("请人工核对。")

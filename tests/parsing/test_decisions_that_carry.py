"""A decision printed together with the text it amends or approves: the document is the text, the decision carries it."""

from datetime import date

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model import ClauseKind, Document
from policydiff.model.amended import Outcome
from policydiff.parsing import parse_text

_OLD = "某市停车管理办法⏎第一条 停车收费实行政府指导价。⏎第二条 车位不得改作他用。⏎第三条 本办法自公布之日起施行。"
_ORDERS = "一、将第一条修改为：“停车收费实行市场调节价。”⏎二、删去第三条。"
_TITLE = "某市人民政府关于修改《某市停车管理办法》的决定"
_LAST = "本决定自公布之日起施行。《某市停车管理办法》根据本决定作相应修改，重新公布。"
_NEW = "第一条 停车收费实行市场调节价。⏎第二条 车位不得改作他用。"
_NOTE = "（2018年3月1日某市人民政府令第5号公布　根据2022年5月6日《某市人民政府关于修改〈某市停车管理办法〉的决定》修正）"
_NOTICE = "某市人民政府⏎公    告⏎《某市人民政府关于修改〈某市停车管理办法〉的决定》已于2022年5月6日由某市人民政府第三次常务会议通过，现予公布。⏎2022年5月9日"


def _parsed(text: str) -> Document:
    return parse_text(text.replace("⏎", "\n"))


CARRIED = {
    "decision, 附, text": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "附件": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附件：某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "no mark": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "announcement, decision, text": f"{_NOTICE}⏎{_TITLE}⏎某政发〔2022〕7号⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "signed decision": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎某市人民政府⏎2022年5月9日⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "no note of dates": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法⏎{_NEW}",
    "title over two lines": f"某市人民政府关于修改⏎《某市停车管理办法》的决定⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车⏎管理办法⏎{_NOTE}⏎{_NEW}",
    "the year behind the title": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法（2022年修正）⏎{_NOTE}⏎{_NEW}",
    "no marks around the name": f"某市人民政府关于修改某市停车管理办法的决定⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
    "some clauses": f"某市人民政府关于修改《某市停车管理办法》部分条款的决定⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎{_LAST}⏎附：⏎某市停车管理办法⏎{_NOTE}⏎{_NEW}",
}  # fmt: skip


@pytest.mark.parametrize("text", CARRIED.values(), ids=CARRIED.keys())
def test_the_document_is_the_text_that_the_decision_carries(text: str) -> None:
    document = _parsed(text)
    assert document.title is not None
    assert document.title.startswith("某市停车管理办法")
    assert document.carrier is not None
    assert document.carrier.title.startswith("某市人民政府关于修改")
    assert "停车收费实行市场调节价" in document.carrier.text
    assert [(clause.kind, clause.text) for clause in document.clauses] == [
        (ClauseKind.ARTICLE, "停车收费实行市场调节价。"),
        (ClauseKind.ARTICLE, "车位不得改作他用。"),
    ]
    assert document.not_placed == ()


@pytest.mark.parametrize("text", CARRIED.values(), ids=CARRIED.keys())
def test_the_orders_are_still_read(text: str) -> None:
    """From the file as it is and from the document that was parsed of it."""
    old = _parsed(_OLD)
    for decision in (text.replace("⏎", "\n"), _parsed(text)):
        made = apply_amendment(old, decision)
        assert made.outcome is Outcome.COMPLETE, [each.reason for each in made.unapplied]
        assert "第一条\u3000停车收费实行市场调节价。" in made.text
        assert "第三条" not in made.text


def test_the_announcement_and_the_note_give_number_and_days() -> None:
    document = _parsed(CARRIED["announcement, decision, text"])
    assert document.document_number == "某政发〔2022〕7号"
    assert document.issuing_bodies == ("某市人民政府",)
    assert (document.dates.published, document.dates.amended, document.dates.issued) == (
        date(2018, 3, 1),
        date(2022, 5, 6),
        date(2022, 5, 9),
    )


ALONE = {
    "a decision alone": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎本决定自公布之日起施行。",
    "of several texts": f"某市人民政府关于修改《某市停车管理办法》等2件规章的决定⏎一、将《某市停车管理办法》第一条修改为：“停车收费实行市场调节价。”⏎二、删去《某市养犬管理办法》第三条。⏎附：⏎某市停车管理办法⏎{_NEW}⏎附：⏎某市养犬管理办法⏎第一条 养犬应当登记。⏎第二条 甲。",
    "with another text": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎附：⏎某市养犬管理办法⏎第一条 养犬应当登记。⏎第二条 甲。",
    "with a list": f"{_TITLE}⏎现决定对《某市停车管理办法》作如下修改：⏎{_ORDERS}⏎附：修改条款目录⏎第一条、第三条",
}  # fmt: skip


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE.keys())
def test_a_decision_that_carries_no_such_text_is_itself_the_document(text: str) -> None:
    document = _parsed(text)
    assert document.title is not None
    assert document.title.endswith("的决定")
    assert document.carrier is None


def test_a_decision_that_approves_a_text_carries_it() -> None:
    document = _parsed(
        f"某省人民代表大会常务委员会关于批准《某市停车管理条例》的决定⏎某省人民代表大会常务委员会决定：批准《某市停车管理条例》，由某市人民代表大会常务委员会公布施行。⏎"
        f"某市停车管理条例⏎（2022年5月6日某市人民代表大会常务委员会第三次会议通过）⏎{_NEW}"
    )
    assert document.title == "某市停车管理条例"
    assert document.carrier is not None
    assert "批准" in document.carrier.title
    assert len(document.clauses) == 2

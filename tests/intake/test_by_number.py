"""A document is found by its number in every spelling of the table: shown, searched for, compared, cited."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policydiff import DoubtfulIdentityError, NotFoundError, Store
from policydiff.lexicon.document_numbers import number_key
from tests.lexicon.test_document_numbers import NORMAL

NUMBERS = list(dict.fromkeys(normal for _, normal in NORMAL))
KEYS = {number_key(normal): f"n/d{place}" for place, normal in enumerate(NUMBERS)}


def text(place: int, number: str) -> str:
    return f"第{place}号街道停车管理办法\n第一条 本办法适用于第{place}号街道。\n第二条 停车收费按时计算。\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A document for each number of the table, and one that cites three of them in other spellings."""
    place = tmp_path_factory.mktemp("numbers")
    lines = []
    for index, number in enumerate(NUMBERS):
        (place / f"{index}.txt").write_text(text(index, number), encoding="utf-8")
        lines.append(
            f'{{"file": "{index}.txt", "id": "n/d{index}", "title": "第{index}号街道停车管理办法", '
            f'"document_number": "{number}", "issued": "2020-01-01"}}'
        )
    citing = "某市停车管理细则\n第一条 根据《第一号街道停车管理办法》（沪府发[2018]025号）制定本细则。\n第二条 其他事项按照国发〔2019〕第5号执行。\n"
    (place / "citing.txt").write_text(citing, encoding="utf-8")
    lines.append('{"file": "citing.txt", "id": "n/citing", "issued": "2021-01-01"}')
    (place / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Store.init(place / "s") as made:
        summary = made.import_files(place / "all.jsonl")
        assert summary.added == len(lines), (summary.refused, summary.failed, summary.doubtful)
        yield made


def meant(number: str) -> set[str]:
    return {each for key, each in KEYS.items() if key == number_key(number)}


@pytest.mark.parametrize(("printed", "normal"), NORMAL)
def test_every_spelling_names_its_document(store: Store, printed: str, normal: str) -> None:
    del normal
    [document] = meant(printed)
    assert store.name(printed) == f"{document}@2020-01-01"
    assert store.read(f"{printed}@2020-06-01").reference.id == document
    assert store.text(printed).startswith("第")


@pytest.mark.parametrize(("printed", "normal"), NORMAL[::3])
def test_every_spelling_is_searched_for(store: Store, printed: str, normal: str) -> None:
    del normal
    [document] = meant(printed)
    assert store.search(printed).hits[0].document.id == document, (
        "the document comes before those that cite it"
    )
    hits = store.search(f'"{printed}" 按时计算').hits
    assert [hit.document.id for hit in hits] == [document]
    assert "按时计算" in hits[0].text


@pytest.mark.parametrize("asked", ["沪府发〔2018〕25号", "沪府发（2018）25号", "沪府发 [2018] 25 号"])
def test_a_search_finds_who_cites_the_number_in_another_spelling(store: Store, asked: str) -> None:
    hits = store.search(asked).hits
    assert [hit.document.id for hit in hits] == [*meant(asked), "n/citing"]
    start, end = hits[1].spans[-1]
    assert hits[1].text[start:end].endswith("沪府发[2018]025号")


def test_a_number_is_compared_diffed_and_cited(store: Store) -> None:
    assert store.compare("n/citing", "沪府发［2018］25号").superior.id == next(
        iter(meant("沪府发〔2018〕25号"))
    )
    assert store.diff("沪府发[2018]25号", "沪府发〔2018〕25号@2020-01-01").summary.unchanged > 0
    numbers = {each.citation.document_number for each in store.cites("n/citing").citations}
    assert {"沪府发〔2018〕25号", "国发〔2019〕5号"} <= numbers
    assert store.cites("沪府发【2018】25号").citations == ()
    assert store.blame("沪府发(2018)25号")
    assert len(store.log("沪府发(2018)25号").versions) == 1


def test_a_number_that_nothing_bears_is_said(store: Store) -> None:
    with pytest.raises(NotFoundError, match="沪府发〔1999〕3号"):
        store.read("沪府发[1999]3号")


def test_an_order_over_two_documents_asks(tmp_path: Path) -> None:
    with Store.init(tmp_path / "s") as store:
        for name in ("甲", "乙"):
            path = tmp_path / f"{name}.txt"
            path.write_text(f"某国{name}条例\n第一条 {name}应当登记。\n", encoding="utf-8")
            store.add(path, document_number="国务院令第709号", issued="2019-03-02")
        with pytest.raises(DoubtfulIdentityError, match=r"国令第709号 is the number of .*甲.*乙.*name one"):
            store.read("中华人民共和国国务院令（第709号）")
        assert len(store.search("国务院令第709号").hits) == 2


def test_a_number_without_its_body_finds_it_or_asks(tmp_path: Path) -> None:
    with Store.init(tmp_path / "s") as store:
        for number, body in enumerate(("财政部", "海关总署"), 1):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"{body}进口管理规定\n第一条 {body}负责。\n", encoding="utf-8")
            store.add(
                path,
                document_number="公告2021年第3号",
                issuing_bodies=(body,),
                issued="2021-03-02",
                id=f"a/b{number}",
            )
            if number == 1:
                assert store.name("2021年第3号") == "a/b1@2021-03-02"
        with pytest.raises(DoubtfulIdentityError):
            store.name("2021年第3号")
        assert store.name("海关总署公告2021年第3号") == "a/b2@2021-03-02"

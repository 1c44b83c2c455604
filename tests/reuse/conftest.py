"""A store with a state law, a province's and a city's regulation under it, and documents that stand elsewhere."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from policydiff import Store
from policydiff.intake.versions import Given, prepare
from policydiff.store import Store as RecordedStore

FIRST = "养老机构应当建立入院评估制度，对老年人的身心状况进行评估，并根据评估结果确定照料护理等级。"
SECOND = "养老机构应当按照服务协议为老年人提供生活照料、康复护理、精神慰藉、文化娱乐等服务。"
THIRD = "养老机构应当建立老年人信息档案，妥善保存相关原始资料，并保护老年人的个人信息。"
FOREIGN = "渔业船舶进出港口时应当向渔港监督机构报告，并接受其安全检查和登记管理。"


def statute(title: str, body: str, year: int, *articles: str) -> str:
    """Return the text of a statute as it is published."""
    numbers = "一二三四五六七八九十"
    printed = "\n\n".join(f"第{numbers[place]}条　{words}" for place, words in enumerate(articles))
    return f"{title}\n\n（{year}年3月1日{body}通过）\n\n{printed}\n"


TEXTS = {
    "state/law": statute("养老机构管理条例", "国务院", 2013, FIRST, SECOND, THIRD),
    "sh/rules": statute("上海市养老机构条例", "上海市人民代表大会常务委员会", 2015, FIRST, THIRD),
    "zj/rules": statute("浙江省养老机构条例", "浙江省人民代表大会常务委员会", 2014, FIRST, SECOND),
    "hz/rules": statute(
        "杭州市养老机构管理办法",
        "杭州市人民代表大会常务委员会",
        2018,
        SECOND,
        FIRST.replace("照料护理等级", "护理等级"),
    ),
    "state/fish": statute("渔港管理条例", "国务院", 2010, FOREIGN),
    "state/later": statute("养老服务条例", "国务院", 2020, SECOND),
}
PLACES = {
    "state": ("国务院", "000000", "state"),
    "sh": ("上海市人民代表大会常务委员会", "310000", "province"),
    "zj": ("浙江省人民代表大会常务委员会", "330000", "province"),
    "hz": ("杭州市人民代表大会常务委员会", "330100", "prefecture"),
}


def add(store: RecordedStore, name: str, text: str) -> None:
    """Record a text under an id."""
    body, code, level = PLACES[name.split("/", maxsplit=1)[0]]
    given = {"id": name, "issuing_bodies": (body,), "jurisdiction": code, "level": level}
    intake = prepare(
        text.encode(), name="file.txt", today=date(2024, 3, 1), given=Given.model_validate(given)
    )
    store.add(intake.entry)


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hide_settings(monkeypatch, tmp_path)


def hide_settings(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    settings = folder / "gitconfig"
    settings.write_text("[user]\n\tname = 测试\n\temail = test@example.org\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which all texts were recorded once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("recorded")
    with pytest.MonkeyPatch.context() as monkeypatch:
        hide_settings(monkeypatch, folder)
        with RecordedStore.init(folder / "store", clock=lambda: datetime(2024, 3, 1, tzinfo=UTC)) as made:
            for name, text in TEXTS.items():
                add(made, name, text)
    return folder / "store"


@pytest.fixture
def store(recorded: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(recorded, tmp_path / "store")
    with Store.open(tmp_path / "store") as opened:
        yield opened

"""A scratch store and small made documents of the kinds the parser knows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from policydiff.intake.versions import Given, prepare
from policydiff.store import AddOutcome, Store

DIRECTIVE = """\
某市人民政府关于推进养老服务发展的若干意见

某府发〔2018〕25号

各区人民政府，市政府各委、办、局：

为推进本市养老服务发展，现提出如下意见：

一、总体要求

到2020年，全市养老床位达到10万张以上。

二、主要任务

（一）增加服务供给。支持社会力量举办养老机构，每个街道至少建设1家综合服务中心。

（二）加强人才培养。对取得技能等级证书的护理员给予补贴。

某市人民政府
2018年3月1日
"""

LOCAL = """\
某市甲区人民政府关于促进养老服务发展的实施意见

甲府发〔2019〕3号

各街道办事处，区政府各部门：

为贯彻落实《某市人民政府关于推进养老服务发展的若干意见》（某府发〔2018〕25号），现提出如下实施意见：

一、主要任务

（一）增加服务供给。支持社会力量举办养老机构，每个街道建设2家综合服务中心。（责任单位：区民政局）

某市甲区人民政府
2019年5月6日
"""

STATUTE = """\
某市养老服务条例

（{event}）

第一条　为了规范养老服务，制定本条例。

第二条　本条例所称养老服务，是指为老年人提供的服务。

第三条　{third}

第四条　本条例自2016年1月1日起施行。
"""


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = 测试\n\temail = test@example.org\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.init(tmp_path / "store", clock=lambda: datetime(2024, 3, 1, tzinfo=UTC)) as made:
        yield made


def add(store: Store, text: str, name: str = "file.txt", **given: object) -> AddOutcome:
    intake = prepare(text.encode(), name=name, today=date(2024, 3, 1), given=Given.model_validate(given))
    return store.add(intake.entry)

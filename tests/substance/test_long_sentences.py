"""Sentences of hundreds of parts: what a part goes on with is read once for each part, not once for each pair of them."""

import pytest

from policydiff import diff, parse
from policydiff.substance import one_side


@pytest.mark.parametrize(
    ("lead", "part"),
    [
        ("经营者应当", "{n}项材料按时报送"),
        ("主管部门", "第{n}批任务抓紧完成"),
        ("各区可以", "{n}号地块先行启动"),
        ("不得", "占用{n}号绿地"),
        ("市民政局负责", "{n}类救助的审核"),
        ("鼓励企业", "建设{n}个站点"),
        ("原则上", "每年抽查{n}家"),
        ("对下列单位", "{n}号窗口予以公示"),
        ("必须", "备足{n}吨物资"),
        ("由乡镇人民政府", "管护{n}处渠道"),
    ],
)
def test_modals_are_read_once_for_each_part(lead: str, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    plain = one_side.find_modals

    def counted(text: str, *, policy: bool):
        read.append(text)
        return plain(text, policy=policy)

    monkeypatch.setattr(one_side, "find_modals", counted)
    one_side._last_modal.cache_clear()
    old = "，".join(part.format(n=n) for n in range(1, 161))
    new = "，".join(part.format(n=n) for n in range(1, 161) if n % 4)
    diff(parse(f"某市办法\n第一条 {lead}{old}。"), parse(f"某市办法\n第一条 {lead}{new}。"))
    assert len(read) <= 4 * 160

"""What older versions of the program recorded wrongly is named by `status`, and mended without rewriting history.

The store is made by hand, file by file and commit by commit, as the program wrote them before identity was decided by rules:
records without reading rules, names without hashes, commits with plain messages.
"""

import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from policydiff import Store

PARKING = "某市停车管理办法\n某府发〔2020〕1号\n第一条 停车收费实行政府指导价，由区交通委公布。\n第二条 车位不得改作他用。\n某市人民政府\n2020年1月2日\n"
CARE = "某市养老机构管理办法\n某府发〔2021〕7号\n第一条 养老机构应当依法登记并接受民政部门监督。\n第二条 护理员应当持证上岗。\n某市人民政府\n2021年3月4日\n"
NOTICE = "公告\n第一条 自来水厂取水口周围不得倾倒垃圾和污水。\n第二条 违者由水务部门责令改正。\n某市水务局\n2020年5月6日\n"
OTHER_NOTICE = "公告\n第一条 中小学校秋季学期招生报名于七月开始。\n第二条 报名须携带户口簿原件。\n某市教育局\n2020年7月8日\n"
REVISED = "某市停车管理办法（2022年修订）\n某府发〔2022〕3号\n第一条 停车收费实行市场调节价，由经营者公布。\n第二条 车位不得改作他用。\n某市人民政府\n2022年5月6日\n"


class OldStore:
    """A store written by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._git("init", "-q")
        self._write("policydiff.toml", b"spec_version = 1\n")
        self._write(".gitattributes", b"/documents/** -text\n")
        self._commit("Make this folder a policydiff store")

    def _git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", "-C", self.folder, "-c", "user.name=a", "-c", "user.email=a@b", *arguments], check=True
        )

    def _write(self, path: str, content: bytes) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def _commit(self, subject: str) -> None:
        self._git("add", "--all")
        self._git("commit", "-qm", subject)

    def document(self, document_id: str, title: str, number: str | None, issuer: str) -> None:
        identity = {
            "id": document_id,
            "title": title,
            "document_number": number,
            "issuing_bodies": [issuer],
            "drafting_body": None,
            "document_type": None,
            "jurisdiction": None,
            "level": None,
            "relations": [],
        }
        self._write(
            f"documents/{document_id}/document.json", json.dumps(identity, ensure_ascii=False).encode()
        )

    def version(self, document_id: str, name: str, text: str) -> None:
        content = text.encode()
        digest = hashlib.sha256(content).hexdigest()
        record = {
            "version": name,
            "issued": name[:10],
            "source_sha256": digest,
            "text_sha256": digest,
            "source_name": "source.txt",
            "media_type": "text/plain",
            "extractor": "text",
            "extractor_version": "1",
            "recorded_at": subprocess.run(
                ["date", "-u", "+%Y-%m-%dT%H:%M:%SZ"], check=True, capture_output=True, text=True
            ).stdout.strip(),
        }
        for file, data in (
            ("source.txt", content),
            ("text.txt", content),
            ("version.json", json.dumps(record).encode()),
        ):
            self._write(f"documents/{document_id}/{name}/{file}", data)
        self._commit(f"Revise {document_id}@{name}")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    store = OldStore(tmp_path / "old")
    store.document("city/fused", "某市停车管理办法", "某府发〔2020〕1号", "某市人民政府")
    store.version("city/fused", "2020-01-02", PARKING)
    store.version("city/fused", "2021-03-04", CARE)
    store.document("city/notices", "公告", None, "某市水务局")
    store.version("city/notices", "2020-05-06", NOTICE)
    store.version("city/notices", "2020-07-08", OTHER_NOTICE)
    store.document("city/revised", "某市停车管理办法", "某府发〔2020〕1号", "某市人民政府")
    store.version("city/revised", "2020-01-02", PARKING.replace("公布", "公示"))
    store.version("city/revised", "2022-05-06", REVISED)
    return store.folder


def policydiff(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "policydiff", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C.UTF-8"}
    )


def test_status_names_both_faults(old: Path) -> None:
    with Store.open(old) as store:
        assert [fault.message for fault in store.recorded.verify()] == []
        standing = store.status()
        assert [(each.ids, each.reason) for each in standing.alike] == [
            (("city/fused", "city/revised"), "they bear one document number")
        ]
        found = {each.id: each for each in standing.fused}
        assert set(found) == {"city/fused", "city/notices"}, (
            "a revision under a new number belongs to its document"
        )
        fused = found["city/fused"]
        assert (fused.versions, fused.document_number) == (("2021-03-04",), "某府发〔2021〕7号")
        assert "某府发〔2020〕1号" in fused.reason
        assert "某府发〔2021〕7号" in fused.reason
        assert found["city/notices"].reason == "their texts have no clause in common"


def test_the_command_that_status_names_parts_them(old: Path) -> None:
    before = subprocess.run(
        ["git", "-C", old, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with Store.open(old) as store:
        commands = [each.command for each in store.status().fused]
    for command in commands:
        done = policydiff(*shlex.split(command)[1:], "--store", str(old))
        assert done.returncode == 0, done.stderr
    with Store.open(old) as store:
        assert store.status().fused == ()
        assert [fault.message for fault in store.recorded.verify()] == []
        held = {each.id: each for each in store.recorded.documents()}
        care = next(each for each in held.values() if each.document_number == "某府发〔2021〕7号")
        assert care.title == "某市养老机构管理办法"
        assert "护理员" in store.text(care.id)
        assert [each.version for each in store.recorded.versions("city/fused")] == ["2020-01-02"]
    kept = subprocess.run(["git", "-C", old, "merge-base", "--is-ancestor", before, "HEAD"], check=False)
    assert kept.returncode == 0, "the history was not rewritten"


def test_the_command_line_says_so(old: Path) -> None:
    done = policydiff("status", "--store", str(old), "--json")
    assert done.returncode == 0, done.stderr
    assert "city/fused holds versions of another document" in done.stderr
    told = json.loads(done.stdout)
    assert len(told["fused"]) == 2
    assert all(each["command"].startswith("policydiff separate ") for each in told["fused"])


def test_an_old_store_takes_what_is_new(old: Path, tmp_path: Path) -> None:
    """Its versions are found again by the same bytes, and its plain names stay."""
    path = tmp_path / "a.txt"
    path.write_text(PARKING, encoding="utf-8")
    with Store.open(old) as store:
        report = store.add(path, id="city/fused")
        assert report.files[0].outcome is not None
        assert report.files[0].outcome.status.value == "unchanged"
        assert store.name("city/fused@2020-01-02") == "city/fused@2020-01-02"


def test_versions_that_were_rewritten_stay_one_document(tmp_path: Path) -> None:
    """A tenth of the runs of words in common is an edit, however thorough; nothing in common is none."""
    rest = "".join(f"第{n}条 {'甲乙丙丁戊己庚辛壬癸'[n % 10] * 12}应当备案。\n" for n in range(3, 12))
    store = OldStore(tmp_path / "s")
    store.document("a/b", "某规定", None, "某局")
    store.version(
        "a/b",
        "2020-01-02",
        "某规定\n第一条 单位应当每年向主管部门报送资料和说明。\n第二条 逾期未报送的责令限期改正。\n" + rest,
    )
    store.version(
        "a/b",
        "2021-01-02",
        "某规定\n第一条 单位应当每年向主管部门报送资料和说明。\n"
        + rest.translate(str.maketrans("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉")),
    )
    with Store.open(store.folder) as opened:
        assert opened.status().fused == ()


@pytest.mark.parametrize(
    ("rule", "told", "why"),
    [
        (
            "第一条 为了规范停车，制定本办法。\n第二条 每小时收费15元。\n第三条 自2025年3月1日起施行。\n",
            False,
            "one short article is the same",
        ),
        (
            "第一条 为了规范养犬，制定本办法。\n第二条 每只犬收费300元。\n第三条 自2025年3月1日起施行。\n",
            True,
            "no article is the same",
        ),
    ],
)
def test_versions_of_a_very_short_text_are_one_document(
    tmp_path: Path, rule: str, told: bool, why: str
) -> None:
    first = "某市停车管理办法\n第一条 为了规范停车，制定本办法。\n第二条 每小时收费10元。\n第三条 自2024年1月1日起施行。\n"
    old = OldStore(tmp_path / "store")
    old.document("city/parking", "某市停车管理办法", None, "某市人民政府")
    old.version("city/parking", "2024-01-01", first)
    old.version("city/parking", "2025-03-01", "某市停车管理办法\n" + rule)
    with Store.open(old.folder) as store:
        assert bool(store.status().fused) is told, why

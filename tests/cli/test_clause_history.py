"""`diff` of more than two versions: the history of each clause."""

import json

import jsonschema
import pytest

from policydiff.lexicon.numerals import to_chinese

TITLE = "某市收费管理办法"
FEES = "收费项目由市价格主管部门制定，并向社会公布。"
PERMIT = "从事经营活动应当申请许可证，许可证有效期为三年。"
REPORT = "发现安全隐患的，应当在二十四小时内向公安机关报告。"
TRAINING = "经营者应当每年组织从业人员参加职业技能培训。"


def law(*articles: str) -> str:
    lines = [f"第{to_chinese(number)}条　{text}" for number, text in enumerate(articles, start=1)]
    return "\n".join([TITLE, *lines]) + "\n"


VERSIONS = {
    "2015-01-01": law(FEES, PERMIT, REPORT),
    "2018-01-01": law(FEES, TRAINING, PERMIT, REPORT),
    "2021-01-01": law(TRAINING, PERMIT.replace("三年", "五年"), REPORT),
}


@pytest.fixture
def store(run, tmp_path):
    """Three versions in a store and as files."""
    assert run("init", "store").returncode == 0
    for day, text in VERSIONS.items():
        (tmp_path / f"{day}.txt").write_text(text, "utf-8")
        done = run("add", f"{day}.txt", "--store", "store", "--id", "city/fees", "--issued", day)
        assert done.returncode == 0, done.stderr
    return ("--store", "store")


def test_one_id_stands_for_all_its_versions(run, store) -> None:
    done = run("diff", "city/fees", *store, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(run("schema", "history").stdout))
    assert [version["version"] for version in found["versions"]] == list(VERSIONS)
    permit = next(line for line in found["clauses"] if line["key"] == "2015-01-01:art_2")
    assert [seen["unit"]["label"] for seen in permit["appearances"]] == ["第二条", "第三条", "第二条"]
    assert [seen["kind"] for seen in permit["appearances"]] == ["added", "unchanged", "modified"]


def test_versions_later_than_the_one_named_are_left_out(run, store) -> None:
    found = json.loads(run("diff", "city/fees@2018-06-01", *store, "--json").stdout)
    assert [version["version"] for version in found["versions"]] == ["2015-01-01", "2018-01-01"]


def test_one_clause_in_both_languages(run, store) -> None:
    for lang, modified in (("zh", "修改"), ("en", "modified")):
        done = run("diff", "city/fees", "--clause", "第二条", *store, "--lang", lang, "-f", "csv")
        assert done.returncode == 0, done.stderr
        rows = done.stdout.decode("utf-8-sig").splitlines()[1:]
        assert rows[0].startswith("第二条,2018-01-01,,")
        assert "第二条 → 第三条" in rows[0]
        assert any(f'"{modified}' in row for row in rows)
        assert all("公安机关" not in row for row in rows)


def test_files_in_the_order_given(run, store) -> None:
    done = run("diff", *(f"{day}.txt" for day in VERSIONS), "--json", "--exit-code")
    assert done.returncode == 1, done.stderr
    assert [version["file"] for version in json.loads(done.stdout)["versions"]] == [
        f"{day}.txt" for day in VERSIONS
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("diff", "2015-01-01.txt"), 2, "name a second one"),
        (("diff", "2015-01-01.txt", "2018-01-01.txt", "--clause", "第一条"), 2, "--clause"),
        (("diff", "city/fees", "--store", "store", "--clause", "第九条"), 11, "第九条"),
        (("diff", "city/other", "--store", "store"), 11, "city/other"),
    ],
)
def test_what_has_no_history_is_said(run, store, arguments, code, said) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr.decode()

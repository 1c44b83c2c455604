"""Stores in scratch folders, a clock that never moves by itself, and git without the machine's own settings."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store


class Clock:
    """Gives the same time until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **step: int) -> None:
        self.now += timedelta(**step)


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Hide the user's own git settings; return the file that stands for them."""
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[user]\n\tname = 测试\n\temail = test@example.org\n[init]\n\tdefaultBranch = main\n", "utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return settings


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store.init(tmp_path / "store", clock=clock) as made:
        yield made


def entry(
    document_id: str = "shanghai/jingan/plan",
    text: str = "第一条　正文。\n",
    issued: str | None = "2021-11-29",
    **fields: object,
) -> NewVersion:
    """Return a text to record; `issued` None needs `seen`."""
    values: dict[str, object] = {
        "identity": DocumentIdentity(id=document_id, title=f"关于{document_id}的意见"),
        "source": f"<p>{text}</p>".encode(),
        "text": text,
        "issued": None if issued is None else date.fromisoformat(issued),
        "media_type": "text/html",
        "extension": "html",
        "extractor": "html",
        "extractor_version": "1",
        **fields,
    }
    return NewVersion.model_validate(values)


Git = Callable[..., str]


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as a user would, and return what it printed."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()

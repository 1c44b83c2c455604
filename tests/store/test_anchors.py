"""A signed tag as anchor: good by the signer that is asked for, and nothing else is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from policydiff.store import NewVersion, Store
from policydiff.store.faults import FaultKind

from .conftest import entry

pytestmark = pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two signers, by mail address and fingerprint; the variable that names their ring."""
    home = tmp_path_factory.mktemp("gnupg")
    home.chmod(0o700)
    environment = {**os.environ, "GNUPGHOME": str(home)}
    for name in ("one", "two"):
        subprocess.run(
            ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", f"{name}@example.org", "ed25519"],
            env=environment, check=True, capture_output=True,
        )  # fmt: skip
    listed = subprocess.run(
        ["gpg", "--batch", "--with-colons", "--list-keys"], env=environment, check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    prints = [line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr")]
    return {"GNUPGHOME": str(home), "one": prints[0], "two": prints[1]}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def place(tmp_path: Path, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GNUPGHOME", keys["GNUPGHOME"])
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "one")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "one@example.org")
    folder = tmp_path / "store"
    with Store.init(folder) as store:
        store.add(first := entry_of("某市办法\n第一条 给予30万元补助。\n"))
        assert first.identity.id == "city/health"
    return folder


def entry_of(text: str) -> NewVersion:
    return entry("city/health", text)


def kinds(folder: Path, anchor: str, *signed_by: str) -> list[FaultKind]:
    with Store.open(folder) as store:
        return [fault.kind for fault in store.verify(anchor=anchor, signed_by=signed_by)]


def test_a_tag_signed_by_the_signer_is_an_anchor(place: Path, keys: dict[str, str]) -> None:
    git(place, "-c", f"user.signingkey={keys['one']}", "tag", "-s", "-m", "kept", "kept")
    assert kinds(place, "kept") == []


def test_a_tag_of_another_hand_is_none(place: Path, keys: dict[str, str]) -> None:
    git(place, "-c", f"user.signingkey={keys['two']}", "tag", "-s", "-m", "kept", "kept")
    found = kinds(place, "kept", keys["one"])
    assert FaultKind.UNSIGNED in found


def test_a_tag_without_signature_is_named(place: Path) -> None:
    git(place, "tag", "-a", "-m", "kept", "kept")
    assert kinds(place, "kept") == [FaultKind.UNSIGNED]


def test_a_signed_tag_whose_words_were_changed_is_named(place: Path, keys: dict[str, str]) -> None:
    git(place, "-c", f"user.signingkey={keys['one']}", "tag", "-s", "-m", "kept", "kept")
    data = git(place, "cat-file", "tag", "kept").replace("\n\nkept\n", "\n\nlost\n")
    forged = subprocess.run(
        ["git", "hash-object", "-t", "tag", "-w", "--stdin"], cwd=place, input=data + "\n", check=True, capture_output=True, text=True
    ).stdout.strip()  # fmt: skip
    git(place, "update-ref", "refs/tags/kept", forged)
    assert kinds(place, "kept") == [FaultKind.UNSIGNED]


def test_a_history_that_left_the_anchor_behind_is_named(place: Path, keys: dict[str, str]) -> None:
    with Store.open(place) as store:
        store.add(entry_of("某市办法\n第一条 给予50万元补助。\n"))
    git(place, "-c", f"user.signingkey={keys['one']}", "tag", "-s", "-m", "kept", "kept")
    git(place, "reset", "-q", "--hard", "HEAD~1")
    assert FaultKind.REWRITTEN in kinds(place, "kept")

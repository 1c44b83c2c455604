"""Anchors kept outside a store: a signed tag, and a time stamp of an authority."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from policydiff.errors import UsageError
from policydiff.store import FaultKind, NewVersion, Store

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


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of time stamps: its root, its certificate and its key, made by openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\nsigner_digest = sha256\n"
        "default_policy = 1.2.3.4\ndigests = sha256, sha512\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
        "ess_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        "[ext]\nextendedKeyUsage = critical, timeStamping\nkeyUsage = critical, digitalSignature\n"
        "[root]\nbasicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign\nsubjectKeyIdentifier = hash\n"
    )
    for name in ("root", "other"):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30", "-subj", f"/CN={name}", "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip
    openssl(
        folder,
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=stamps",
    )
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-out", "tsa.pem", "-days", "30", "-extfile", "tsa.cnf", "-extensions", "ext")  # fmt: skip
    return folder


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def stamp(authority: Path, commit: str, *, line_end: str = "") -> str:
    (authority / "id").write_text(commit + line_end)
    openssl(authority, "ts", "-query", "-data", "id", "-sha256", "-cert", "-out", "q.tsq")
    openssl(authority, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "a.tsr")
    return str(authority / "a.tsr")


def faults(folder: Path, anchor: str, root: Path | None) -> list[FaultKind]:
    pytest.importorskip("rfc3161_client")
    with Store.open(folder) as store:
        return [fault.kind for fault in store.verify(anchor=anchor, authority=root)]


@pytest.mark.parametrize("line_end", ["", "\n"])
def test_a_time_stamp_of_a_commit_is_an_anchor(place: Path, authority: Path, line_end: str) -> None:
    file = stamp(authority, git(place, "rev-parse", "HEAD"), line_end=line_end)
    assert faults(place, file, authority / "root.pem") == []


def test_a_time_stamp_by_another_authority_is_named(place: Path, authority: Path) -> None:
    file = stamp(authority, git(place, "rev-parse", "HEAD"))
    assert faults(place, file, authority / "other.pem") == [FaultKind.UNSIGNED]


def test_a_time_stamp_of_what_is_gone_is_named(place: Path, authority: Path) -> None:
    with Store.open(place) as store:
        store.add(entry_of("某市办法\n第一条 给予50万元补助。\n"))
    file = stamp(authority, git(place, "rev-parse", "HEAD"))
    assert faults(place, file, authority / "root.pem") == []
    git(place, "reset", "-q", "--hard", "HEAD~1")
    assert FaultKind.REWRITTEN in faults(place, file, authority / "root.pem")


def test_a_damaged_time_stamp_and_an_unnamed_authority_are_refused(place: Path, authority: Path) -> None:
    file = stamp(authority, git(place, "rev-parse", "HEAD"))
    with pytest.raises(UsageError, match="--authority"):
        faults(place, file, None)
    data = Path(file).read_bytes()
    (authority / "cut.tsr").write_bytes(data[: len(data) // 2])
    with pytest.raises(UsageError, match="cannot be read"):
        faults(place, str(authority / "cut.tsr"), authority / "root.pem")
    forged = bytearray(data)
    forged[-20] ^= 1
    (authority / "forged.tsr").write_bytes(forged)
    assert faults(place, str(authority / "forged.tsr"), authority / "root.pem") == [FaultKind.UNSIGNED]

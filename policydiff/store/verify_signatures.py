"""Whether every commit that touched a document bears a good signature of a given signer."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from policydiff.store import history
from policydiff.store.faults import Fault, FaultKind
from policydiff.store.git import Repository

_FORMAT = "%H%x1f%G?%x1f%GF%x1f%GP%x1f%GK%x1f%GS"
_GOOD = {"G", "U"}
"""Good, and good by a key whose owner the local keyring does not vouch for: the caller names the key."""
_SSH_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-\S+ \S+")
_JUDGES = {
    "gpg.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.allowedSignersFile": os.devnull,
    "gpg.ssh.revocationFile": "",
    "gpg.minTrustLevel": "undefined",
}
"""What decides about a signature, and what it is where the user's own settings say nothing."""
_MAIL = re.compile(r"<([^<>]+)>")


def check_signatures(
    repository: Repository, head: str, path: str, signed_by: Sequence[str]
) -> Iterator[Fault]:
    """Name each commit that is not signed by one of `signed_by`.

    Args:
        repository: Where the store lies.
        head: Where to start.
        path: What the commits touch, relative to the store.
        signed_by: Key fingerprints, mail addresses or principals, or whole ssh public keys.
    """
    oids = history.commits(repository, head, path, everything=True)
    with _judging(repository, signed_by) as (settings, wanted):
        for start in range(0, len(oids), 1000):
            part = oids[start : start + 1000]
            answer = repository.run(
                *settings, "log", "--no-walk=unsorted", "--stdin", f"--format={_FORMAT}",
                data="\n".join([*part, ""]).encode("ascii"),
            ).output  # fmt: skip
            yield from _judge(answer.decode("utf-8", "replace"), wanted, ", ".join(map(_name, signed_by)))


def tag_fault(repository: Repository, name: str, data: bytes, signed_by: Sequence[str]) -> Fault | None:
    """Return what is wrong with the signature of a tag, None where it is good and by one of the signers asked for."""
    if b"-----BEGIN " not in data:
        return Fault(kind=FaultKind.UNSIGNED, message=f"the tag {name} bears no signature")
    with _judging(repository, signed_by) as (settings, wanted):
        judged = repository.run(*settings, "verify-tag", "--raw", "--", name, check=False)
        told = f"{judged.output.decode('utf-8', 'replace')}\n{judged.error}"
    by_wanted = not wanted or any(signer in told or signer in told.lower() for signer in wanted)
    if judged.status or not by_wanted:
        signers = f" by {', '.join(map(_name, signed_by))}" if signed_by else ""
        return Fault(kind=FaultKind.UNSIGNED, message=f"the tag {name} bears no good signature{signers}")
    return None


@contextmanager
def _judging(repository: Repository, signed_by: Sequence[str]) -> Iterator[tuple[list[str], set[str]]]:
    """Yield the options under which git judges signatures, and the signers asked for as git names them."""
    wanted = {_plain(signer) for signer in signed_by}
    keys = [match[0] for match in map(_SSH_KEY.match, signed_by) if match]
    settings = _judges(repository)
    with tempfile.TemporaryDirectory(prefix="policydiff-") as folder:
        if keys:
            allowed = Path(folder) / "allowed_signers"
            allowed.write_text("".join(f"policydiff {key}\n" for key in keys), "utf-8")
            settings += ["-c", f"gpg.ssh.allowedSignersFile={allowed}"]
            wanted.add("policydiff")
        yield settings, wanted


def _judges(repository: Repository) -> list[str]:
    """Return the options under which the user's own programs and lists judge signatures, not those the store names."""
    options = []
    for name, usual in _JUDGES.items():
        own = repository.own_setting(name)
        options += ["-c", f"{name}={usual if own is None else own}"]
        if name == "gpg.program":  # the same setting has two names
            openpgp = repository.own_setting("gpg.openpgp.program")
            options += ["-c", f"gpg.openpgp.program={openpgp or own or usual}"]
    return options


def _judge(answer: str, wanted: set[str], signers: str) -> Iterator[Fault]:
    for line in answer.splitlines():
        commit, state, *identities = line.split("\x1f")
        mails = [mail for identity in identities for mail in _MAIL.findall(identity)]
        if state not in _GOOD or not wanted & {_plain(each) for each in (*identities, *mails)}:
            what = "bears no signature" if state == "N" else "bears no good signature"
            yield Fault(
                kind=FaultKind.UNSIGNED, commit=commit, message=f"commit {commit[:12]} {what} by {signers}"
            )


def _plain(signer: str) -> str:
    """Return a fingerprint or address for comparison; ssh fingerprints are case-sensitive."""
    return signer if signer.startswith("SHA256:") else signer.replace(" ", "").lower()


def _name(signer: str) -> str:
    return Path(signer).name if _SSH_KEY.match(signer) is None else signer[:40] + "…"

"""A time stamp as anchor (RFC 3161): which commit of the history an authority saw, and when. Read offline (extra `[timestamps]`).

What is stamped is the whole id of a commit, as `git rev-parse HEAD` prints it: the id stands for the commit's whole history.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from policydiff.errors import UsageError
from policydiff.store.faults import Fault, FaultKind

ENDING = ".tsr"
"""Name ending of an authority's answer, as `openssl ts` and `curl` examples write it."""
_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_MOST_BYTES = 1024 * 1024
"""Size of an answer with the certificates of its authority; they take some kilobytes."""


class Stamped(NamedTuple):
    """What an authority's answer stands for."""

    commit: str
    at: datetime


def read_timestamp(file: Path, authority: Path | None, commits: Iterable[str]) -> Stamped | Fault:
    """Return the commit that was stamped and when, or what is wrong with the stamp.

    Args:
        file: The authority's answer, in DER.
        authority: Certificates of authorities that are believed, in PEM; others in the answer must lead up to one.
        commits: Whole ids of the commits of the history.

    Raises:
        UsageError: if no authority is named, a file cannot be read, or the extra is not installed.
    """
    if authority is None:
        raise UsageError(
            f"{file} is a time stamp: name the certificate of the authority that you believe by --authority"
        )
    try:
        import rfc3161_client as rfc3161  # noqa: PLC0415 (an extra)
        from cryptography import x509  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("time stamps need an extra: pip install 'policydiff[timestamps]'") from error
    try:
        answer: Any = rfc3161.decode_timestamp_response(_content(file))
        roots = x509.load_pem_x509_certificates(_content(authority))
    except ValueError as error:
        raise UsageError(f"{file} or {authority} cannot be read: {error}") from error
    imprint = answer.tst_info.message_imprint
    name = _ALGORITHMS.get(imprint.hash_algorithm.dotted_string)
    if name is None:
        raise UsageError(
            f"{file} stamps a hash that is not held against: {imprint.hash_algorithm.dotted_string}"
        )
    verifier: Any = rfc3161.VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify(answer, imprint.message)
    except rfc3161.VerificationError as error:
        return Fault(
            kind=FaultKind.UNSIGNED, message=f"{file} bears no good signature of the authority: {error}"
        )
    for commit in commits:
        for words in (commit, f"{commit}\n"):
            if hashlib.new(name, words.encode("ascii")).digest() == imprint.message:
                return Stamped(commit, answer.tst_info.gen_time)
    return Fault(
        kind=FaultKind.REWRITTEN, message=f"{file} stamps no commit of the history: what it stood for is gone"
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is no time stamp and no certificate: it is too large")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error

"""Every error that policydiff raises on purpose, each with the exit code of the command line.

Types and attributes are public API, messages are not. A message is one clear sentence: the fault, its place, and
the remedy. Doubt about a document is never an exception: it is a `Diagnostic` in the result.
"""

import errno
import re
from typing import ClassVar

_ADDRESS = re.compile(r"\b([a-zA-Z][a-zA-Z0-9+.-]{0,30}://)([^\s'\"<>，。；）]+)")
_LOGIN = re.compile(r"\A[^/?#]*@")
_FIELD = re.compile(r"(?<=[?&;#])([^=&;#]{1,60})=[^&;#]+")
_ESCAPED = re.compile("%([0-9a-fA-F]{2})")
_MASK = "***"
_SECRETS = frozenset(
    {
        "apikey", "accesskey", "appsecret", "apisecret", "auth", "authorization", "clientsecret", "jwt", "passwd", "password", "privatekey", "pwd", "secret",
        "secretkey", "sig", "signature", "xamzcredential", "xamzsignature",
    }
)  # fmt: skip
"""Names of fields of an address whose values let in whoever knows them, without hyphens; so does every name that ends in `token`.

Not `key`, `sign`, `code`, `session`: addresses of public pages bear them for other things.
"""


def is_secret(name: str) -> bool:
    """Return whether the name of a field of an address is that of a key or password."""
    bare = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name).lower().replace("-", "").replace("_", "")
    return bare in _SECRETS or bare.endswith("token")


def without_secrets(text: str, masked: str = _MASK) -> str:
    """Return a text in which no address holds a login, a key or a password.

    Examples:
        >>> without_secrets("https://me:pw@a.cn/x?id=1&access_token=t is gone")
        'https://***@a.cn/x?id=1&access_token=*** is gone'
    """

    def told(match: re.Match[str]) -> str:
        rest = _LOGIN.sub(f"{masked}@" if masked else "", match[2], count=1)
        return match[1] + _FIELD.sub(
            lambda field: f"{field[1]}={masked}" if is_secret(field[1]) else field[0], rest
        )

    return _ADDRESS.sub(told, text) if "://" in text else text


class PolicydiffError(Exception):
    """Root of all errors raised on purpose; none repeats a secret that stands in an address."""

    exit_code: ClassVar[int] = 2
    """Exit code of the command line: 2 usage, 10 unreadable input, 11 not found, 12 damaged store,
    13 some sources failed, 14 write conflict, 15 doubtful identity,
    16 refused amendment, 17 no redline could be made and proved,
    18 the disk is full, 19 the workers of a long run were lost."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*(without_secrets(each) if isinstance(each, str) else each for each in arguments))


class UsageError(PolicydiffError):
    """Options or arguments that contradict each other or do not fit the document."""


class AmendmentRefusedError(UsageError):
    """No order of the amendment was carried out: it amends another text, or no order fits the given text."""

    exit_code = 16


class InvalidIdentifierError(UsageError, ValueError):
    """A document id, version, date or document number that is not well formed."""


class InvalidLimitError(UsageError, ValueError):
    """A limit on what is read that is no number, or out of its range."""


class UnreadableInputError(PolicydiffError):
    """Bytes that hold no readable text: missing, empty, damaged, encrypted or of an unsupported format."""

    exit_code = 10


class LayoutChangedError(UnreadableInputError):
    """A page on which the selectors of its source find nothing any more."""


class DoubtfulIdentityError(PolicydiffError):
    """A text of which the rules of identity cannot say whether it is a version of a document of the store."""

    exit_code = 15


class NotFoundError(PolicydiffError, LookupError):
    """No such document, version, clause or store."""

    exit_code = 11


class DamagedStoreError(PolicydiffError):
    """A store whose files or history contradict what was recorded."""

    exit_code = 12


class DiskFullError(PolicydiffError):
    """No room is left on the disk; what was recorded before is safe, and the same command may be run again."""

    exit_code = 18


class WorkersLostError(PolicydiffError):
    """Workers died again and again over the same tasks; what was done is kept, and the command may be run again."""

    exit_code = 19


class SourcesFailedError(PolicydiffError):
    """Some watched sources could not be read; what was read is kept."""

    exit_code = 13


class WriteConflictError(PolicydiffError):
    """Another writer was faster, or the id belongs to a different document."""

    exit_code = 14


FULL_DISK = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Numbers of the system's errors that say that no room is left."""


def is_of_the_machine(error: BaseException) -> bool:
    """Say whether an error means that the store or its disk cannot be used, whatever is asked of them: no document or page is at fault."""
    if isinstance(error, OSError):
        return error.errno in FULL_DISK | {errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
    return isinstance(error, (DamagedStoreError, WriteConflictError, DiskFullError))


def cannot_write(place: object, error: Exception) -> PolicydiffError:
    """Return the refusal for a place that cannot be written; the place is empty where the system does not name it."""
    if getattr(error, "errno", None) in FULL_DISK or "disk is full" in str(error):  # as SQLite has it
        where = f" ({place})" if place else ""
        return DiskFullError(
            f"the disk is full{where}: make room and run the same command again; what was recorded is safe"
        )
    return UsageError(f"cannot write {place}: {getattr(error, 'strerror', None) or error}")


def worded(sentence: str) -> str:
    """Mark a sentence, or a part of one, for the catalogue: a reader may ask for it in Chinese."""
    return sentence

"""Settings of a store reach nothing outside it, and send no login in clear."""

import pytest
from pydantic import ValidationError

from policydiff.settings import Source, SourceKind
from policydiff.settings.settings import Mail, NotifySettings, TrackSettings

OUTSIDE = ["/etc", "../secret", "a/../../b", "~", "~/x", "C:\\x", "c:x", "\\\\host\\share", "..", ".git/hooks", ""]  # fmt: skip
INSIDE = ["inbox", "a/b", "./inbox", "feeds/atom.xml", "收件箱", "a..b/c"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_outside_the_store_is_refused(path: str) -> None:
    with pytest.raises(ValidationError):
        Source(name="a", kind=SourceKind.FOLDER, path=path)
    with pytest.raises(ValidationError):
        NotifySettings(feed=path)
    with pytest.raises(ValidationError):
        TrackSettings(ledger_archive=path)


@pytest.mark.parametrize("path", INSIDE)
def test_a_path_inside_the_store_is_taken(path: str) -> None:
    assert Source(name="a", kind=SourceKind.FOLDER, path=path).path == path
    assert NotifySettings(feed=path).feed == path


@pytest.mark.parametrize("login", [{"user_env": "HOME"}, {"password_env": "TOKEN"}])
def test_no_login_goes_out_in_clear(login: dict[str, str]) -> None:
    common = {"host": "h", "sender": "a@b.cn", "recipients": ("c@d.cn",), **login}
    with pytest.raises(ValidationError, match="security"):
        Mail.model_validate({**common, "security": "none"})
    assert Mail.model_validate({**common, "security": "tls"}).host == "h"

"""Chats and push services hear of changes through Apprise, by the user's template; a document's words are never a template."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from policydiff.model import Reference, RevisionSummary
from policydiff.notify import DocumentChange, Message
from policydiff.notify.channels import Channels, deliver, enqueue, filled
from policydiff.settings.settings import NotifySettings, Service
from watch import portal as serve
from watch.clocks import FakeClock
from watch.portal import Portal

pytest.importorskip("apprise")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Apprise imports
REPORT = "https://r.cn/city_health@2.html"


def message(title: str = "关于促进健康服务业的意见", report: str | None = REPORT) -> Message:
    change = DocumentChange(
        source="s", item="", url="https://a.cn/x.html", previous="1", report=report,
        reference=Reference(id="city/health", version="2", title=title, text_sha256="ab"), summary=RevisionSummary(modified=1),
    )  # fmt: skip
    return Message(
        id="m1",
        run="r1",
        subject=f"政策跟踪：{title}：80% → 2%",
        text="第三条：80% → 2%\n",
        changes=(change,),
    )


@pytest.fixture
def taken(portal: Portal) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def take(request: serve.Request) -> None:
        found.append(json.loads(request.rfile.read(int(request.headers["Content-Length"]))))
        request.send(200)

    portal.posts["/chat"] = take
    return found


def channels(portal: Portal, service: Service, environment: dict[str, str] | None = None) -> Channels:
    address = portal.url("/chat").replace("http://", "json://")
    return Channels(NotifySettings(services=(service,)), {"CHAT": address} if environment is None else environment, FakeClock().now, lambda *_: None)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        ("{subject}", "{text}", ("政策跟踪：关于促进健康服务业的意见：80% → 2%", "第三条：80% → 2%")),
        ("{changes} 件", "{link}", ("1 件", REPORT)),
        (
            "运行 {run}",
            "{subject}\n{link}",
            ("运行 r1", f"政策跟踪：关于促进健康服务业的意见：80% → 2%\n{REPORT}"),
        ),
    ],
)
def test_a_service_gets_the_template_filled_in(
    portal: Portal,
    taken: list[dict[str, str]],
    tmp_path: Path,
    title: str,
    body: str,
    wanted: tuple[str, str],
) -> None:
    found = channels(portal, Service(url_env="CHAT", title=title, body=body))
    enqueue(message(), found, tmp_path)
    assert deliver(found, tmp_path) == []
    assert [(each["title"], each["message"].strip()) for each in taken] == [wanted]
    assert deliver(found, tmp_path) == []
    assert len(taken) == 1


@pytest.mark.parametrize(
    "title", ["{text}", "{0.__class__}", "{subject.__init__.__globals__}", "%(x)s", "${HOME}", "{{7*7}}"]
)
def test_words_of_a_document_are_no_template(title: str) -> None:
    assert title in filled("{subject}", message(title))


@pytest.mark.parametrize(
    "template", ["{subject.__class__}", "{text[0]}", "{nothing}", "{", "{subject!r}", "{0}"]
)
def test_a_template_holds_plain_places_only(template: str) -> None:
    with pytest.raises(ValidationError, match="template"):
        Service(url_env="CHAT", body=template)


@pytest.mark.parametrize(
    ("environment", "words"),
    [({}, "CHAT is not set"), ({"CHAT": "nosuchservice://x"}, "no address that Apprise knows")],
)
def test_a_service_that_cannot_be_reached_is_a_trouble_and_kept(
    portal: Portal, tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    found = channels(portal, Service(url_env="CHAT"), environment)
    enqueue(message(), found, tmp_path)
    (trouble,) = deliver(found, tmp_path)
    assert words in trouble
    assert "will be tried again" in trouble


def test_a_service_that_refuses_is_tried_again(portal: Portal, tmp_path: Path) -> None:
    portal.posts["/chat"] = serve.answer(500)
    found = channels(portal, Service(url_env="CHAT"))
    enqueue(message(), found, tmp_path)
    assert "did not take the message" in deliver(found, tmp_path)[0]


def test_without_a_report_the_page_is_linked() -> None:
    assert filled("{link}", message(report=None)) == "https://a.cn/x.html"

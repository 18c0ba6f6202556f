"""Alerts arrive in the form that each channel takes, and never say what must stay secret."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from nights import Receiver, receiver

from benchmarks.waiting import HANGING, free_port
from budget_warehouse import notifications as alerts
from budget_warehouse.notifications import Alert, channels, send

SECRET = "SECa8d1f7-do-not-tell"
ALERT = Alert("new_error", "New findings of severity error: 1.", ("W-01 一个单位 城乡社区支出",))


@pytest.fixture
def robot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(alerts, "PAUSES", (0, 0))
    monkeypatch.setattr(alerts, "_TIMEOUT", HANGING)
    with receiver() as received:
        yield received


def signed(key: str, message: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), message.encode(), hashlib.sha256)).decode()


def test_no_channel_is_set_by_default() -> None:
    assert channels({}) == {}


def test_a_webhook_gets_json(robot: Receiver) -> None:
    assert send([ALERT], channels({"ALERT_WEBHOOK": f"{robot.address}/hook"})) == {}
    ((path, message),) = robot.posted
    assert path == "/hook"
    assert message["kind"] == "new_error"
    assert message["title"] == ALERT.title
    assert message["details"] == ["W-01 一个单位 城乡社区支出"]
    assert {"host", "raised_at"} <= message.keys()


def test_wecom_takes_text(robot: Receiver) -> None:
    assert send([ALERT], channels({"ALERT_WECOM": f"{robot.address}/cgi-bin/send?key=1"})) == {}
    ((_, message),) = robot.posted
    assert message["msgtype"] == "text"
    assert "一个单位 城乡社区支出" in message["text"]["content"]


def test_wecom_gets_no_more_than_it_takes(robot: Receiver) -> None:
    long = Alert("new_error", "Many.", ("预算" * 300,) * 20)
    assert send([long], channels({"ALERT_WECOM": robot.address})) == {}
    ((_, message),) = robot.posted
    assert 1500 < len(message["text"]["content"].encode()) <= 2048


def test_dingtalk_is_signed_in_the_address(robot: Receiver) -> None:
    settings = {
        "ALERT_DINGTALK": f"{robot.address}/robot/send?access_token=1",
        "ALERT_DINGTALK_SECRET": SECRET,
    }
    assert send([ALERT], channels(settings)) == {}
    ((path, message),) = robot.posted
    query = {name: value for name, (value,) in parse_qs(urlsplit(path).query).items()}
    assert query["access_token"] == "1"
    assert len(query["timestamp"]) == 13  # milliseconds
    assert query["sign"] == signed(SECRET, f"{query['timestamp']}\n{SECRET}")
    assert message["msgtype"] == "text"
    assert SECRET not in path + json.dumps(message)


def test_feishu_is_signed_in_the_message(robot: Receiver) -> None:
    settings = {"ALERT_FEISHU": f"{robot.address}/hook/1", "ALERT_FEISHU_SECRET": SECRET}
    assert send([ALERT], channels(settings)) == {}
    ((_, message),) = robot.posted
    assert message["msg_type"] == "text"
    assert "城乡社区支出" in message["content"]["text"]
    assert len(message["timestamp"]) == 10  # seconds
    assert message["sign"] == signed(f"{message['timestamp']}\n{SECRET}", "")


def test_a_robot_without_a_secret_signs_nothing(robot: Receiver) -> None:
    settings = {"ALERT_DINGTALK": f"{robot.address}/d?t=1", "ALERT_FEISHU": f"{robot.address}/f"}
    assert send([ALERT], channels(settings)) == {}
    by_path = dict(robot.posted)
    assert by_path["/d?t=1"].keys() == {"msgtype", "text"}
    assert by_path["/f"].keys() == {"msg_type", "content"}


def test_what_fails_is_tried_three_times(robot: Receiver) -> None:
    robot.answers[:] = [(500, {}), (200, {"errcode": 45009}), (200, {"errcode": 0})]
    assert send([ALERT], channels({"ALERT_WECOM": robot.address})) == {}
    assert len(robot.posted) == 3


def test_a_robot_that_refuses_is_reported(robot: Receiver) -> None:
    robot.answers[:] = [(200, {"errcode": 93000, "errmsg": f"invalid {SECRET}"})] * 3
    wrong = send([ALERT], channels({"ALERT_WECOM": f"{robot.address}/send?key={SECRET}"}))
    assert wrong == {"wecom": "refused with code 93000"}


@pytest.mark.parametrize(
    "address",
    [
        f"http://127.0.0.1:9/{SECRET}",
        f"http://user:{SECRET}@127.0.0.1:9/",
        f"file:///{SECRET}",
        f"{SECRET}",
        f"http://127.0.0.1:{SECRET}/",
        f"http://{SECRET}\n/",
    ],
)
def test_a_failure_says_nothing_of_the_address(robot: Receiver, address: str) -> None:
    (wrong,) = send([ALERT], channels({"ALERT_WEBHOOK": address})).values()
    assert wrong
    assert SECRET not in wrong


def test_a_redirected_message_has_not_arrived(robot: Receiver) -> None:
    robot.answers[:] = [(302, {})] * 3
    wrong = send([ALERT], channels({"ALERT_WEBHOOK": robot.address}))
    assert wrong == {"webhook": "HTTP 302"}


def test_one_failing_channel_holds_up_no_other(robot: Receiver) -> None:
    settings = {"ALERT_WEBHOOK": robot.address, "ALERT_FEISHU": "http://127.0.0.1:9/"}
    assert send([ALERT], channels(settings)).keys() == {"feishu"}
    assert robot.kinds() == ["new_error"]


class Mailbox(Sink):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.envelopes: list = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    monkeypatch.setattr(alerts, "PAUSES", (0, 0))
    monkeypatch.setattr(alerts, "_TIMEOUT", HANGING)
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def test_mail_arrives(mailbox: Controller) -> None:
    settings = {
        "ALERT_MAIL_TO": "night@example.org, day@example.org",
        "ALERT_MAIL_FROM": "warehouse@example.org",
        "ALERT_SMTP": f"smtp://127.0.0.1:{mailbox.port}",
    }
    assert send([ALERT], channels(settings)) == {}
    (envelope,) = mailbox.handler.envelopes
    assert envelope.rcpt_tos == ["night@example.org", "day@example.org"]
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert mail["Subject"] == "Budget warehouse: New findings of severity error: 1."
    assert "城乡社区支出" in mail.get_content()


def test_a_password_is_not_sent_in_the_clear(mailbox: Controller) -> None:
    settings = {
        "ALERT_MAIL_TO": "night@example.org",
        "ALERT_SMTP": f"smtp://robot:{SECRET}@127.0.0.1:{mailbox.port}",
    }
    assert send([ALERT], channels(settings)) == {"mail": "SMTPNotSupportedError"}
    assert mailbox.handler.envelopes == []

"""Alerts: what a person should look at, sent to the robots, webhooks and mailboxes that are set.

What the environment holds (addresses, secrets) is never part of what is said of a failed sending.
"""

import base64
import hashlib
import hmac
import json
import os
import smtplib
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import partial
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

from budget_warehouse.settings import Settings

PAUSES = (1, 5)  # seconds before the second and the third attempt
_TIMEOUT = 8  # seconds; three attempts have to fit into the minute of a sensor
_SHOWN = 20
_ROBOT_BYTES = 2000  # WeCom takes 2,048 and cuts characters in two


@dataclass(frozen=True)
class Alert:
    """One thing that a person should look at: its kind, a sentence, and the single cases."""

    kind: str
    title: str
    details: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The alert for people; robots that ask for a key word find 预算 in it."""
        more = len(self.details) - _SHOWN
        return "\n".join(
            [
                f"Budget warehouse 预算数据仓库, {socket.gethostname()}: {self.title}",
                *(f"- {detail}" for detail in self.details[:_SHOWN]),
                *([f"and {more:,} more"] if more > 0 else []),
            ]
        )


class RefusedError(Exception):
    """A robot answered that it did not take the message; the text is its error code."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected post would arrive without its message: it counts as failed."""

    def redirect_request(self, *_: Any) -> None:
        return None


_DIRECT = urllib.request.build_opener(_NoRedirect)

Channel = Callable[[Alert], None]


def channels(environment: Mapping[str, str] = os.environ) -> dict[str, Channel]:
    """Return the channels that the environment sets, by name; none by default."""
    settings = Settings.from_environment(environment)
    robots: dict[str, tuple[str, Callable[..., None]]] = {
        "webhook": (settings.alert_webhook, _webhook),
        "wecom": (settings.alert_wecom, _wecom),
        "dingtalk": (
            settings.alert_dingtalk,
            partial(_dingtalk, secret=settings.alert_dingtalk_secret),
        ),
        "feishu": (settings.alert_feishu, partial(_feishu, secret=settings.alert_feishu_secret)),
    }
    chosen: dict[str, Channel] = {
        name: partial(robot, address) for name, (address, robot) in robots.items() if address
    }
    if settings.alert_mail_to:
        chosen["mail"] = partial(
            _mail,
            server=settings.alert_smtp,
            sender=settings.alert_mail_from or f"budget-warehouse@{socket.gethostname()}",
            recipients=settings.alert_mail_to,
        )
    return chosen


def send(alerts: Iterable[Alert], to: Mapping[str, Channel]) -> dict[str, str]:
    """Send alerts to every channel at once; return what went wrong, by channel, without secrets."""
    alerts = list(alerts)
    if not alerts or not to:
        return {}
    with ThreadPoolExecutor(len(to)) as senders:
        failures = senders.map(lambda channel: _send(alerts, channel), to.values())
        return {name: wrong for name, wrong in zip(to, failures, strict=True) if wrong}


def _send(alerts: Sequence[Alert], channel: Channel) -> str:
    """Send alerts to one channel, each three times at most; return what went wrong last."""
    wrong = ""
    for alert in alerts:
        for pause in (*PAUSES, None):
            try:
                channel(alert)
                break
            except Exception as error:
                wrong = _said(error)
                if pause is None:
                    return wrong
                time.sleep(pause)
    return ""


def _said(error: Exception) -> str:
    """Return what went wrong, without the addresses that libraries quote in their errors."""
    match error:
        case urllib.error.HTTPError():
            return f"HTTP {error.code}"
        case smtplib.SMTPResponseException():
            return f"{type(error).__name__} {error.smtp_code}"
        case RefusedError():
            return f"refused with code {error}"
        case urllib.error.URLError(reason=OSError() as reason) | (OSError() as reason):
            return reason.strerror or type(reason).__name__
    return type(error).__name__


def _webhook(address: str, alert: Alert) -> None:
    """Send to any receiver of JSON."""
    _post(
        address,
        {
            "kind": alert.kind,
            "title": alert.title,
            "details": list(alert.details),
            "host": socket.gethostname(),
            "raised_at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )


def _wecom(address: str, alert: Alert) -> None:
    """Send to a WeCom 企业微信 group robot."""
    _accepted(_post(address, {"msgtype": "text", "text": {"content": _cut(alert.text)}}))


def _dingtalk(address: str, alert: Alert, secret: str | None) -> None:
    """Send to a DingTalk 钉钉 group robot; its secret signs the time in the address."""
    if secret:
        now = str(round(time.time() * 1000))
        signature = _signature(secret, f"{now}\n{secret}")
        address += f"&timestamp={now}&sign={quote_plus(signature)}"
    _accepted(_post(address, {"msgtype": "text", "text": {"content": _cut(alert.text)}}))


def _feishu(address: str, alert: Alert, secret: str | None) -> None:
    """Send to a Feishu 飞书 group robot; its secret and the time are the key that signs nothing."""
    message: dict[str, Any] = {"msg_type": "text", "content": {"text": _cut(alert.text)}}
    if secret:
        now = str(int(time.time()))
        message |= {"timestamp": now, "sign": _signature(f"{now}\n{secret}", "")}
    _accepted(_post(address, message))


def _mail(alert: Alert, server: str, sender: str, recipients: str) -> None:
    """Mail by SMTP; `smtps` encrypts from the start, `smtp` as soon as the server can."""
    message = EmailMessage()
    message["Subject"] = f"Budget warehouse: {alert.title}"[:200].replace("\n", " ")
    message["From"] = sender
    message["To"] = recipients
    message.set_content("\n".join([alert.text, *alert.details[_SHOWN:]]))
    url = urlsplit(server)
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if url.scheme == "smtps":
        connection = smtplib.SMTP_SSL(
            url.hostname or "", url.port or 465, timeout=_TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(url.hostname or "", url.port or 25, timeout=_TIMEOUT)
    with connection:
        connection.ehlo()
        # A password never travels in the clear: without STARTTLS this raises.
        if url.scheme != "smtps" and (url.username or connection.has_extn("starttls")):
            connection.starttls(context=context)
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
        connection.send_message(message)


def _post(address: str, message: dict[str, Any]) -> bytes:
    """Post JSON and return the answer."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("The address of a webhook or robot starts with https://.")
    request = urllib.request.Request(
        address,
        data=json.dumps(message, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with _DIRECT.open(request, timeout=_TIMEOUT) as response:
        answer: bytes = response.read(65536)
    return answer


def _accepted(answer: bytes) -> None:
    """Require the code of success: robots answer 200 also to what they refuse."""
    reply = json.loads(answer)
    code = reply.get("errcode", reply.get("code", reply.get("StatusCode")))
    if code != 0:
        raise RefusedError(str(code)[:20])


def _signature(key: str, message: str) -> str:
    return base64.b64encode(
        hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    ).decode()


def _cut(text: str) -> str:
    cut = text.encode()[:_ROBOT_BYTES].decode(errors="ignore")
    return cut if cut == text else f"{cut}…"

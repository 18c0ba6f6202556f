"""Every environment variable that the project reads: its default, and how its text is read.

By the standard library alone, since they are read before anything else is installed. Whether what
they name is there is `commands`' matter.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent

SHANGHAI = timezone(timedelta(hours=8))  # where the documents and their readers are

_MEMORY = re.compile(r"[0-9]+(\.[0-9]+)? ?([KMGT]i?B|%)", re.IGNORECASE)
_CRON = re.compile(r"[0-9*/,?LW#A-Z-]+", re.IGNORECASE)


class SettingError(ValueError):
    """A variable cannot be worked with; the message is one sentence that says what to do."""


class UnreadableMemoryLimitError(SettingError):
    """MEMORY_LIMIT is not an amount of memory."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it says, its default, and how it is read."""

    name: str
    says: str
    default: str
    read: Callable[[str, str], Any]


def _variable(
    name: str, read: Callable[[str, str], Any], says: str, default: str = ""
) -> dict[str, Variable]:
    return {"variable": Variable(name, says, default, read)}


def _text(name: str, text: str) -> str:
    return text


def _folder(name: str, text: str) -> Path:
    return Path(text).absolute()


def _maybe_folder(name: str, text: str) -> Path | None:
    return Path(text).absolute() if text else None


def _switch(name: str, text: str) -> bool:
    if text not in ("", "0", "1"):
        raise SettingError(f"{name} is {text!r}; write 1 for yes, and 0 or nothing for no.")
    return text == "1"


def _count(of: str, example: int, least: int = 0) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not re.fullmatch("[0-9]{1,18}", text) or int(text) < least:
            raise SettingError(f"{name} is {text!r}; write a number of {of}, such as {example}.")
        return int(text)

    return read


def _day(name: str, text: str) -> date:
    if not text:
        return datetime.now(SHANGHAI).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingError(f"{name} is {text!r}; write a day, such as 2026-01-31.") from None


def read_memory_limit(name: str, text: str) -> str:
    """Return an amount of memory as DuckDB takes it, or nothing.

    Raises:
        UnreadableMemoryLimitError: it is none.
    """
    if text and not _MEMORY.fullmatch(text):
        raise UnreadableMemoryLimitError(
            f"{name} is {text!r}; write an amount of memory, such as 4GB."
        )
    return text


def _cron(name: str, text: str) -> str:
    parts = text.split()
    if len(parts) != 5 or not all(map(_CRON.fullmatch, parts)):
        raise SettingError(
            f"{name} is {text!r}; write minute, hour, day, month and weekday, such as 0 2 * * *."
        )
    return text


def _postgres(name: str, text: str) -> str:
    """Return a PostgreSQL URL or connection string; the sentence names no part of it."""
    try:
        parts = urlsplit(text)
        is_right = not text or (
            parts.port != 0 and bool(parts.netloc)
            if "://" in text and parts.scheme in ("postgres", "postgresql")
            else "://" not in text and "=" in text
        )
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingError(
            f"{name} cannot be read; write it as postgresql://user@host:port/database,"
            " with % escapes for special characters."
        )
    return text


def read_port(name: str, text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65_535:
        raise SettingError(f"{name} is {text!r}; write a number from 1 to 65535, such as 3000.")
    return int(text)


def _value(variable: Variable, environment: Mapping[str, str]) -> Any:
    return variable.read(variable.name, environment.get(variable.name) or variable.default)


@dataclass(frozen=True)
class Settings:
    """The settings of the environment, read and typed."""

    seeds: Path = field(
        metadata=_variable(
            "SEEDS",
            _folder,
            "The folder with `disclosures/`, and `reference/` if it has own lists.",
            str(ROOT / "seeds"),
        )
    )
    warehouse: Path = field(
        metadata=_variable(
            "WAREHOUSE", _folder, "The folder of the warehouse.", str(ROOT / "warehouse")
        )
    )
    inbox: Path | None = field(
        metadata=_variable("INBOX", _maybe_folder, "Where documents are dropped.")
    )
    strict: bool = field(
        metadata=_variable("STRICT", _switch, "1: publish nothing over a new error.")
    )
    full: bool = field(
        metadata=_variable("FULL", _switch, "1: compute everything again, changed or not.")
    )
    judging_day: date = field(
        metadata=_variable(
            "JUDGING_DAY",
            _day,
            "The day on which verdicts on findings stand or have passed; by default today, in"
            " Shanghai.",
        )
    )
    memory_limit: str = field(
        metadata=_variable("MEMORY_LIMIT", read_memory_limit, "How much memory DuckDB may take.")
    )
    batch_size: int = field(
        metadata=_variable(
            "PORTION",
            _count("disclosures", 20_000, least=1),
            "How many disclosures are computed at once.",
            "20000",
        )
    )
    shown_disclosures: int = field(
        metadata=_variable(
            "SHOWN_DISCLOSURES",
            _count("disclosures", 1000),
            "How many disclosures have pages in the report and the explorer.",
            "1000",
        )
    )
    drawn_pages: int = field(
        metadata=_variable(
            "DRAWN_PAGES",
            _count("pages", 5000),
            "How many printed pages have pictures, in explorer and reports, 0 for none.",
            "5000",
        )
    )
    exported_rows: int = field(
        metadata=_variable(
            "EXPORTED_ROWS",
            _count("rows", 1_048_575),
            "The most rows of a mart that each publication writes as files.",
            "1048575",
        )
    )
    postgres_url: str = field(
        metadata=_variable(
            "POSTGRES_URL", _postgres, "Copy every publication to this PostgreSQL database."
        )
    )
    dagster_home: Path = field(
        metadata=_variable(
            "DAGSTER_HOME",
            _folder,
            "Dagster's own records and its settings.",
            str(ROOT / ".dagster"),
        )
    )
    dagster_postgres_url: str = field(
        metadata=_variable(
            "DAGSTER_POSTGRES_URL", _postgres, "Keep those records in this PostgreSQL database."
        )
    )
    spark_remote: str = field(
        metadata=_variable(
            "SPARK_REMOTE", _text, "Build on this Spark cluster, and publish in its catalog."
        )
    )
    rebuild_cron: str = field(
        metadata=_variable(
            "REBUILD_CRON", _cron, "When the nightly rebuild starts, Asia/Shanghai.", "0 2 * * *"
        )
    )
    rebuild_quiet_seconds: int = field(
        metadata=_variable(
            "REBUILD_QUIET_SECONDS",
            _count("seconds", 120),
            "How long changed input must rest before it is built.",
            "120",
        )
    )
    records_kept_days: int = field(
        metadata=_variable(
            "RECORDS_KEPT_DAYS", _count("days", 30), "How long runs are remembered.", "30"
        )
    )
    alert_webhook: str = field(
        metadata=_variable("ALERT_WEBHOOK", _text, "Send alerts as JSON to this address.")
    )
    alert_wecom: str = field(
        metadata=_variable(
            "ALERT_WECOM", _text, "Send alerts to the WeCom group robot at this address."
        )
    )
    alert_dingtalk: str = field(
        metadata=_variable(
            "ALERT_DINGTALK", _text, "Send alerts to the DingTalk group robot at this address."
        )
    )
    alert_dingtalk_secret: str = field(
        metadata=_variable(
            "ALERT_DINGTALK_SECRET", _text, "The signing secret of the DingTalk robot."
        )
    )
    alert_feishu: str = field(
        metadata=_variable(
            "ALERT_FEISHU", _text, "Send alerts to the Feishu group robot at this address."
        )
    )
    alert_feishu_secret: str = field(
        metadata=_variable("ALERT_FEISHU_SECRET", _text, "The signing secret of the Feishu robot.")
    )
    alert_mail_to: str = field(
        metadata=_variable(
            "ALERT_MAIL_TO", _text, "Send alerts to these mail addresses, with commas between."
        )
    )
    alert_mail_from: str = field(
        metadata=_variable(
            "ALERT_MAIL_FROM",
            _text,
            "The sender of mails; by default budget-warehouse at this host.",
        )
    )
    alert_smtp: str = field(
        metadata=_variable("ALERT_SMTP", _text, "The mail server.", "smtp://localhost:25")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read every variable, or its default where it is not set or empty.

        Raises:
            SettingError: one of them cannot be read.
        """
        return cls(
            **{one.name: _value(one.metadata["variable"], environment) for one in fields(cls)}
        )

    @classmethod
    def seeds_folder(cls) -> Path:
        """Read SEEDS alone, for what asks thousands of times."""
        (seeds,) = (one for one in fields(cls) if one.name == "seeds")
        return Path(_value(seeds.metadata["variable"], os.environ))


def variables() -> list[Variable]:
    """Return all of them, in the order in which the documentation lists them."""
    return [one.metadata["variable"] for one in fields(Settings)]

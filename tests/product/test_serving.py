"""The doors for programs: HTTP and the Model Context Protocol, beside publications."""

import asyncio
import csv
import io
import shutil
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult
from running_door import Door, Reply, running_door
from warehouses import REPOSITORY, Built, environment

from budget_warehouse.serving.errors import TooLongError
from budget_warehouse.serving.publication import PublishedFile
from budget_warehouse.serving.statement import ask

SONGJIANG = "上海市松江区城市运行管理中心"


@pytest.fixture(scope="module")
def warehouse(repository_warehouse: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what readers see, for a door that outlives publications."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(repository_warehouse.warehouse / "budget.duckdb", folder)
    for name in ("site", "reports"):
        shutil.copytree(repository_warehouse.warehouse / name, folder / name)
    (folder / "site" / "outside.txt").symlink_to(folder / "budget.duckdb")
    return folder


@pytest.fixture(scope="module")
def door(warehouse: Path) -> Iterator[Door]:
    with running_door(warehouse) as door:
        yield door


def test_an_answer_names_the_publication_and_keeps_every_fen(door: Door) -> None:
    reply = door.get(
        f"/marts/expenditures?organization_name={SONGJIANG}&nature=basic&class_name=卫生健康支出"
        "&columns=class_name,amount_yuan"
    )
    assert reply.status == 200
    assert reply.body["rows"] == [{"class_name": "卫生健康支出", "amount_yuan": "841683.78"}]
    named = reply.body["publication"]
    assert reply.headers["publication"] == str(named["number"])
    assert reply.headers["publication-time"] == named["published_at"]
    assert reply.body["total"] == reply.body["count"] == 1
    assert reply.body["next"] is None


def test_filters_compare(door: Door, repository_warehouse: Built) -> None:
    of_2025 = "select count(*) from marts.expenditures where fiscal_year = 2025"
    for asked, condition in (
        ("amount_yuan.gte=1000000.50", "amount_yuan >= 1000000.50"),
        ("amount_yuan.lt=1000000", "amount_yuan < 1000000"),
        ("class_code.in=208,210", "class_code in ('208', '210')"),
        ("class_name.contains=社会", "contains(class_name, '社会')"),
        ("nature.ne=basic", "nature <> 'basic'"),
        ("has_untied_total=false", "not has_untied_total"),
        ("unit_name.null=true", "unit_name is null"),
    ):
        reply = door.get(f"/marts/expenditures?fiscal_year=2025&{asked}")
        expected = repository_warehouse.value(f"{of_2025} and {condition}")
        assert reply.body["total"] == reply.body["count"] == expected, asked
    assert door.get("/marts/fct_findings?severity=error").body["total"] == (
        repository_warehouse.value("select count(*) from marts.fct_findings where severity='error'")
    )


def test_pages_follow_each_other_to_the_end(door: Door, repository_warehouse: Built) -> None:
    path: str | None = (
        "/marts/expenditures?limit=40&order=-amount_yuan&columns=amount_yuan,item_code"
    )
    amounts, pages = [], 0
    while path:
        reply = door.get(path)
        amounts += [Decimal(row["amount_yuan"]) for row in reply.body["rows"]]
        following = reply.body["next"]
        assert (following or "") in reply.headers.get("link", "")
        path, pages = following and following.removeprefix(door.address), pages + 1
    expected = "select amount_yuan from marts.expenditures order by amount_yuan desc"
    assert amounts == [amount for (amount,) in repository_warehouse.rows(expected)]
    assert pages == -(-len(amounts) // 40)


def test_csv_is_the_same_rows(door: Door) -> None:
    query = "fiscal_year=2025&order=-amount_yuan&limit=5"
    reply = door.get(f"/marts/expenditures.csv?{query}")
    assert reply.headers["content-type"].startswith("text/csv")
    objects = door.get(f"/marts/expenditures?{query}").body["rows"]
    told = list(csv.DictReader(io.StringIO(reply.text)))
    assert told == [
        {name: "" if value is None else _written(value) for name, value in row.items()}
        for row in objects
    ]
    (decrease,) = csv.DictReader(
        io.StringIO(
            door.get(
                "/marts/fct_reconciliations.csv?rule_code=NT-09&outcome=fail&columns=stated_yuan"
            ).text
        )
    )
    assert decrease == {"stated_yuan": "-12583800.00"}  # no apostrophe before an amount


def test_every_table_answers(door: Door) -> None:
    contents = door.get("/").body
    assert {"expenditures", "publications"} <= {table["name"] for table in contents["marts"]}
    assert "rec_narrative" in {table["name"] for table in contents["reconciliations"]}
    for schema in ("marts", "reconciliations", "reference"):
        assert door.get(f"/{schema}").body[schema] == contents[schema]
        of_seconds = ("rec_narrative", "rec_completeness")  # which compute every rule of a family
        for table in (one for one in contents[schema] if one["name"] not in of_seconds):
            path = table["rows"].removeprefix(door.address)
            assert door.get(f"{path}?limit=1").status == 200, path


def test_the_description_names_every_column(door: Door) -> None:
    description = door.get("/openapi.json").body
    assert description["openapi"].startswith("3.1")
    parameters = description["paths"]["/marts/expenditures"]["get"]["parameters"]
    names = {parameter["name"]: parameter for parameter in parameters}
    assert {"fiscal_year", "amount_yuan", "columns", "order", "limit", "offset"} <= names.keys()
    assert names["amount_yuan"]["schema"] == {"type": "string", "format": "decimal"}
    row = description["components"]["schemas"]["marts.expenditures"]["properties"]
    assert all(column["description"] for column in row.values())
    columns = door.get("/marts/expenditures/columns").body["columns"]
    assert [column["name"] for column in columns] == list(row)
    (nature,) = (column for column in columns if column["name"] == "nature")
    assert nature["values"]["project"] == "项目支出"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        (
            "/marts/expenditure",
            404,
            "There is no mart called expenditure: did you mean expenditures?",
        ),
        (
            "/marts/expenditures?organisation_name=x",
            404,
            "There is no column or parameter of expenditures called organisation_name:"
            " did you mean organization_name?",
        ),
        (
            "/marts/expenditures?order=-amount",
            404,
            "There is no column of expenditures called amount: did you mean amount_yuan?",
        ),
        (
            "/marts/expenditures?amount_yuan.gte=many",
            422,
            "amount_yuan.gte is 'many', and amount_yuan holds DECIMAL(18,2): write a value such as"
            " 1000.50.",
        ),
        (
            "/marts/expenditures?limit=10001",
            422,
            "limit is '10001': write a number from 1 to 10000.",
        ),
        (
            "/marts/expenditures?amount_yuan.contains=1",
            422,
            "amount_yuan is no text: write amount_yuan.gte or another comparison in place of"
            " contains.",
        ),
        (
            "/marts/expenditures?publication=999",
            409,
            "Publication 999 is no longer the newest, 1 is: begin again with the first page.",
        ),
        (
            "/sql?query=create table mine as select 1",
            422,
            "Only one select can be asked: write a single select statement.",
        ),
        (
            "/sql?query=select * from expenditure",
            422,
            "Catalog Error: Table with name expenditure does not exist!"
            ' Did you mean "expenditures"?',
        ),
        (
            "/sql?query=from read_csv('/etc/passwd')",
            422,
            'Permission Error: Cannot access file "/etc/passwd" - file system operations are'
            " disabled by configuration",
        ),
        (
            "/sql?query=select repeat('a', 2000000000)",
            422,
            "The answer takes too much memory; ask for fewer rows or columns.",
        ),
        ("/elsewhere", 404, "There is no page called /elsewhere: it is one of /marts, /reconc"),
    ],
)
def test_a_question_without_an_answer_is_one_sentence(
    path: str, status: int, sentence: str, door: Door
) -> None:
    reply = door.get(path)
    assert reply.status == status
    assert reply.body["error"].startswith(sentence)


def test_sql_is_answered_exactly_and_says_when_it_is_cut(door: Door) -> None:
    statement = (
        "select fiscal_year, sum(amount_yuan) as yuan from expenditures group by all order by all"
    )
    whole = door.get(f"/sql?query={statement}").body
    assert whole["rows"][0] == {"fiscal_year": 2021, "yuan": "38993676.17"}
    assert not whole["is_cut"]
    cut = door.get(f"/sql?query={statement}&limit=1").body
    assert cut["is_cut"]
    assert cut["rows"] == whole["rows"][:1]
    table = door.get(f"/sql?query={statement}&format=csv").text.splitlines()
    assert table[:2] == ["fiscal_year,yuan", "2021,38993676.17"]


def test_the_explorer_and_the_reports_are_there_and_nothing_else_of_the_disk(door: Door) -> None:
    assert "js/explorer.js" in door.get("/site/").text
    assert door.get("/site/data/index.js").status == 200
    assert "<html" in door.get("/reports/putuo-wanli-2023-budget.html").text
    assert door.get("/site").status == 200  # led to /site/
    connection = HTTPConnection(door.address.removeprefix("http://"))
    for path in (
        "/site/../budget.duckdb",
        "/site/%2e%2e/budget.duckdb",
        "/site//etc/passwd",
        "/reports/..%2fbudget.duckdb",
        "/site/outside.txt",
        "/budget.duckdb",
    ):
        connection.request("GET", path)
        reply = connection.getresponse()
        assert (reply.status, b"error" in reply.read()) == (404, True), path


def test_nothing_is_written_and_no_other_site_asks(door: Door) -> None:
    connection = HTTPConnection(door.address.removeprefix("http://"))
    for method in ("POST", "PUT", "DELETE"):
        connection.request(method, "/marts/expenditures")
        reply = connection.getresponse()
        assert reply.status == 405
        assert "only read" in reply.read().decode()
    assert door.get("/health", Host="evil.example").status == 400


def test_an_answer_after_a_publication_is_of_it_while_others_are_asking(door: Door) -> None:
    replies: list[Reply] = []
    ended = threading.Event()

    def keep_asking() -> None:
        while not ended.is_set():
            replies.append(door.get("/marts/fct_reconciliations?limit=200"))

    askers = [threading.Thread(target=keep_asking) for _ in range(3)]
    for asker in askers:
        asker.start()
    try:
        first = door.get("/marts/fct_revenues?limit=1").body
        for _ in range(3):
            number = door.publish()
            for path in ("/health", "/marts/fct_revenues", "/sql?query=select 1"):
                assert door.get(path).body["publication"]["number"] == number
            assert door.get("/marts/fct_revenues").body["total"] == 0 < first["total"]
    finally:
        ended.set()
        for asker in askers:
            asker.join()
    assert {reply.status for reply in replies} == {200}
    numbers = [reply.body["publication"]["number"] for reply in replies]
    assert {1, number} <= set(numbers)
    paged = first["next"].removeprefix(door.address)
    assert door.get(paged).status == 409


def called(warehouse: Path, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """The results of calls in one session of the SDK's client with `budget mcp`."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "budget_warehouse", "mcp"],
        env=environment(REPOSITORY / "seeds", warehouse, PYTHONPATH=str(REPOSITORY)),
    )

    async def session() -> list[CallToolResult]:
        async with Client(server) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == {
                *("list_marts", "describe_mart", "query", "find_disclosures", "findings_of"),
            }
            assert all(tool.description for tool in tools.values())
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(session())


def test_an_assistant_asks_the_marts(repository_warehouse: Built) -> None:
    answers = called(
        repository_warehouse.warehouse,
        ("list_marts", {}),
        ("describe_mart", {"name": "expenditures"}),
        (
            "query",
            {
                "statement": "select class_name, sum(amount_yuan) as yuan from expenditures"
                f" where organization_name = '{SONGJIANG}' group by all order by yuan",
                "limit": 2,
            },
        ),
        ("find_disclosures", {"text": "万里", "fiscal_year": 2023}),
        ("findings_of", {"disclosure_id": "putuo-wanli-2023-budget", "severity": "error"}),
    )
    assert not any(answer.is_error for answer in answers)
    told = [answer.structured_content or {} for answer in answers]
    assert all(one["publication"]["number"] == 1 for one in told)
    marts, mart, rows, disclosures, findings = told
    assert "支出明细（汇总用）" in {one["label"] for one in marts["marts"]}
    assert {"name", "type", "label", "description"} <= mart["columns"][0].keys()
    assert rows["rows"] == [
        {"class_name": "住房保障支出", "yuan": "561122.52"},
        {"class_name": "卫生健康支出", "yuan": "841683.78"},
    ]
    assert rows["is_cut"]
    (disclosure,) = disclosures["disclosures"]
    assert disclosure["disclosure_id"] == "putuo-wanli-2023-budget"
    assert disclosure["printed_spending_yuan"] == "164978640.00"
    (doubled,) = (one for one in findings["findings"] if "NT-25" in one["rule_codes"])
    assert (doubled["amount_yuan"], doubled["severity"]) == ("2206200.00", "error")


def test_an_assistant_hears_why_there_is_no_answer(repository_warehouse: Built) -> None:
    wrong: dict[tuple[str, str], str] = {
        ("describe_mart", "name=expenditure"): "did you mean expenditures?",
        ("findings_of", "disclosure_id=putuo-wanli-2023"): "did you mean putuo-wanli-2023-budget?",
        ("find_disclosures", "stage=final_account"): "did you mean final_accounts?",
        ("query", "statement=drop table expenditures"): "write a single select statement.",
        ("query", "statement=select 1; select 2"): "write a single select statement.",
        ("query", "statement=from read_text('/etc/passwd')"): "disabled by configuration",
        ("query", "statement=select repeat('a', 2000000000)"): "takes too much memory",
    }
    calls = [(tool, dict([text.split("=", 1)])) for tool, text in wrong]
    answers = called(repository_warehouse.warehouse, *calls)
    for answer, words in zip(answers, wrong.values(), strict=True):
        assert answer.is_error
        (content,) = answer.content
        assert words in content.model_dump()["text"]


def test_a_statement_ends_when_its_time_is_over(repository_warehouse: Built) -> None:
    file = repository_warehouse.warehouse / "budget.duckdb"
    endless = "select count(*) from range(1000000000000) as a, range(1000) as b"
    with pytest.raises(TooLongError, match="longer than 1 seconds"):
        ask(file, endless, 1, seconds=1)
    with pytest.raises(TooLongError, match="longer than 1 seconds"):
        PublishedFile(file).newest().rows(endless, seconds=1)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

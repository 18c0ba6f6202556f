"""Superset over the published warehouse: started by make, asked by its API, looked at in Chromium.

A screenshot of the dashboard goes to `.superset/screenshots/`, to be looked at.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    APIRequestContext,
    Browser,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from warehouses import DISCLOSURES, REPOSITORY, SEEDS, SONGJIANG, Built, build, copied

from benchmarks.waiting import HANGING, free_port, wait_for

PATIENCE = HANGING  # seconds, on a busy machine; nothing depends on them
SCREENSHOTS = REPOSITORY / ".superset" / "screenshots"
FINAL_ACCOUNTS = "putuo-planning-2024-final-accounts"
SONGJIANG_NAME = "上海市松江区城市运行管理中心"
SONGJIANG_YUAN = Decimal("38993676.17")  # 支出总计, line 139 of the document

# Figures of each chart of the dashboard, from the marts and not from Superset's datasets. The
# dashboard opens on the last year, except for the charts that are said to be of every year.
COUNTED = """
    from marts.{0} as facts
    inner join marts.dim_organizations using (organization_id)
    left join marts.dim_functions using (fiscal_year, function_code)
    where facts.is_counted and facts.stage = 'initial_budget'
"""
LAST_YEAR = "and facts.fiscal_year = (select max(fiscal_year) from marts.fct_expenditures)"
NATURE = "case nature when 'basic' then '基本支出' else '项目支出' end"
TEN_THOUSAND = "cast(sum(amount_yuan) * 0.0001 as decimal(38, 6))"
EXPENDITURES = COUNTED.format("fct_expenditures")
CHANGES = f"{COUNTED.format('fct_expenditure_changes')} {LAST_YEAR}"
EXPENSES = """
    from marts.fct_three_public_expenses as facts
    inner join marts.dim_organizations using (organization_id)
    inner join reference.labels on kind = 'measure' and name = expense
    where is_counted and stage = 'initial_budget'
"""
FINDINGS = """
    from marts.fct_reconciliations
    inner join marts.dim_disclosures using (disclosure_id)
    inner join marts.dim_organizations using (organization_id)
    where outcome = 'fail' and dim_disclosures.stage = 'initial_budget'
"""
CHARTS = {
    "各单位各年度支出（元）": (
        "organization_name fiscal_year yuan",
        f"select organization_name, fiscal_year, sum(amount_yuan) {EXPENDITURES} group by all",
    ),
    "各年度的基本与项目支出（万元）": (
        "fiscal_year nature_name ten_thousand_yuan",
        f"select fiscal_year, {NATURE}, {TEN_THOUSAND} {EXPENDITURES} group by all",
    ),
    "支出合计（元）": ("yuan", f"select sum(amount_yuan) {EXPENDITURES} {LAST_YEAR}"),
    "支出合计（万元）": ("ten_thousand_yuan", f"select {TEN_THOUSAND} {EXPENDITURES} {LAST_YEAR}"),
    "支出功能分类：类、款、项（元）": (
        "class_name section_name item_name yuan",
        "select class_name, section_name, item_name, sum(amount_yuan)"
        f" {EXPENDITURES} {LAST_YEAR} group by all",
    ),
    "各类支出的基本与项目（万元）": (
        "class_name nature_name ten_thousand_yuan",
        f"select class_name, {NATURE}, {TEN_THOUSAND} {EXPENDITURES} {LAST_YEAR} group by all",
    ),
    "各类支出的构成": (
        "organization_name function_code function_name basic_yuan project_yuan total_yuan",
        "select organization_name, function_code, function_name, basic_yuan, project_yuan,"
        f" total_yuan {COUNTED.format('fct_budget_splits')} {LAST_YEAR}"
        " and facts.level = 'class'",
    ),
    "比上年变动来自哪些类（万元）": (
        "function_name change_ten_thousand_yuan",
        f"select function_name, cast(sum(change_yuan) * 0.0001 as decimal(38, 6)) {CHANGES}"
        " and facts.level = 'class' and nature = 'total' and basis = 'published' group by all",
    ),
    "比上年变动：科目": (
        "organization_name function_code amount_yuan last_year_amount_yuan change_yuan",
        "select organization_name, function_code, amount_yuan, last_year_amount_yuan, change_yuan"
        f" {CHANGES} and nature = 'total' and basis <> 'none'",
    ),
    "各年度的“三公”经费（万元）": (
        "fiscal_year expense_name ten_thousand_yuan",
        f"select fiscal_year, label_zh, {TEN_THOUSAND} {EXPENSES}"
        " and expense <> 'agency_operating_expenses' group by all",
    ),
    "各单位各年度的“三公”经费与机关运行经费（元）": (
        "organization_name fiscal_year expense_name yuan",
        "select organization_name, fiscal_year, label_zh, sum(amount_yuan)"
        f" {EXPENSES} group by all",
    ),
    "各年度：预决算对照": (
        "item_name base_yuan amount_yuan execution_ratio",
        "select label_zh, base_yuan, amount_yuan, execution_ratio from marts.fct_stage_changes"
        " inner join reference.labels on kind = 'measure' and name = expense"
        " where basis <> 'none'",
    ),
    "各年度：哪份文件不符合哪条规则（不符项数）": (
        "rule_code finding_count",
        f"select rule_code, count(*) {FINDINGS} group by rule_code, disclosure_id",
    ),
    "各年度：不符之处，文件所载与核对结果并列": (
        "rule_code stated_yuan computed_yuan gap_yuan reason",
        "select rule_code, stated_yuan, computed_yuan, gap_yuan,"
        f" coalesce(known_finding_reason_zh, '') {FINDINGS}",
    ),
    "各年度：项目": (
        "fiscal_year project_name annual_yuan fiscal_yuan carryover_yuan",
        "select fiscal_year, project_name, annual_yuan, fiscal_yuan, carryover_yuan"
        " from marts.fct_projects where is_counted and stage = 'initial_budget'",
    ),
    "各年度：项目的绩效目标": (
        "project_name indicator_name target_text",
        "select project_name, indicator_name, target_text"
        " from marts.fct_performance_targets where is_counted and stage = 'initial_budget'",
    ),
}


@dataclass(frozen=True)
class Served:
    """A running Superset: where, over which published warehouse, and what make said."""

    url: str
    built: Built
    home: Path
    output: str

    @property
    def dashboard(self) -> str:
        """The address that make prints."""
        (address,) = re.findall(r"http://\S+", self.output)
        return address

    @property
    def password(self) -> str:
        """The password of the account, said at the first start."""
        (password,) = re.findall(r"admin, password (\S+)", self.output)
        return password

    def total(self) -> Decimal:
        """All counted spending, as anyone may ask for it."""
        (dataset,) = (
            dataset
            for dataset in self.answer("/api/v1/dashboard/budget/datasets")["result"]
            if dataset["table_name"] == "支出"
        )
        query = {
            "datasource": {"id": dataset["id"], "type": "table"},
            "queries": [{"metrics": ["yuan"], "columns": []}],
        }
        ((row,),) = (
            result["data"] for result in self.answer("/api/v1/chart/data", query)["result"]
        )
        return Decimal(row["yuan"]).quantize(Decimal("0.01"))

    def answer(self, path: str, question: object = None) -> Any:
        """Give Superset's answer to somebody without an account."""
        request = urllib.request.Request(
            self.url + path,
            data=json.dumps(question).encode() if question else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return json.load(response, parse_float=Decimal)


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Superset from nothing, over budgets and final accounts, in which the tests may publish."""
    folder = tmp_path_factory.mktemp("superset")
    warehouse = folder / "warehouse"
    for name in (*DISCLOSURES, FINAL_ACCOUNTS):
        copied(name, folder / "seeds")
    built = build(folder / "seeds", warehouse)
    assert built.status == 0, built.output
    port = free_port()
    folders = [f"WAREHOUSE={warehouse}", f"SUPERSET_HOME={folder / 'home'}"]
    output = folder / "output"
    with output.open("wb") as out:
        process = subprocess.Popen(
            ["make", "--no-print-directory", "superset", f"PORT={port}", *folders],
            cwd=REPOSITORY,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        while not answers(url) and process.poll() is None:
            time.sleep(1)
        log = output.read_text(encoding="utf-8")
        assert process.poll() is None, log
        yield Served(url, Built(0, "", warehouse), folder / "home", log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=PATIENCE) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    browser_path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not browser_path:
        pytest.fail(
            "The dashboard was NOT tested, for want of a browser: apt-get install chromium"
            " fonts-noto-cjk, or name one in CHROMIUM=/path/to/chromium."
        )
    browser = playwright.chromium.launch(
        executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
    )
    yield browser
    browser.close()


@dataclass(frozen=True)
class Visit:
    """The dashboard as a visitor without an account sees it, and what the page asked for."""

    page: Page
    charts: dict[str, list[dict[str, Any]]]
    outside: dict[str, str | None]


@pytest.fixture(scope="module")
def visit(superset: Served, browser: Browser) -> Iterator[Visit]:
    """The dashboard, opened and rendered; the rows of its charts by their titles."""
    titles = {
        int(chart["id"]): chart["slice_name"]
        for chart in superset.answer("/api/v1/dashboard/budget/charts")["result"]
    }
    charts: dict[str, list[dict[str, Any]]] = {}
    outside: dict[str, str | None] = {}
    page = browser.new_page(viewport={"width": 1500, "height": 5600}, locale="zh-CN")
    page.set_default_timeout(PATIENCE * 1000)

    def keep(response: Any) -> None:
        if "/api/v1/chart/data" in response.url:
            chart = response.request.post_data_json["form_data"].get("slice_id")
            if chart in titles:
                (result,) = json.loads(response.text(), parse_float=Decimal)["result"]
                charts[titles[chart]] = result["data"]

    def ask(request: Any) -> None:
        if not request.url.startswith((superset.url, "data:", "blob:")):
            outside[request.url] = None

    def fail(request: Any) -> None:
        if request.url in outside:
            outside[request.url] = request.failure

    page.on("response", keep)
    page.on("request", ask)
    page.on("requestfailed", fail)
    page.goto(superset.dashboard)
    expect(page.locator(".slice_container")).to_have_count(len(titles), timeout=PATIENCE * 1000)
    expect(page.locator(".loading")).to_have_count(0, timeout=PATIENCE * 1000)
    page.wait_for_timeout(3000)  # the charts draw themselves in
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "dashboard.png", full_page=True)
    yield Visit(page, charts, outside)
    page.close()


@pytest.fixture(scope="module")
def account(superset: Served, playwright: Playwright) -> Iterator[APIRequestContext]:
    """The account that make made, signed in."""
    context = playwright.request.new_context(base_url=superset.url)
    signed = context.post(
        "/api/v1/security/login",
        data={"username": "admin", "password": superset.password, "provider": "db"},
    )
    assert signed.ok, signed.text()
    token = {"Authorization": f"Bearer {signed.json()['access_token']}"}
    context.dispose()
    context = playwright.request.new_context(base_url=superset.url, extra_http_headers=token)
    csrf = context.get("/api/v1/security/csrf_token/").json()["result"]
    headers = token | {"X-CSRFToken": csrf, "Referer": superset.url}
    cookies = context.storage_state()
    context.dispose()
    context = playwright.request.new_context(
        base_url=superset.url, extra_http_headers=headers, storage_state=cookies
    )
    yield context
    context.dispose()


def asked(account: APIRequestContext, sql: str) -> tuple[bool, str]:
    """Tell whether SQL Lab ran a statement, and its answer."""
    (database,) = account.get("/api/v1/database/").json()["result"]
    answer = account.post(
        "/api/v1/sqllab/execute/",
        data={"database_id": database["id"], "sql": sql, "runAsync": False},
    )
    return answer.ok, answer.text()


def test_its_secrets_are_its_owners_and_it_answers_on_loopback_only(superset: Served) -> None:
    modes = {file.name: file.stat().st_mode & 0o777 for file in superset.home.iterdir()}
    assert modes == {"secret_key": 0o600, "superset.db": 0o600}
    assert superset.password not in (superset.home / "superset.db").read_bytes().decode("latin-1")
    port = int(superset.url.rpartition(":")[2])
    listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    sockets = {line.split()[1] for line in listening if line.split()[3] == "0A"}
    assert f"0100007F:{port:04X}" in sockets
    assert f"00000000:{port:04X}" not in sockets


def test_the_dashboard_opens_without_an_account_in_chinese(visit: Visit) -> None:
    page = visit.page
    assert page.title() == "部门预算"
    text = page.locator("body").inner_text()
    for expected in ("登录", "年度", "单位", "阶段", *CHARTS):
        assert expected in text
    for drawn_wrongly in ("Error", "错误：", "fiscal_year", "organization_name", "No results"):
        assert drawn_wrongly not in text
    drawings = page.locator(".chart-slice canvas").count()
    assert drawings == 6, "two bars of years, one of classes, treemap, waterfall and heat map"


def test_a_phone_shows_the_charts_below_the_filters(superset: Served, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(superset.dashboard)
    chart = page.locator(".slice_container").first
    expect(chart).to_be_visible(timeout=PATIENCE * 1000)
    box = chart.bounding_box()
    assert box is not None
    assert box["x"] < 100, "no filters beside it"
    assert box["width"] > 350
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".loading")).to_have_count(0, timeout=PATIENCE * 1000)
    page.wait_for_timeout(3000)  # the charts draw themselves in
    page.screenshot(path=SCREENSHOTS / "phone.png", full_page=True)
    page.close()


def test_nothing_is_loaded_from_outside(visit: Visit) -> None:
    assert set(visit.outside.values()) <= {"csp"}, visit.outside


@pytest.mark.parametrize("title", CHARTS)
def test_what_a_chart_holds_is_what_the_published_file_says(
    superset: Served, visit: Visit, title: str
) -> None:
    columns, query = CHARTS[title]
    expected = sorted(tuple(map(plain, row)) for row in superset.built.rows(query))
    assert expected
    assert sorted(rows_of(visit.charts[title], columns.split())) == expected


def rows_of(data: list[dict[str, Any]], columns: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows that a chart holds; where it holds a column for each series, one row for each."""
    for row in data:
        if columns[-1] in row:
            yield tuple(plain(row[column]) for column in columns)
        else:
            key = columns[0]
            for series, amount in row.items():
                if series != key and amount is not None:
                    yield plain(row[key]), series, plain(amount)


def plain(value: object) -> str:
    """A value of either side as text: amounts without trailing zeros, which carry no meaning."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def test_the_figures_on_the_page_are_the_printed_ones(superset: Served, visit: Visit) -> None:
    text = visit.page.locator("body").inner_text()
    assert f"{SONGJIANG_YUAN:,.2f}" in text
    total = superset.built.value(f"select sum(amount_yuan) {EXPENDITURES} {LAST_YEAR}")
    assert f"{total:,.2f}" in text
    assert f"{total / 10000:,f}".rstrip("0").rstrip(".") in text


def test_both_figures_of_a_finding_stand_side_by_side(visit: Visit) -> None:
    """NT-09: line 27 says the appropriation fell by 1258.38 万元, line 138 that it rose by it."""
    table = visit.page.locator(".dashboard-component-chart-holder").filter(
        has_text="不符之处，文件所载与核对结果并列"
    )
    rows: list[str] = []
    for number in range(1, table.locator(".pagination li").count() + 1):
        table.locator(".pagination li").get_by_text(str(number), exact=True).click()
        expect(table.locator(".pagination li.active")).to_have_text(str(number))
        rows += table.locator("tbody tr").all_inner_texts()
    (finding,) = (row for row in rows if row.startswith("NT-09"))
    for expected in (
        "-12,583,800.00",
        "\t12,583,800.00",
        "减少 1,258.38 万元",
        "文字说明第27行",
        "文字说明第138行",
        "只有增加与 47.65% 相符",
    ):
        assert expected in finding


def test_the_account_can_ask(account: APIRequestContext) -> None:
    ran, text = asked(
        account,
        "select sum(amount_yuan) as yuan from marts.expenditures"
        f" where organization_name = '{SONGJIANG_NAME}'",
    )
    assert ran, text
    assert str(SONGJIANG_YUAN) in text


@pytest.mark.parametrize(
    "statement",
    [
        "create table marts.written as select 1 as one",
        "insert into marts.dim_organizations select * from marts.dim_organizations",
        "update marts.fct_expenditures set amount_yuan = 0",
        "drop view marts.expenditures",
    ],
)
def test_a_write_is_refused(superset: Served, account: APIRequestContext, statement: str) -> None:
    before = (superset.built.warehouse / "budget.duckdb").read_bytes()
    ran, text = asked(account, statement)
    assert not ran, text
    assert (superset.built.warehouse / "budget.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("select * from read_text('{home}/secret_key')", "file system operations are disabled"),
        ("attach '{home}/superset.db'", "file system operations are disabled"),
        ("copy marts.dim_organizations to '{home}/copied.csv'", "file system operations are"),
        ("set enable_external_access = true", "the configuration has been locked"),
    ],
)
def test_the_files_of_the_host_are_out_of_reach(
    superset: Served, account: APIRequestContext, statement: str, refusal: str
) -> None:
    ran, text = asked(account, statement.format(home=superset.home))
    assert not ran
    assert refusal in text
    assert not (superset.home / "copied.csv").exists()


def test_no_form_of_superset_unlocks_the_warehouse_or_adds_another(
    superset: Served, account: APIRequestContext
) -> None:
    for elsewhere in ("duckdb://", f"duckdb:///{superset.home}/other.duckdb"):
        added = account.post(
            "/api/v1/database/", data={"database_name": elsewhere, "sqlalchemy_uri": elsewhere}
        )
        assert added.status == 422
        assert "Only the published warehouse can be read" in added.text()
    (database,) = account.get("/api/v1/database/").json()["result"]
    assert not database["allow_file_upload"]
    opened = {"url_config": {}, "config": {"enable_external_access": "true"}}
    changed = account.put(
        f"/api/v1/database/{database['id']}",
        data={
            "allow_dml": True,
            "extra": json.dumps({"engine_params": {"connect_args": opened}}),
        },
    )
    assert changed.ok, changed.text()
    ran, text = asked(account, "create table marts.written as select 1 as one")
    assert not ran
    assert "read-only" in text
    ran, text = asked(account, "select * from read_csv('/etc/passwd')")
    assert not ran
    assert "file system operations are disabled" in text


def test_a_publication_shows_while_others_are_reading(
    superset: Served, visit: Visit, tmp_path: Path
) -> None:
    """Readers without a pause see the old total or the new one, and only the new one after it."""
    before = superset.total()
    assert before == superset.built.value("select sum(amount_yuan) from marts.expenditures")
    after = before + SONGJIANG_YUAN
    shutil.copytree(SEEDS, tmp_path / "seeds")
    copied(SONGJIANG, tmp_path / "seeds", name="another")
    read: list[tuple[float, Decimal]] = []
    failures: list[Exception] = []
    published = threading.Event()

    def reads() -> None:
        while not published.is_set():
            started = time.monotonic()
            try:
                read.append((started, superset.total()))
            except Exception as failure:
                failures.append(failure)

    readers = [threading.Thread(target=reads) for _ in range(6)]
    for reader in readers:
        reader.start()
    built = build(tmp_path / "seeds", superset.built.warehouse)
    done = time.monotonic()
    # Readers go on over the new file.
    wait_for(lambda: failures or sum(started > done for started, _ in read) > 2 * len(readers))
    published.set()
    for reader in readers:
        reader.join()
    assert built.status == 0, built.output
    assert built.value("select sum(amount_yuan) from marts.expenditures") == after
    assert not failures
    assert {total for _, total in read} == {before, after}
    later = [total for started, total in read if started > done]
    assert len(later) > len(readers)
    assert set(later) == {after}
    visit.page.reload()
    organization = visit.page.locator(".pvtRowLabel").get_by_text("another", exact=True)
    expect(organization).not_to_have_count(0, timeout=PATIENCE * 1000)

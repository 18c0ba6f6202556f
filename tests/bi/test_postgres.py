"""A real PostgreSQL holds what was published, for its readers and for nobody else to change."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import jpype
import psycopg
import pytest
import sqlalchemy
from postgres_server import PASSWORD, Server, running_server
from warehouses import REPOSITORY, SONGJIANG, Built, build, copied

from budget_warehouse.outputs.postgres import PostgresError, publish_to_postgres

ANALYST = "analyst"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def earlier(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A first publication, of one disclosure, by the main job with POSTGRES_URL set."""
    folder = tmp_path_factory.mktemp("earlier")
    copied(SONGJIANG, folder / "seeds")
    (folder / "dagster").mkdir()
    shutil.copy(REPOSITORY / "deploy" / "dagster.yaml", folder / "dagster")
    built = build(
        folder / "seeds",
        folder / "warehouse",
        POSTGRES_URL=server.url(),
        DAGSTER_HOME=str(folder / "dagster"),
    )
    assert built.status == 0, built.output
    assert checksums(server) == checksums(built.warehouse / "budget.duckdb")
    with server.connect() as connection:
        connection.execute(f"create role {ANALYST} login password '{PASSWORD}'")
        connection.execute(f"grant budget_reader to {ANALYST}")
    return built


@pytest.fixture(scope="session")
def later(server: Server, earlier: Built, repository_warehouse: Built) -> Built:
    """A second publication, of every disclosure, by hand."""
    run = publish(repository_warehouse.warehouse, server.url())
    assert run.returncode == 0, run.stderr
    assert "in the schemas marts and marts_zh" in run.stdout
    return repository_warehouse


def publish(warehouse: Path, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *("make", "--no-print-directory", "publish-postgres"),
            *(f"WAREHOUSE={warehouse}", f"POSTGRES_URL={url}"),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def checksums(source: Path | Server) -> dict[str, tuple[int, str]]:
    """The number of rows and the SHA-256 of the sorted rows of every mart."""
    if isinstance(source, Server):
        connection: Any = source.connect()
    else:
        connection = duckdb.connect(str(source), read_only=True)
    with connection:
        names = connection.execute(
            "select table_name, string_agg(column_name, ', ' order by ordinal_position)"
            " from information_schema.columns where table_schema = 'marts' group by 1"
        ).fetchall()
        result = {}
        for name, columns in names:
            rows = connection.execute(f"select {columns} from marts.{name}").fetchall()
            text = "\n".join(sorted(map(repr, rows)))
            result[name] = (len(rows), sha256(text.encode()).hexdigest())
    return result


def test_every_publication_holds_the_same_rows(
    server: Server, earlier: Built, later: Built
) -> None:
    before = checksums(earlier.warehouse / "budget.duckdb")
    after = checksums(later.warehouse / "budget.duckdb")
    assert checksums(server) == after != before
    assert len(after) > 20
    with server.connect(ANALYST) as reader:
        ((total,),) = reader.execute(
            "select sum(amount_yuan) from marts.expenditures where fiscal_year = 2021"
        ).fetchall()
        assert total == Decimal("38993676.17")


def test_nothing_of_a_publication_is_left_behind(server: Server, later: Built) -> None:
    with server.connect() as connection:
        schemas = connection.execute(
            "select nspname from pg_namespace where nspname like 'marts%' order by 1"
        ).fetchall()
    assert schemas == [("marts",), ("marts_zh",)]


def test_the_password_is_nowhere_to_be_read(earlier: Built) -> None:
    assert PASSWORD not in earlier.output
    logged = [path for path in (earlier.warehouse.parent / "dagster").rglob("*") if path.is_file()]
    assert any(b"published__postgres" in path.read_bytes() for path in logged)
    for path in logged:
        assert b"s3cret" not in path.read_bytes(), path


def test_readers_see_the_one_publication_or_the_other(
    server: Server, earlier: Built, later: Built
) -> None:
    query = "select count(*), sum(amount_yuan) from marts.expenditures"
    expected = {built: built.rows(query)[0] for built in (earlier, later)}
    seen: list[tuple[int, Decimal]] = []
    errors: list[psycopg.Error] = []
    done = threading.Event()

    def read() -> None:
        with server.connect(ANALYST) as connection:
            while not done.is_set():
                try:
                    seen.extend(connection.execute(query).fetchall())
                except psycopg.Error as error:
                    errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for built in (earlier, later, earlier, later):
        publish_to_postgres(built.warehouse / "budget.duckdb", server.url())
    done.set()
    for reader in readers:
        reader.join()
    assert not errors
    assert set(seen) == set(expected.values())
    assert len(seen) > 20


def test_a_reader_in_the_middle_keeps_what_it_reads_and_holds_up_nobody(
    server: Server, later: Built
) -> None:
    published = later.warehouse / "budget.duckdb"
    with server.connect(ANALYST) as reader, reader.transaction():
        cursor = reader.cursor("slow")
        cursor.execute("select * from marts.fct_published_amounts")
        first = cursor.fetchmany(10)
        publish_to_postgres(published, server.url())
        rest = cursor.fetchall()
        cursor.close()
    assert len(first) + len(rest) == later.value("select count(*) from marts.fct_published_amounts")
    publish_to_postgres(published, server.url())
    with server.connect() as connection:
        previous = connection.execute(
            "select from pg_namespace where nspname like '%previous'"
        ).rowcount
    assert previous == 0


def test_sqlalchemy_sees_types_keys_and_comments(server: Server, later: Built) -> None:
    engine = sqlalchemy.create_engine(server.url(ANALYST, "postgresql+psycopg"))
    inspector = sqlalchemy.inspect(engine)
    assert set(inspector.get_table_names("marts")) == set(
        checksums(later.warehouse / "budget.duckdb")
    )
    columns = {
        column["name"]: column for column in inspector.get_columns("fct_expenditures", "marts")
    }
    amount = columns["amount_yuan"]
    assert str(amount["type"]) == "NUMERIC(18, 2)"
    assert str(columns["fiscal_year"]["type"]) == "INTEGER"
    assert columns["fiscal_year"]["comment"] == "预算年度: The budget year (预算年度)."
    assert not columns["disclosure_id"]["nullable"]
    primary = inspector.get_pk_constraint("fct_basic_expenditures", "marts")
    assert primary["constrained_columns"] == ["disclosure_id", "economic_code", "component"]
    (grain,) = inspector.get_unique_constraints("fct_expenditures", "marts")
    assert grain["column_names"] == [
        *("disclosure_id", "fund", "function_code", "nature", "unit_name")
    ]
    foreign = {
        (tuple(key["constrained_columns"]), key["referred_schema"], key["referred_table"])
        for key in inspector.get_foreign_keys("fct_expenditures", "marts")
    }
    assert foreign == {
        (("disclosure_id",), "marts", "dim_disclosures"),
        (("fiscal_year", "function_code"), "marts", "dim_functions"),
    }
    comment = inspector.get_table_comment("fct_expenditures", "marts")["text"]
    assert comment is not None
    assert comment.startswith(
        "支出明细: One row per disclosure, fund, functional item, nature and unit where rows are a"
        " unit's."
    )
    for mart in inspector.get_table_names("marts"):
        assert inspector.get_table_comment(mart, "marts")["text"], mart
        assert all(column["comment"] for column in inspector.get_columns(mart, "marts")), mart
        unique = inspector.get_unique_constraints(mart, "marts")
        assert inspector.get_pk_constraint(mart, "marts")["constrained_columns"] or unique, mart


def odbc(server: Server) -> Any:
    drivers = sorted(Path("/usr/lib").glob("*/odbc/psqlodbcw.so"))
    if not drivers:
        pytest.fail(
            "The ODBC driver is not installed, so nothing of it was tested:"
            " apt-get install libodbc2 odbc-postgresql",
            pytrace=False,
        )
    import pyodbc  # its library is among those packages

    return pyodbc.connect(
        driver=str(drivers[0]),
        server="127.0.0.1",
        port=server.port,
        database="postgres",
        uid=ANALYST,
        pwd=f"{{{PASSWORD}}}",
    )


def test_odbc_sees_types_and_keys_and_reads_exactly(server: Server, later: Built) -> None:
    with odbc(server) as connection:
        import pyodbc

        cursor = connection.cursor()
        tables = {row.table_name for row in cursor.tables(schema="marts")}
        assert tables == set(checksums(later.warehouse / "budget.duckdb"))
        columns = {
            row.column_name: row for row in cursor.columns("fct_expenditures", schema="marts")
        }
        amount = columns["amount_yuan"]
        assert (amount.type_name, amount.column_size, amount.decimal_digits) == ("numeric", 18, 2)
        primary = [
            row.column_name for row in cursor.primaryKeys("fct_basic_expenditures", schema="marts")
        ]
        assert primary == ["disclosure_id", "economic_code", "component"]
        foreign = {
            (row.pktable_name, row.fkcolumn_name)
            for row in cursor.foreignKeys(foreignTable="fct_expenditures", foreignSchema="marts")
        }
        assert ("dim_disclosures", "disclosure_id") in foreign
        total = cursor.execute(
            "select sum(amount_yuan) from marts.expenditures where fiscal_year = 2021"
        ).fetchval()
        assert total == Decimal("38993676.17")
        with pytest.raises(pyodbc.Error, match="permission denied"):
            cursor.execute("delete from marts.fct_projects")


def jdbc(server: Server) -> Any:
    """A JDBC connection of the reader's; only JDBC's catalogue has comments, ODBC's has none."""
    driver = Path("/usr/share/java/postgresql.jar")
    if not driver.exists():
        pytest.fail(
            "The JDBC driver is not installed, so nothing of it was tested:"
            " apt-get install libpostgresql-jdbc-java default-jre-headless",
            pytrace=False,
        )
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(driver)])
    url = f"jdbc:postgresql://127.0.0.1:{server.port}/postgres"
    return jpype.JClass("java.sql.DriverManager").getConnection(url, ANALYST, PASSWORD)


def test_jdbc_sees_types_keys_and_comments_and_reads_exactly(server: Server, later: Built) -> None:
    def listed(rows: Any, *columns: str) -> list[tuple[str, ...]]:
        results = []
        while rows.next():
            results.append(tuple(str(rows.getString(column)) for column in columns))
        return results

    connection = jdbc(server)
    catalogue = connection.getMetaData()
    columns = catalogue.getColumns(None, "marts", "fct_expenditures", "%")
    known = listed(columns, "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "DECIMAL_DIGITS", "REMARKS")
    assert ("fiscal_year", "int4", "10", "0", "预算年度: The budget year (预算年度).") in known
    assert [column[1:4] for column in known if column[0] == "amount_yuan"] == [
        ("numeric", "18", "2")
    ]
    assert all(column[-1] for column in known)
    tables = listed(catalogue.getTables(None, "marts", "%", ["TABLE"]), "TABLE_NAME", "REMARKS")
    remarks = {name: remark for name, remark in tables}
    assert remarks.keys() == checksums(later.warehouse / "budget.duckdb").keys()
    assert remarks["fct_expenditures"].startswith("支出明细: One row per")
    primary = listed(
        catalogue.getPrimaryKeys(None, "marts", "fct_basic_expenditures"), "COLUMN_NAME"
    )
    assert {name for (name,) in primary} == {"disclosure_id", "economic_code", "component"}
    foreign = listed(
        catalogue.getImportedKeys(None, "marts", "fct_expenditures"),
        "PKTABLE_NAME",
        "FKCOLUMN_NAME",
    )
    assert ("dim_functions", "function_code") in foreign
    rows = connection.createStatement().executeQuery(
        "select sum(amount_yuan) from marts.expenditures where fiscal_year = 2021"
    )
    assert rows.next()
    assert str(rows.getBigDecimal(1)) == "38993676.17"
    with pytest.raises(jpype.JException, match="permission denied"):
        connection.createStatement().executeUpdate("delete from marts.fct_projects")
    connection.close()


def test_the_views_speak_chinese(server: Server, later: Built) -> None:
    with server.connect(ANALYST) as reader:
        rows = reader.execute(
            'select "类名称", sum("金额（元）") from marts_zh."支出明细（汇总用）"'
            " where \"单位名称\" = '上海市松江区城市运行管理中心' and \"支出性质\" = '项目支出'"
            " and \"预算阶段\" = '年初预算' group by 1"
        ).fetchall()
        assert rows == [("城乡社区支出", Decimal("16563266.00"))]
        views = reader.execute(
            "select count(*) from pg_views where schemaname = 'marts_zh'"
        ).fetchall()
    assert views == [(len(checksums(server)),)]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into marts.fct_rejected_rows (source_file, reason) values ('x', 'y')",
        "update marts.fct_expenditures set amount_yuan = 0",
        "delete from marts.dim_disclosures",
        "truncate marts.fct_projects",
        "drop table marts.expenditures",
        "create table marts.mine (a integer)",
        "alter table marts.expenditures add column a integer",
        'delete from marts_zh."项目"',
        "drop schema marts_zh cascade",
    ],
)
def test_a_reader_can_only_select(server: Server, later: Built, statement: str) -> None:
    before = checksums(server)
    with (
        server.connect(ANALYST) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        reader.execute(statement)
    assert checksums(server) == before


def refused(server: Server, published: Path, expected: str) -> None:
    """A publication fails with a sentence, and the database is as it was."""
    before = checksums(server)
    with pytest.raises(PostgresError, match=expected) as refusal:
        publish_to_postgres(published, server.url())
    assert PASSWORD not in str(refusal.value)
    assert checksums(server) == before
    with server.connect() as connection:
        left = connection.execute("select from pg_namespace where nspname like '%next'").rowcount
    assert left == 0


def test_what_others_built_on_the_marts_is_not_dropped(server: Server, later: Built) -> None:
    published = later.warehouse / "budget.duckdb"
    with server.connect() as connection:
        connection.execute("create view public.mine as select * from marts.expenditures")
        try:
            refused(server, published, "mine would go when the marts are replaced")
        finally:
            connection.execute("drop view public.mine")
        connection.execute(
            "create table theirs (rule text references marts.dim_reconciliation_rules)"
        )
        try:
            refused(server, published, "theirs would go")
        finally:
            connection.execute("drop table theirs")
    publish_to_postgres(published, server.url())


def test_a_schema_of_somebody_else_is_not_replaced(server: Server, later: Built) -> None:
    with server.connect() as connection:
        connection.execute("create database other")
    url = server.url(database="other")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.precious (a integer)")
        with pytest.raises(PostgresError, match="somebody else's"):
            publish_to_postgres(later.warehouse / "budget.duckdb", url)
        assert connection.execute("select from marts.precious").rowcount == 0


def test_a_load_that_fails_changes_nothing(server: Server, later: Built, tmp_path: Path) -> None:
    broken = tmp_path / "budget.duckdb"
    shutil.copy(later.warehouse / "budget.duckdb", broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("delete from marts.dim_disclosures")
    refused(server, broken, "violates foreign key constraint")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://postgres:{secret}@127.0.0.1:{port}/postgres", "authentication failed"),
        ("postgresql://postgres:{secret}@127.0.0.1:1/postgres", "Connection refused"),
        ("postgresql://postgres:{secret}@[127.0.0.1/postgres", "cannot be read"),
        ("postgresql://postgres:{secret}@127.0.0.1:port/postgres", "cannot be read"),
        ("", "make publish-postgres POSTGRES_URL="),
    ],
)
def test_a_url_that_leads_nowhere_is_a_sentence_without_the_password(
    server: Server, later: Built, url: str, message: str
) -> None:
    run = publish(later.warehouse, url.format(secret="s3cret", port=server.port))
    assert run.returncode != 0
    assert message in run.stderr
    assert "s3cret" not in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def test_a_user_who_cannot_create_roles_is_told_what_to_ask_for(
    server: Server, later: Built
) -> None:
    with server.connect() as connection:
        connection.execute(f"create role publisher login password '{PASSWORD}'")
        connection.execute("create database fresh owner publisher")
        connection.execute("alter role budget_reader rename to budget_reader_away")
    try:
        url = server.url("publisher", database="fresh")
        with pytest.raises(PostgresError, match="create role budget_reader nologin"):
            publish_to_postgres(later.warehouse / "budget.duckdb", url)
    finally:
        with server.connect() as connection:
            connection.execute("alter role budget_reader_away rename to budget_reader")
    publish_to_postgres(later.warehouse / "budget.duckdb", url)

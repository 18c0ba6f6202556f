"""A draft is checked before it is published: judged with last year, and nothing of it stays."""

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from specimen import write_html
from warehouses import REPOSITORY, SEEDS, Built, environment

from budget_warehouse.drafts import comparison_group as group
from budget_warehouse.landing.landing import land

NOWHERE = """
<h1>乌有市水务局2026年部门预算</h1><p>部门支出总表</p><p>单位：万元</p>
<table>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td>2130301</td><td>行政运行</td><td>2.50</td><td>2.50</td><td></td></tr>
<tr><td></td><td>合计</td><td>2.50</td><td>2.50</td><td></td></tr>
</table>
"""
DOCUMENTS = REPOSITORY / "tests" / "documents"


def check(document: Path, warehouse: Path, into: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "budget_warehouse", "check"),
            *("--into", str(into), "--", str(document)),
        ],
        cwd=REPOSITORY,
        env=environment(SEEDS, warehouse),
        capture_output=True,
        text=True,
        check=False,
    )


def standing(folder: Path) -> dict[Path, tuple[int, int]]:
    return {
        file: (file.stat().st_size, file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }


@pytest.fixture
def specimen(tmp_path: Path) -> Path:
    document = tmp_path / "specimen.html"
    write_html(document)
    return document


def test_a_budget_is_judged_beside_last_year_and_nothing_of_it_stays(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    """Page 12 of the document prints 154,369,326 where the rows below it come to one yuan more."""
    seeds, warehouse = standing(SEEDS), standing(repository_warehouse.warehouse)
    run = check(DOCUMENTS / "putuo-wanli-2025-budget.pdf", repository_warehouse.warehouse, tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "\nBeside        putuo-wanli-2023-budget, putuo-wanli-2024-budget\n" in run.stdout
    assert "9 of 9 tables whole" in run.stdout
    assert "printed   154,369,326.00  收入预算总表 p.12 r.17" in run.stdout
    assert "computed  154,369,327.00  收入预算总表 p.12 r.18" in run.stdout
    assert "to do     Correct the amount of the account in T2" in run.stdout
    page = html.parse(tmp_path / "putuo-wanli-2025-budget.html").getroot()
    assert "154,369,326.00" in page.text_content()
    assert page.xpath("string(//td[@class='strip'])").strip() == "第12页"
    assert page.xpath("//@href") == []
    assert (tmp_path / "putuo-wanli-2025-budget.reading.txt").read_text(encoding="utf-8")
    assert standing(SEEDS) == seeds
    assert standing(repository_warehouse.warehouse) == warehouse


def test_a_draft_says_what_the_published_document_would(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    """The same facts with the same severity: the draft stands in the place of the document."""
    name = "putuo-wanli-2025-budget"
    run = check(DOCUMENTS / f"{name}.pdf", repository_warehouse.warehouse, tmp_path)
    published = repository_warehouse.rows(
        "select severity, rule_code from marts.fct_findings where disclosure_id = ?", name
    )
    printed = [line.split()[1:3] for line in run.stdout.splitlines() if line[:3].strip().isdigit()]
    assert published
    assert sorted(map(tuple, printed)) == sorted(published)


def test_a_clean_draft_of_an_organization_that_is_not_loaded_ends_with_0(
    repository_warehouse: Built, tmp_path: Path
) -> None:
    document = DOCUMENTS / "suzhou-audit-2026-budget.pdf"
    run = check(document, repository_warehouse.warehouse, tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Beside        nothing" in run.stdout
    assert "error" not in run.stdout


def test_a_planted_error_is_named_with_its_place(
    repository_warehouse: Built, specimen: Path, tmp_path: Path
) -> None:
    """One more in the total of a row whose parts are 19,103,755.23 and 16,563,266.00."""
    text = specimen.read_text(encoding="utf-8")
    row = "<td rowspan=1 colspan=1>{}</td>\n<td rowspan=1 colspan=1>19,103,755.23</td>"
    printed, wrong = row.format("35,667,021.23"), row.format("35,667,022.23")
    assert printed in text
    specimen.write_text(text.replace(printed, wrong, 1), encoding="utf-8")
    run = check(specimen, repository_warehouse.warehouse, tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "35,667,022.23" in run.stdout
    assert "35,667,021.23" in run.stdout


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("budget.pdf", b"no document at all", "budget.pdf"),
        ("notice.html", "<p>关于春节放假的通知</p>".encode(), "notice.html"),
        ("nowhere.html", NOWHERE.encode(), "region_code of disclosure.csv is empty"),
    ],
)
def test_a_document_that_cannot_be_read_ends_with_2_and_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    document = tmp_path / name
    document.write_bytes(content)
    run = check(document, tmp_path / "warehouse", tmp_path)
    assert run.returncode == 2
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "warehouse").exists()


def test_a_document_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    for document in (tmp_path / "missing.pdf", tmp_path):
        run = check(document, tmp_path / "warehouse", tmp_path)
        assert run.returncode == 2
        assert str(document) in run.stderr


def test_a_warehouse_that_a_build_writes_to_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "landing.duckdb"
    draft = tmp_path / "draft.duckdb"
    land(SEEDS, file)
    land(SEEDS, draft)
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        monkeypatch.setattr(group, "_WAIT_SECONDS", 0)
        with pytest.raises(group.LandingInUseError, match="wait until it has finished"):
            group.comparison_group(draft, file)
        holder.communicate("")
    assert group.comparison_group(draft, file) == []  # each is in the draft

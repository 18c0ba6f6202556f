"""The HTTP door: rows as JSON and CSV, the explorer and the reports, and nothing else of the disk.

Every answer is of the newest publication and names it, in its body and in its headers.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from budget_warehouse.serving.catalogue import SCHEMAS, Table
from budget_warehouse.serving.errors import (
    BusyError,
    QuestionError,
    ReplacedError,
    TooLargeError,
    TooLongError,
    UnknownNameError,
    UnpublishedError,
    WrongValueError,
)
from budget_warehouse.serving.open_api import NAME, described
from budget_warehouse.serving.page import DEFAULT_ROWS, MOST_ROWS, Page, read_page
from budget_warehouse.serving.publication import OpenedPublication, Publication, PublishedFile, Rows
from budget_warehouse.serving.statement import Answer, ask
from budget_warehouse.serving.values import csv_text, plain
from budget_warehouse.storage.warehouse import Warehouse

_STATUSES: dict[type[QuestionError], int] = {
    BusyError: 503,
    QuestionError: 422,
    ReplacedError: 409,
    TooLargeError: 422,
    TooLongError: 504,
    UnknownNameError: 404,
    UnpublishedError: 503,
    WrongValueError: 422,
}
_FORMS = ("json", "csv")
_OTHER_PAGES = {
    "explorer": "site/",
    "reports": "reports/",
    "openapi": "openapi.json",
    "sql": "sql?query=select+1",
    "health": "health",
}
_STATEMENTS_AT_ONCE = 2  # each has its own process and memory

_Get = Callable[[str], Callable[[Callable[..., Response]], Any]]


class Folder(StaticFiles):
    """A folder that a publication replaces, so that it may be missing and is never cached."""

    async def check_config(self) -> None:
        """Take the folder as it is when a file is asked for."""

    def file_response(self, *arguments: Any, **options: Any) -> Response:
        """Return a file that is to be asked for again each time."""
        response = super().file_response(*arguments, **options)
        response.headers["cache-control"] = "no-cache"
        return response


def data_door(warehouse: Warehouse, memory: str = "", hosts: tuple[str, ...] = ("*",)) -> FastAPI:
    """Return the application over a warehouse.

    Args:
        warehouse: whose published file, explorer and reports are served.
        memory: how much memory the answers may take, as DuckDB says it.
        hosts: the names under which it answers; a page of another site has another one.
    """
    published = PublishedFile(warehouse.published, memory)
    door = FastAPI(title=NAME, openapi_url=None, docs_url=None, redoc_url=None)
    door.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    door.add_exception_handler(QuestionError, _refused)
    door.add_exception_handler(HTTPException, _not_there)
    door.mount("/site", Folder(directory=warehouse.site, html=True, check_dir=False))
    door.mount("/reports", Folder(directory=warehouse.reports, html=True, check_dir=False))
    get = _getter(door)
    _add_contents(get, published)
    _add_statements(get, warehouse.published)
    _add_folders(get)
    _add_tables(get, published)  # last: its paths take any word
    return door


def _getter(door: FastAPI) -> _Get:
    """Return a decorator for what is read under a path."""

    def get(path: str) -> Callable[[Callable[..., Response]], Any]:
        return door.api_route(path, methods=["GET", "HEAD"], response_model=None)

    return get


def _add_contents(get: _Get, published: PublishedFile) -> None:
    """Add the pages about the door: its contents, its health and its description."""

    @get("/")
    def contents(request: Request) -> Response:
        opened = published.newest()
        base = _base(request)
        tables = {schema: _listed_tables(opened, schema, base) for schema in SCHEMAS}
        others = {name: f"{base}/{path}" for name, path in _OTHER_PAGES.items()}
        return _json(opened.publication, {"title": NAME, **others, **tables})

    @get("/health")
    def health() -> Response:
        return _json(published.newest().publication, {"status": "ok"})

    @get("/openapi.json")
    def open_api() -> Response:
        opened = published.newest()
        return JSONResponse(
            described(opened.catalogue, opened.publication), headers=_headers(opened.publication)
        )


def _add_statements(get: _Get, file: Path) -> None:
    """Add the page that answers one select, to a few at once."""
    turns = threading.BoundedSemaphore(_STATEMENTS_AT_ONCE)

    @get("/sql")
    def sql(request: Request) -> Response:
        options = _options(request, ("query", "limit", "format"))
        statement = options.get("query", "")
        if not statement.strip():
            raise QuestionError("Write the select as query: /sql?query=select+1.")
        form = _form(options.get("format", "json"))
        limit = _limit(options.get("limit", str(DEFAULT_ROWS)))
        if not turns.acquire(blocking=False):
            raise BusyError("Too many statements are being answered; ask again in a minute.")
        try:
            answer = ask(file, statement, limit)
        finally:
            turns.release()
        return _answered(answer, form)


def _add_folders(get: _Get) -> None:
    """Add the addresses of the folders without a slash, and the icon that a browser asks for."""

    @get("/favicon.ico")
    def icon() -> Response:
        return Response(status_code=204)  # a browser asks for one beside every page

    @get("/site")
    @get("/reports")
    def folder(request: Request) -> Response:
        return RedirectResponse(f"{request.url.path}/")


def _add_tables(get: _Get, published: PublishedFile) -> None:
    """Add the pages of a schema: its tables, and the columns and the rows of each."""

    @get("/{schema}")
    def tables(schema: str, request: Request) -> Response:
        opened = published.newest()
        listed = _listed_tables(opened, _schema(schema), _base(request))
        return _json(opened.publication, {schema: listed})

    @get("/{schema}/{name}/columns")
    def columns(schema: str, name: str) -> Response:
        opened = published.newest()
        table = opened.catalogue.table(_schema(schema), name)
        return _json(opened.publication, table.described)

    @get("/{schema}/{name}")
    def rows(schema: str, name: str, request: Request) -> Response:
        opened = published.newest()
        stem, _, form = name.partition(".")
        table = opened.catalogue.table(_schema(schema), stem)
        form = _form(form or "json")
        page = read_page(table, request.query_params.multi_items())
        return _page(opened, table, page, form, request.url)


def _schema(name: str) -> str:
    if name not in SCHEMAS:
        raise UnknownNameError("page called", f"/{name}", [f"/{schema}" for schema in SCHEMAS])
    return name


def _form(name: str) -> str:
    if name not in _FORMS:
        raise UnknownNameError("format called", name, _FORMS)
    return name


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_ROWS):
        raise WrongValueError(f"limit is {text!r}: write a number from 1 to {MOST_ROWS}.")
    return int(text)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _listed_tables(opened: OpenedPublication, schema: str, base: str) -> list[dict[str, str]]:
    return [_listed(table, base) for table in opened.catalogue.of(schema).values()]


def _listed(table: Table, base: str) -> dict[str, str]:
    return {
        "name": table.name,
        "label": table.label,
        "description": table.summary,
        "rows": f"{base}/{table.schema}/{table.name}",
        "columns": f"{base}/{table.schema}/{table.name}/columns",
    }


def _options(request: Request, known: tuple[str, ...]) -> dict[str, str]:
    """Return the parameters of a request, none of which is unknown."""
    options = dict(request.query_params)
    for name in options:
        if name not in known:
            raise UnknownNameError("parameter called", name, known)
    return options


def _answered(answer: Answer, form: str) -> Response:
    """Return the answer to a statement as JSON or CSV."""
    headers = _named(answer.publication)
    if form == "csv":
        headers["is-cut"] = str(answer.is_cut).lower()
        return _csv(answer.columns, answer.rows, headers)
    body = {
        "publication": answer.publication,
        "count": len(answer.rows),
        "is_cut": answer.is_cut,
        "rows": answer.objects,
    }
    return JSONResponse(body, headers=headers)


def _page(opened: OpenedPublication, table: Table, page: Page, form: str, url: URL) -> Response:
    """Return a page of rows as JSON or CSV; refuse one of a publication that is replaced."""
    number = opened.publication.number
    if page.publication not in (None, number):
        raise ReplacedError(
            f"Publication {page.publication} is no longer the newest, {number} is: begin again"
            " with the first page."
        )
    rows = _plain(opened.rows(page.statement, page.values))
    ((total,),) = opened.rows(page.count_statement, page.values)
    following = _following(url, page, number, total)
    headers = _headers(opened.publication) | {"total-count": str(total)}
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    names = [column.name for column in page.columns]
    if form == "csv":
        return _csv(names, rows, headers)
    body = {
        "publication": opened.publication.named,
        "table": table.name,
        "total": total,
        "count": len(rows),
        "next": following,
        "rows": [dict(zip(names, row, strict=True)) for row in rows],
    }
    return JSONResponse(body, headers=headers)


def _following(url: URL, page: Page, number: int, total: int) -> str | None:
    """Return the address of the next page, which is of the same publication or refused."""
    offset = page.offset + page.limit
    if offset >= total:
        return None
    return str(url.include_query_params(offset=offset, publication=number))


def _plain(rows: Rows) -> list[list[Any]]:
    return [[plain(value) for value in row] for row in rows]


def _json(publication: Publication, body: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"publication": publication.named, **body}, headers=_headers(publication))


def _csv(columns: list[str], rows: list[list[Any]], headers: dict[str, str]) -> Response:
    return Response(csv_text(columns, rows), media_type="text/csv", headers=headers)


def _headers(publication: Publication) -> dict[str, str]:
    return _named(publication.named)


def _named(publication: dict[str, Any]) -> dict[str, str]:
    return {
        "publication": str(publication["number"]),
        "publication-time": publication["published_at"],
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
    }


def _refused(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": str(error)}, status_code=_STATUSES[type(error)])  # type: ignore[index]


def _not_there(request: Request, error: Exception) -> JSONResponse:
    """Say that a path or a method does not exist."""
    assert isinstance(error, HTTPException)
    sentence = f"There is no page {request.url.path}: / lists what is there."
    if error.status_code == 405:
        sentence = f"{request.method} is not answered: everything here is only read, by GET."
    return JSONResponse({"error": sentence}, status_code=error.status_code, headers=error.headers)

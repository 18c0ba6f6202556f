"""The commands `budget serve` and `budget mcp`; what they need is imported when they run."""

import click

from budget_warehouse.commands import look_or_exit


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default="8090", show_default=True)
def serve(host: str, port: str) -> int:
    """Serve the published marts to programs, over HTTP.

    Read-only: every mart as JSON and CSV with filters, the explorer and the reports. What is there
    stands at the first page; Ctrl-C ends it.
    """
    settings = look_or_exit("serve-data", {"HOST": host, "PORT": port})
    from budget_warehouse.serving.server import listen

    listen(settings, host, int(port))
    return 0


@click.command()
def mcp() -> int:
    """Serve the published marts to an assistant.

    By the Model Context Protocol, on standard input and output: the assistant starts this command.
    It lists and describes marts, answers one select at a time, and finds disclosures and findings.
    """
    settings = look_or_exit("query")
    from budget_warehouse.serving.tools import tools
    from budget_warehouse.storage.warehouse import Warehouse

    tools(Warehouse.from_environment(), settings.memory_limit).run("stdio")
    return 0

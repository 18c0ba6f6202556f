"""The edition of a data package: its publication, and its documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

_MOST_SOURCES = 1_000  # more would make the package longer than its tables

_PUBLICATION = """
    select publication_number, published_at
    from marts.publications
    order by publication_number desc
    limit 1
"""
_SOURCES = """
    select
        organizations.organization_name, disclosures.fiscal_year, disclosures.stage,
        disclosures.source_document, disclosures.source_url
    from marts.dim_disclosures as disclosures
    left join marts.dim_organizations as organizations using (organization_id)
    order by disclosures.disclosure_id
"""


@dataclass(frozen=True)
class Edition:
    """The number and time (UTC) of a publication, and its sources by Data Package."""

    number: int
    published_at: datetime
    sources: list[dict[str, str]]

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Edition":
        """Return the edition of a published warehouse."""
        ((number, published_at),) = connection.execute(_PUBLICATION).fetchall()
        documents = connection.execute(_SOURCES).fetchmany(_MOST_SOURCES + 1)
        sources = [_source(*document) for document in documents]
        if len(sources) > _MOST_SOURCES:
            sources = [{"title": "The documents that dim_disclosures lists (预算、决算公开文件)"}]
        return cls(number, published_at, sources)

    @property
    def described(self) -> dict[str, Any]:
        """The version, the time and the sources as properties of a data package."""
        return {
            "version": f"{self.number}.0.0",
            "created": f"{self.published_at.isoformat()}Z",
            "sources": self.sources,
        }


def _source(
    organization: str, year: int, stage: str, document: str | None, url: str | None
) -> dict[str, str]:
    """Return a document, with its address where that is known."""
    title = " ".join(filter(None, (organization, str(year), stage, document)))
    return {"title": title} | ({"path": url} if url else {})

"""Measures the product against others that do the same work: `make bench SIZE=small|medium|large`.

What was measured goes to `benchmarks/results`, from where its page and pictures are drawn. It goes
there after each part: the largest size takes hours, and who interrupts it keeps what there is.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.builds import Build, FailedError
from benchmarks.comparison import differences
from benchmarks.contestants import Contest, Field, NotExecutedError
from benchmarks.findings import findings
from benchmarks.machine import commit, machine
from benchmarks.nights import change_places, chosen, print_both_natures, raise_targets
from benchmarks.questions import questions, seconds
from benchmarks.readers import Answer, failures, mixtures, reading, true_answers
from benchmarks.results import (
    BY_HAND,
    COMPILED,
    DBT_PART,
    RESULTS,
    WHOLE_BUILD,
    printed,
    write_page,
)
from budget_warehouse.build.publications import last_publication
from budget_warehouse.build.publishing import versions

SIZES = {"small": 1_000, "medium": 10_000, "large": 100_000}
NIGHTS = ((0, False), (0.001, False), (0.01, False), (0.01, True), (0.1, False))
FEWER_NIGHTS = ((0, False), (0.01, False))  # so that small ends within ten minutes

# Not executed at the largest size: each would take half an hour to hours.
TOO_LONG = (BY_HAND, "whole build within 8 GB", "SQLMesh")

_PAUSE = 2.0  # seconds between two questions of a reader
_ALONE = 10.0  # seconds for which readers ask before the build and after it


class Benchmark:
    """One run over one size, and for the growth over the next smaller one."""

    def __init__(self, size: str, scratch: Path, folder: Path) -> None:
        self.size = size
        self.scratch = scratch
        self.folder = folder
        self.results: dict[str, Any] = {
            "size": size,
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "machine": machine(),
            "memory_limit": os.environ.get("MEMORY_LIMIT", ""),
            "contestants": [],
            "steps": {},
        }

    def run(self) -> dict[str, Any]:
        """Measure everything, in an order in which nothing disturbs what comes after it."""
        sizes = list(SIZES)
        place = sizes.index(self.size)
        for smaller in sizes[max(place - 1, 0) : place]:
            if not self._taken_over(smaller):
                field = self._field(smaller)
                self._contests(field)
                shutil.rmtree(field.folder)
        field = self._field(self.size)
        self._contests(field)
        self.results["disclosures"] = field.disclosures
        self.results["printed_amounts"] = field.printed_amounts
        published = field.warehouse.published
        self.results["file_bytes"] = published.stat().st_size
        self.results["findings"] = asdict(findings(field.seeds("folders"), published))
        self.results["questions"] = [
            {"number": question.number, "question": question.question, "seconds": taken}
            for question in questions()
            for taken in [seconds(question.query, published)]
        ]
        self._keep()
        self._readers(field)
        self._nights(field)
        self._compare(field)
        self._keep()
        shutil.rmtree(field.folder)
        return self.results

    def _keep(self) -> None:
        """Write what was measured so far, and the page of all sizes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.results, indent=2, ensure_ascii=False) + "\n"
        self._file(self.size).write_text(text, encoding="utf-8")
        write_page(self.folder)

    def _file(self, size: str) -> Path:
        return self.folder / f"{size}.json"

    def _taken_over(self, size: str) -> bool:
        """Say whether the contestants over another size were measured at this commit, here."""
        if not self._file(size).exists():
            return False
        other = json.loads(self._file(size).read_bytes())
        if any(other[same] != self.results[same] for same in ("commit", "machine", "memory_limit")):
            return False
        own = [entry for entry in other["contestants"] if entry["disclosures"] == SIZES[size]]
        self.results["contestants"] += own
        return True

    def _field(self, size: str) -> Field:
        field = Field(self.scratch / size, SIZES[size])
        shutil.rmtree(field.folder, ignore_errors=True)
        _say(f"Generating {field.disclosures:,} disclosures in both layouts")
        field.generate()
        return field

    def _contests(self, field: Field) -> None:
        built = self._contest(WHOLE_BUILD, field, field.whole_build)
        if isinstance(built, Build):
            self.results["steps"][str(field.disclosures)] = [asdict(step) for step in built.steps]
        self._contest(DBT_PART, field, field.dbt)
        self._contest(COMPILED, field, field.compiled)
        self._contest(BY_HAND, field, field.by_hand)
        if field.disclosures > SIZES["small"]:  # whose whole build takes 1 GB
            self._contest("whole build within 8 GB", field, field.whole_build_in_little_memory)
        self._contest("SQLMesh", field, field.by_sqlmesh)

    def _contest(self, name: str, field: Field, contest: Callable[[], Contest | Build]) -> Any:
        """Measure one contestant; one that is not there or fails is told as such."""
        entry: dict[str, Any] = {"name": name, "disclosures": field.disclosures}
        self.results["contestants"].append(entry)
        if field.disclosures == SIZES["large"] and name in TOO_LONG:
            entry["reason"] = "left out of this size, at which it would take too long"
            return None
        _say(f"{name}, {field.disclosures:,} disclosures")
        outcome = None
        try:
            outcome = contest()
        except (NotExecutedError, FailedError) as error:
            entry["reason"] = str(error).partition("\n")[0]  # the rest names this machine's folders
            _say(f"  {error}")
        else:
            entry |= outcome.measurement.figures()
            if isinstance(outcome, Contest):
                entry |= outcome.figures
        return outcome

    def _nights(self, field: Field) -> None:
        """Measure builds after some of the disclosures changed."""
        warehouse = field.warehouse
        folders = sorted(warehouse.disclosures.iterdir())
        self.results["nights"] = []
        for share, is_spread in FEWER_NIGHTS if self.size == "small" else NIGHTS:
            changed = chosen(folders, share, is_spread)
            _say(f"A night with {len(changed):,} disclosures changed")
            raise_targets(changed)
            night = field.whole_build()
            publication = last_publication(warehouse.published)
            assert publication is not None
            self.results["nights"].append(
                {
                    "share": share,
                    "is_spread": is_spread,
                    "changed": len(changed),
                    "computed": publication.computed_count if changed else 0,
                    "steps": [asdict(step) for step in night.steps],
                    **night.measurement.figures(),
                }
            )
            self._keep()

    def _compare(self, field: Field) -> None:
        """Compare what stands after all the nights with a build of everything."""
        warehouse = field.warehouse
        _say("A build of everything, to compare with")
        nightly = field.folder / "nightly"
        nightly.mkdir()
        shutil.copy(warehouse.published, nightly)
        field.whole_build(["FULL=1"])
        self.results["different_rows_after_nights"] = differences(nightly, warehouse.folder)
        shutil.rmtree(nightly)

    def _readers(self, field: Field) -> None:
        """Measure readers before, during and after a night with 1% changed that publishes."""
        warehouse = field.warehouse
        _say("Readers while a build publishes")
        folders = print_both_natures(sorted(warehouse.disclosures.iterdir()))
        change_places(chosen(folders, 0.01, False))
        with reading(warehouse.published, _PAUSE) as answers:
            time.sleep(_ALONE)
            started_at = time.time()
            night = field.whole_build()
            ended_at = time.time()
            time.sleep(_ALONE)
        true = true_answers(versions(warehouse))
        phases: dict[str, list[Answer]] = {"before": [], "during": [], "after": []}
        for answer in answers:
            is_after = answer.at > ended_at
            phase = "before" if answer.at < started_at else "after" if is_after else "during"
            phases[phase].append(answer)
        self.results["readers"] = {
            "readers": len({answer.reader for answer in answers}),
            "answers": len(answers),
            "failures": len(failures(answers)),
            "mixtures": len(mixtures(answers, true)),
            "publications_seen": sorted({answer.publication_number for answer in answers}),
            "build_wall_seconds": round(night.measurement.wall_seconds, 2),
            "seconds": {name: _distribution(answers) for name, answers in phases.items()},
        }


def _distribution(answers: list[Answer]) -> dict[str, float]:
    taken = sorted(answer.seconds for answer in answers)
    cuts = quantiles(taken, n=100, method="inclusive")
    figures = {"median": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": taken[-1]}
    return {"answers": len(taken)} | {name: round(value, 4) for name, value in figures.items()}


def _say(what: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Parse the command line, measure, write the results and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--scratch", type=Path, required=True, help="a folder to work in")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    print(printed(Benchmark(given.size, given.scratch.absolute(), given.results).run()))


if __name__ == "__main__":
    main()

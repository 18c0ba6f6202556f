"""The results as a page of tables and as pictures; every figure comes from the JSON."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"

_SIZES = ("small", "medium", "large")
WHOLE_BUILD = "whole build"
DBT_PART = "dbt part"
COMPILED = "compiled SQL"
BY_HAND = "hot path by hand"

# The script that computed every mart by hand, by its names in records of commits before it was cut.
_EARLIER = ("by hand", "by hand within 8 GB", "by hand from landing")
_EARLIER_STEPS = {"carrying over": "merge"}  # as the step is called since

_MEGABYTE = 1_000_000
_ENGINES = ("duckdb", "spark")
_NOT_ON_SPARK = ("explorer", "exports")

NOT_MEASURED = "not measured"

COUNTRY = 300_000  # disclosures a year
HOURS = 8  # of a night, for a build of all of them
OF_BATCH = 4  # GiB on one machine, however many disclosures: it computes batch after batch

Results = dict[str, Any]


def write_page(folder: Path) -> None:
    """Write the page and the pictures of every size that was measured, and what Spark needed."""
    from benchmarks.pictures import draw_growth, draw_nights, draw_steps

    measured = [_read(file) for size in _SIZES if (file := folder / f"{size}.json").exists()]
    parts = [
        "# What was measured",
        "Written by `make bench` and `make bench-spark` from the JSON files beside it; how it is"
        " done is said in [benchmarks](../README.md).",
    ]
    if measured:
        draw_growth(measured, folder / "growth.svg")
        draw_steps(measured, folder / "steps.svg")
        parts += [
            "![CPU seconds by disclosures](growth.svg)",
            "![Where the time of a full build goes](steps.svg)",
        ]
        if with_nights := [results for results in measured if "nights" in results]:
            draw_nights(with_nights, folder / "nights.svg")
            parts.append("![Nights against a full build](nights.svg)")
        parts += [printed(results) for results in reversed(measured)]
    if (on_spark := folder / "spark.json").exists():
        parts.append(printed_of_spark(json.loads(on_spark.read_bytes())["sizes"]))
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _read(file: Path) -> Results:
    """Return what was measured of one size, with each step under its present name."""
    results: Results = json.loads(file.read_bytes())
    for steps in results["steps"].values():
        for step in steps:
            step["name"] = _EARLIER_STEPS.get(step["name"], step["name"])
    return results


def printed(results: Results) -> str:
    """Return the tables of one size, as Markdown."""
    machine = results["machine"]
    return "\n\n".join(
        [
            f"## {results['size'].capitalize()}: {results['disclosures']:,} disclosures,"
            f" {results['printed_amounts']:,} printed amounts",
            f"{machine['cores']} cores, {machine['memory_gibibytes']} GiB, {machine['system']},"
            f" Python {machine['python']}, DuckDB {machine['duckdb']}; commit"
            f" {results['commit']}, {results['measured_at'][:10]}. The published file takes"
            f" {results['file_bytes'] / _MEGABYTE:,.0f} MB.{_limited(results)}",
            _table(("goal", "aim", "measured"), goals(results)),
            "### Contestants",
            _table(
                ("contestant", "disclosures", "CPU s", "wall s", "peak MiB", "remark"),
                (
                    (
                        entry["name"],
                        f"{entry['disclosures']:,}",
                        *(
                            (
                                f"{entry['cpu_seconds']:,.1f}",
                                f"{entry['wall_seconds']:,.1f}",
                                f"{entry['peak_mebibytes']:,}",
                            )
                            if "cpu_seconds" in entry
                            else ("not executed", "", "")
                        ),
                        _remark(entry),
                    )
                    for entry in results["contestants"]
                ),
            ),
            "### Where the time of a full build goes",
            _table(
                ("step", "CPU s", "wall s"),
                (
                    (step["name"], f"{step['cpu_seconds']:,.1f}", f"{step['wall_seconds']:,.1f}")
                    for step in results["steps"][str(results["disclosures"])]
                ),
            ),
            *_nights(results),
            "### Questions",
            _table(
                ("question of docs/questions.md", "ms"),
                (
                    (f"{asked['number']}. {asked['question']}", f"{asked['seconds'] * 1000:,.0f}")
                    for asked in results["questions"]
                ),
            ),
            "### Readers",
            _readers(results["readers"]) if "readers" in results else NOT_MEASURED,
        ]
    )


def _limited(results: Results) -> str:
    limit = results["memory_limit"]
    return f" DuckDB's memory was limited to {limit} in all builds of the product." if limit else ""


def _nights(results: Results) -> Iterable[str]:
    """Yield what each night cost, and whether they added up to what a full build holds."""
    yield "### Nights"
    if "nights" not in results:
        yield NOT_MEASURED
        return
    yield _table(
        ("changed", "computed again", "CPU s", "of a full build", "wall s", "of it"),
        (
            (
                night_name(night),
                f"{night['computed']:,}",
                f"{night['cpu_seconds']:,.1f}",
                _percent(night["cpu_seconds"], _cpu(results, WHOLE_BUILD)),
                f"{night['wall_seconds']:,.1f}",
                _percent(night["wall_seconds"], _entry(results, WHOLE_BUILD)["wall_seconds"]),
            )
            for night in results["nights"]
        ),
    )
    different = results.get("different_rows_after_nights", NOT_MEASURED)
    if different == NOT_MEASURED:
        yield "After these nights the file was not compared with a build of everything."
    elif different:
        yield f"After these nights the file differs from a build of everything in {different}."
    else:
        yield "After these nights the file holds the same rows as a build of everything."


def printed_of_spark(sizes: list[Results]) -> str:
    """Return the tables of the builds on DuckDB and on a cluster, as Markdown."""
    builds = [(size, build) for size in sizes for build in size["builds"]]
    machine, cluster = sizes[-1]["machine"], sizes[-1]["cluster"]
    others = sum(build[engine]["others_cpu_seconds"] for _, build in builds for engine in _ENGINES)
    wall = sum(build[engine]["wall_seconds"] for _, build in builds for engine in _ENGINES)
    return "\n\n".join(
        [
            "## Spark beside DuckDB",
            f"{machine['cores']} cores, {machine['memory_gibibytes']} GiB, {machine['system']},"
            f" DuckDB {machine['duckdb']}, Spark {machine['spark']}; commit"
            f" {_joined(size['commit'] for size in sizes)},"
            f" {_joined(size['measured_at'][:10] for size in sizes)}. The cluster stands on the"
            f" same machine: a driver and {cluster['workers']} workers of one core,"
            f" {cluster['memory']} of memory each, started again for each size; what"
            " starting it takes is not counted."
            " Both build from a folder for each disclosure.",
            f"Other processes were running: they used {others:,.0f} CPU s in the"
            f" {wall:,.0f} s that all these builds took. The ratios are of CPU seconds, of the"
            " cluster and its client together.",
            _table(
                (
                    *("build", "disclosures", "computed", "DuckDB CPU s", "Spark CPU s"),
                    *("of it the client", "ratio", "DuckDB wall s", "Spark wall s"),
                ),
                (
                    (
                        build["name"],
                        f"{size['disclosures']:,}",
                        f"{build['computed']:,}",
                        f"{same_work(build):,.1f}",
                        f"{spark_cpu(build):,.1f}",
                        f"{build['spark']['cpu_seconds']:,.1f}",
                        f"{spark_cpu(build) / same_work(build):.1f}",
                        f"{build['duckdb']['wall_seconds']:,.1f}",
                        f"{build['spark']['wall_seconds']:,.1f}",
                    )
                    for size, build in builds
                ),
            ),
            "Explorer and exported files, which are not made of what is on a cluster, are left out"
            " of DuckDB's CPU seconds; its wall seconds contain them.",
            _table(
                (
                    *("build", "disclosures", "amounts", "input MB", "DuckDB stored MB"),
                    *("Spark stored MB", "DuckDB peak MiB", "Spark client peak MiB"),
                    "cluster MiB after it",
                ),
                (
                    (
                        build["name"],
                        f"{size['disclosures']:,}",
                        f"{build['amounts']:,}",
                        f"{size['input_bytes'] / _MEGABYTE:,.0f}",
                        *(f"{build[name]['stored_bytes'] / _MEGABYTE:,.0f}" for name in _ENGINES),
                        *(f"{build[name]['peak_mebibytes']:,}" for name in _ENGINES),
                        f"{build['spark']['cluster_resident_mebibytes']:,}",
                    )
                    for size, build in builds
                ),
            ),
            "Stored is everything in the folder of the warehouse, and of the cluster's too.",
            "\n".join(
                f"- {size['disclosures']:,} disclosures: after the night both have published "
                + (
                    f"other rows in {size['different_rows']}."
                    if size["different_rows"]
                    else "the same rows."
                )
                for size in sizes
            ),
            *_country(sizes),
        ]
    )


def _country(sizes: list[Results]) -> Iterable[str]:
    """Return a year of the whole country, from the two largest sizes that were measured."""
    yield "### What the country would need"
    if len(sizes) < 2:
        yield "Not calculated: it needs two sizes."
        return
    smaller, larger = sizes[-2:]
    low, high = smaller["disclosures"], larger["disclosures"]
    less, more = smaller["builds"][0], larger["builds"][0]

    def drawn_out(at_low: float, at_high: float) -> tuple[float, float, float]:
        """Return what each disclosure adds, what stands whatever their number, and the total."""
        each = (at_high - at_low) / (high - low)
        fixed = at_low - each * low
        return each, fixed, fixed + each * COUNTRY

    cpu = [drawn_out(used(less), used(more)) for used in (same_work, spark_cpu)]
    stored = [
        drawn_out(less[engine]["stored_bytes"], more[engine]["stored_bytes"]) for engine in _ENGINES
    ]
    cores = [seconds / HOURS / 3_600 for _, _, seconds in cpu]
    of_worker = int(larger["cluster"]["memory"].removesuffix("g"))
    yield (
        f"{COUNTRY:,} disclosures, {COUNTRY * more['amounts'] / high / 1e6:,.0f} million amounts:"
        " one year of everybody, built from nothing. Calculated, not measured: a straight line"
        f" through {low:,} and {high:,} disclosures, drawn out to {COUNTRY / high:,.0f} times the"
        " larger. Cores are as if all work could be divided among them."
    )
    rows = (
        ("CPU s of each disclosure", "measured growth", *(f"{each:.3f}" for each, _, _ in cpu)),
        ("CPU s whatever their number", "the rest", *(f"{fixed:,.0f}" for _, fixed, _ in cpu)),
        ("CPU hours", "their sum", *(f"{seconds / 3_600:,.1f}" for _, _, seconds in cpu)),
        (f"cores for {HOURS} hours", "hours by hours", *(f"{count:,.1f}" for count in cores)),
        (
            "memory, GiB",
            f"one batch (MEMORY_LIMIT=3GB); {of_worker} for a core of a cluster",
            str(OF_BATCH),
            f"{math.ceil(cores[-1]) * of_worker:,}",
        ),
        ("stored, GB", "measured growth", *(f"{total / 1e9:,.0f}" for _, _, total in stored)),
    )
    yield _table(("what", "from", "DuckDB", "Spark"), rows)
    ratio = cpu[-1][0] / cpu[0][0]
    yield f"A further disclosure takes Spark {ratio:.1f} times the CPU seconds that DuckDB takes."


def same_work(build: Results) -> float:
    """Return the CPU seconds that DuckDB needed for what Spark does too."""
    steps = {step["name"]: step["cpu_seconds"] for step in build["duckdb"]["steps"]}
    return float(build["duckdb"]["cpu_seconds"] - sum(steps.get(name, 0) for name in _NOT_ON_SPARK))


def spark_cpu(build: Results) -> float:
    """Return the CPU seconds of a cluster and its client."""
    return float(build["spark"]["cpu_seconds"] + build["spark"]["cluster_cpu_seconds"])


def _joined(values: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(values))


def goals(results: Results) -> Iterable[tuple[str, str, str]]:
    """Yield the goals beside what was measured, in CPU seconds unless something else is said.

    The aims are set for 100,000 disclosures.
    """
    whole, compiled = _cpu(results, WHOLE_BUILD), _cpu(results, COMPILED)
    of_hot_path = _entry(results, COMPILED).get("hot_path_cpu_seconds", math.nan)
    questions = [asked["seconds"] for asked in results["questions"]]
    findings, readers = results["findings"], results.get("readers")
    nights = {
        (night["share"], night["is_spread"]): night["cpu_seconds"]
        for night in results.get("nights", ())
    }
    yield f"{DBT_PART} to the {COMPILED}", "1.25", _ratio(_cpu(results, DBT_PART), compiled)
    yield f"{WHOLE_BUILD} to the {COMPILED}", "2", _ratio(whole, compiled)
    hot_path = _ratio(of_hot_path, _cpu(results, BY_HAND))
    yield f"hot path of the {COMPILED} to the {BY_HAND}", "none", hot_path
    yield from _goals_of_earlier_script(results)
    for name in (WHOLE_BUILD, COMPILED, BY_HAND):
        yield f"growth exponent, {name}", "1.05", _exponent(results, name)
    for name, night in (
        ("night with 1% changed, whole departments", (0.01, False)),
        ("night with 1% changed, all over the country", (0.01, True)),
    ):
        yield name, "15%", _percent(nights.get(night, math.nan), whole)
    yield "night without a change", "5%", _percent(nights.get((0, False), math.nan), whole)
    peak = _entry(results, WHOLE_BUILD).get("peak_mebibytes", math.nan)
    yield "peak memory, whole build", "4,096 MiB", f"{peak:,.0f} MiB"
    yield "slowest question", "1 s", f"{max(questions):.3f} s"
    yield "planted errors found", "all", f"{findings['found']} of {findings['planted']}"
    consequences = f"{findings['consequences_found']} of {findings['consequences']}"
    yield "their consequences found", "all", consequences
    yield "findings that nothing planted explains", "0", str(findings["unexplained"])
    for name, key in (("readers that failed", "failures"), ("mixed answers", "mixtures")):
        yield name, "0", str(readers[key]) if readers else NOT_MEASURED


def _goals_of_earlier_script(results: Results) -> Iterable[tuple[str, str, str]]:
    """Return what was held against the script that computed every mart, where a record has it."""
    of_dbt = "1.7" if results["size"] == "medium" else "1.25"
    for name, aim, part, whole in (
        ("dbt part to the earlier script", of_dbt, DBT_PART, "by hand from landing"),
        ("whole build to the earlier script, on batches", "2", WHOLE_BUILD, "by hand"),
    ):
        if _entry(results, whole):
            yield name, aim, _ratio(_cpu(results, part), _cpu(results, whole))


def night_name(night: Results) -> str:
    """Return how much changed, and where."""
    return f"{night['share']:.1%}{', spread' if night['is_spread'] else ''}"


def _readers(readers: Results) -> str:
    seen = " and ".join(map(str, readers["publications_seen"]))
    heading = (
        f"{readers['readers']} reader processes got {readers['answers']:,} answers, of"
        f" publications {seen}, around a build of {readers['build_wall_seconds']:.0f} s:"
        f" {readers['failures']} failed, {readers['mixtures']} mixed two publications."
    )
    rows = (
        (
            phase,
            f"{seconds['answers']:,}",
            *(f"{seconds[key] * 1000:,.0f}" for key in ("median", "p95", "p99", "longest")),
        )
        for phase, seconds in readers["seconds"].items()
    )
    columns = ("build", "answers", "median ms", "p95 ms", "p99 ms", "longest ms")
    return f"{heading}\n\n{_table(columns, rows)}"


def _remark(entry: Results) -> str:
    if "parsing_cpu_seconds" in entry:
        return f"and {entry['parsing_cpu_seconds']:.1f} CPU s to parse the project once"
    if entry["name"] in _EARLIER:
        return "every mart, by the earlier script"
    return str(entry.get("reason", ""))


def _entry(results: Results, name: str, disclosures: int = 0) -> Results:
    """Return what is known of a contestant; nothing where it was not executed."""
    size = disclosures or results["disclosures"]
    for entry in results["contestants"]:
        if (entry["name"], entry["disclosures"]) == (name, size):
            return dict(entry)
    return {}


def _cpu(results: Results, name: str, disclosures: int = 0) -> float:
    return float(_entry(results, name, disclosures).get("cpu_seconds", math.nan))


def _exponent(results: Results, name: str) -> str:
    """Return how CPU seconds grow with disclosures, between the two sizes of one run."""
    sizes = sorted({entry["disclosures"] for entry in results["contestants"]})
    if len(sizes) < 2:
        return "needs two sizes"
    small, large = (_cpu(results, name, size) for size in sizes)
    exponent = math.log(large / small) / math.log(sizes[1] / sizes[0])
    return NOT_MEASURED if math.isnan(exponent) else f"{exponent:.2f}"


def _ratio(part: float, whole: float) -> str:
    return NOT_MEASURED if math.isnan(part / whole) else f"{part / whole:.2f}"


def _percent(part: float, whole: float) -> str:
    return NOT_MEASURED if math.isnan(part / whole) else f"{part / whole:.1%}"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(columns), *map(list, rows)]
    lines.insert(1, ["---"] + ["--:"] * (len(lines[0]) - 1))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

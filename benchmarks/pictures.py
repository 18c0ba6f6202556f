"""The pictures of what was measured."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.results import night_name

Results = dict[str, Any]

mpl.use("svg")
mpl.rcParams.update(
    {
        "figure.figsize": (7, 4),
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "savefig.bbox": "tight",
        "svg.hashsalt": "budget",  # the same figures give the same file
    }
)


def draw_growth(measured: list[Results], file: Path) -> None:
    """Draw CPU seconds of each contestant against disclosures, as measured last."""
    points: dict[str, dict[int, float]] = defaultdict(dict)
    for results in sorted(measured, key=lambda each: str(each["measured_at"])):
        for entry in results["contestants"]:
            if "cpu_seconds" in entry and "8 GB" not in entry["name"]:
                points[entry["name"]][entry["disclosures"]] = entry["cpu_seconds"]
    figure, axes = pyplot.subplots()
    for name, seconds in points.items():
        sizes = sorted(seconds)
        axes.loglog(sizes, [seconds[size] for size in sizes], marker="o", label=name)
    axes.set_xlabel("disclosures")
    axes.set_ylabel("CPU seconds")
    axes.legend(frameon=False)
    _save(figure, file)


def draw_nights(measured: list[Results], file: Path) -> None:
    """Draw CPU seconds of each night as a share of a full build of the same size."""
    figure, axes = pyplot.subplots()
    width = 0.8 / len(measured)
    nights = [night for results in measured for night in results["nights"]]
    nights.sort(key=lambda night: (night["share"], night["is_spread"]))
    names = list(dict.fromkeys(map(night_name, nights)))
    for place, results in enumerate(measured):
        (whole,) = (
            entry["cpu_seconds"]
            for entry in results["contestants"]
            if entry["name"] == "whole build" and entry["disclosures"] == results["disclosures"]
        )
        shares = [100 * night["cpu_seconds"] / whole for night in results["nights"]]
        places = [names.index(night_name(night)) + place * width for night in results["nights"]]
        bars = axes.bar(places, shares, width, label=f"{results['disclosures']:,} disclosures")
        axes.bar_label(bars, fmt="%.0f", fontsize=7)
    axes.set_xticks([number + 0.4 - width / 2 for number in range(len(names))], names)
    axes.set_xlabel("disclosures changed since the last build")
    axes.set_ylabel("% of the CPU seconds of a full build")
    axes.legend(frameon=False)
    _save(figure, file)


def draw_steps(measured: list[Results], file: Path) -> None:
    """Draw the share of each step in the CPU seconds of a full build."""
    figure, axes = pyplot.subplots(figsize=(7, 0.8 + 0.5 * len(measured)))
    colours = pyplot.get_cmap("tab20")
    names: list[str] = []
    for results in measured:
        steps = results["steps"][str(results["disclosures"])]
        whole = sum(step["cpu_seconds"] for step in steps)
        left = 0.0
        for step in steps:
            if is_new := step["name"] not in names:
                names.append(step["name"])
            share = 100 * step["cpu_seconds"] / whole
            axes.barh(
                f"{results['disclosures']:,}",
                share,
                left=left,
                color=colours(names.index(step["name"])),
                label=step["name"] if is_new else None,
            )
            left += share
    axes.set_xlabel("% of the CPU seconds of a full build")
    axes.set_ylabel("disclosures")
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)

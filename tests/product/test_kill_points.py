"""The points at which `make test-faults` kills a build stand in the code."""

import runpy
from importlib import import_module
from operator import attrgetter

import pytest
from warehouses import REPOSITORY

POINTS = runpy.run_path(str(REPOSITORY / "tests" / "faults" / "killed_at.py"))["POINTS"]


@pytest.mark.parametrize("point", POINTS)
def test_a_point_is_there(point: str) -> None:
    place, *_ = POINTS[point]
    module, _, path = place.partition(":")
    assert callable(attrgetter(path)(import_module(module)))

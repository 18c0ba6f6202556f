"""Whoever breaks something is found by asking over fewer, alone or together with others."""

from collections.abc import Collection

import pytest

from budget_warehouse.build.tracing import broken_over

NAMES = [f"disclosure-{number:03}" for number in range(100)]


@pytest.mark.parametrize("broken", [[], NAMES[:1], NAMES[99:], NAMES[10:13], NAMES[::7], NAMES])
def test_each_that_breaks_it_alone_is_found(broken: list[str]) -> None:
    assert broken_over(lambda some: bool({*some} & {*broken}), NAMES) == broken


def test_of_several_that_break_it_together_the_last_is_found() -> None:
    def fails(some: Collection[str]) -> bool:
        return {NAMES[3], NAMES[40], NAMES[90]} <= {*some} or NAMES[50] in some

    assert broken_over(fails, NAMES) == [NAMES[50], NAMES[90]]


def test_what_breaks_over_none_at_all_is_nobodys() -> None:
    assert broken_over(lambda _: True, NAMES) == []


def test_few_are_found_with_few_questions() -> None:
    asked = []

    def fails(some: Collection[str]) -> bool:
        asked.append(some)
        return NAMES[42] in some

    assert broken_over(fails, NAMES) == [NAMES[42]]
    assert len(asked) < 20

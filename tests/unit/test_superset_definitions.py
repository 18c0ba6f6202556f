"""The definitions of `bi/superset` fit together and can be read, without Superset itself."""

import ast
import colorsys
from typing import Any

import pytest
import yaml
from warehouses import REPOSITORY

SUPERSET = REPOSITORY / "bi" / "superset"
Colour = tuple[float, float, float]

LABEL_OPACITY = 0.88  # of the black in which Superset 6 writes
TREE_MAP_SATURATIONS = (0.4, 0.7)  # between which its tree map varies a colour


def _schemes() -> list[dict[str, Any]]:
    """The colour schemes of the configuration, which cannot be imported without Superset."""
    tree = ast.parse((SUPERSET / "superset_config.py").read_text(encoding="utf-8"))
    (schemes,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "EXTRA_CATEGORICAL_COLOR_SCHEMES"
    )
    return list(schemes)


def _colour(text: str) -> Colour:
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    """The relative luminance by WCAG 2."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio by WCAG 2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _label_contrast(colour: Colour) -> float:
    red, green, blue = (value * (1 - LABEL_OPACITY) for value in colour)
    return contrast((red, green, blue), colour)


def test_the_measure_knows_dark_on_navy() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert _label_contrast(_colour("#454e7c")) < 3  # of Superset's own scheme


def test_labels_can_be_read_on_every_colour() -> None:
    (scheme,) = _schemes()
    assert len(set(scheme["colors"])) == len(scheme["colors"]) >= 8
    for text in scheme["colors"]:
        colour = _colour(text)
        hue, lightness, _ = colorsys.rgb_to_hls(*colour)
        varied = [colorsys.hls_to_rgb(hue, lightness, value) for value in TREE_MAP_SATURATIONS]
        assert min(map(_label_contrast, (colour, *varied))) >= 4.5, text
        assert contrast(colour, (1, 1, 1)) >= 3, text


def test_the_dashboard_takes_a_scheme_that_is_there_and_its_charts_have_no_other() -> None:
    names = {scheme["id"] for scheme in _schemes()}
    dashboard = yaml.safe_load(
        (SUPERSET / "definitions" / "dashboards" / "budget.yaml").read_text(encoding="utf-8")
    )
    assert dashboard["metadata"]["color_scheme"] in names
    for file in (SUPERSET / "definitions" / "charts").glob("*.yaml"):
        chart = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert chart["params"].get("color_scheme", "budget") in names, file

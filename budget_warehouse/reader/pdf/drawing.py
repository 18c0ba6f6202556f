"""Drawings around the text of a PDF page: lines, backgrounds, frames that cut text off."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from budget_warehouse.reader.pdf.lattice import Segment
from budget_warehouse.reader.pdf.layers import layer_of

_THIN = 2.5  # points up to which a filled shape is a line, not a background
_STRAIGHT = 1.0  # points below which a line is a dot
_WHITE = 250
_LIGHT = 160  # grey that a watermark has, and no figure
_OPAQUE = 160
_WHOLE, _TABLE = 0.5, 0.04  # shares of the page that a scan, and a table as a picture, cover
_LAST = 1 << 31  # after everything that a page draws
_SLANT = 5  # degrees; what slants more is a watermark or a stamp
_SAMPLE = 7  # of so many characters one tells which way the text stands
_DEPTH = 8  # nested drawings that are followed

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Frame:
    """The corners of a page, and the turn of its coordinates into points from the top left."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        """Turn the page as its text stands upright, whatever the page says of being turned."""
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        turns = Counter(
            round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 4
            for index in range(0, raw.FPDFText_CountChars(text), _SAMPLE)
        )
        upright = turns.most_common(1)[0][0] if turns else 0
        self.upright = upright * 90
        self.rotation = (4 - upright) % 4 * 90 if turns else page.get_rotation()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page in points right and down from the corner a reader sees."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def upright_span(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float]:
        """Return the top and bottom of a box of the page as a reader sees them."""
        _, one = self.point(left, bottom)
        _, other = self.point(right, top)
        return (one, other) if one <= other else (other, one)

    def is_slanted(self, degrees: float) -> bool:
        """Return whether text at an angle stands neither upright nor at a right angle to that."""
        off = (degrees - self.upright) % 90
        return min(off, 90 - off) > _SLANT

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies on the page that is shown."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class _Fill:
    """A filled rectangle: where, when in the order of drawing, and whether in white."""

    box: Box
    order: int
    is_white: bool


@dataclass(frozen=True)
class TextStyle:
    """The drawing of one run of text: when, within which frame, in white, or not to be seen."""

    order: int
    clip: Box | None
    is_white: bool
    is_invisible: bool
    is_light: bool = False


@dataclass
class Drawing:
    """The lines drawn on a page, in points from its top left corner, and what its text lies on."""

    segments: list[Segment] = field(default_factory=list)
    has_picture: bool = False
    has_small_picture: bool = False
    hidden: frozenset[str] = frozenset()
    fills: list[_Fill] = field(default_factory=list)
    orders: dict[int, int] = field(default_factory=dict)

    def style(self, text_object: raw.FPDF_PAGEOBJECT | None) -> TextStyle:
        """Return how a text object is drawn; one inside a nested drawing has no frame here."""
        if not text_object:
            return TextStyle(0, None, False, False)
        order = self.orders.get(ctypes.addressof(text_object.contents))
        red, green, blue, opacity = _colour(text_object)
        is_hidden = bool(self.hidden) and layer_of(text_object) in self.hidden
        is_invisible = (
            is_hidden
            or opacity == 0
            or raw.FPDFTextObj_GetTextRenderMode(text_object)
            in (
                raw.FPDF_TEXTRENDERMODE_INVISIBLE,
                raw.FPDF_TEXTRENDERMODE_CLIP,
            )
        )
        clip = None if order is None else _clip(text_object)
        # A nested drawing does not tell whether its parts lie under a later shape.
        lightest = min(red, green, blue)
        return TextStyle(
            _LAST if order is None else order,
            clip,
            lightest >= _WHITE,
            is_invisible,
            lightest >= _LIGHT or opacity < _OPAQUE,
        )

    def shows(self, style: TextStyle, x: float, y: float) -> bool:
        """Return whether a person can see a character of that style at a point of the page."""
        if style.is_invisible or (style.clip is not None and not _inside(style.clip, x, y)):
            return False
        around = [fill for fill in self.fills if _inside(fill.box, x, y)]
        if any(fill.order > style.order for fill in around):
            return False
        is_on_white = not self.has_picture and (not around or around[-1].is_white)
        return not (style.is_white and is_on_white)


def read_drawing(
    page: pypdfium2.PdfPage, frame: Frame, hidden: frozenset[str] = frozenset()
) -> Drawing:
    """Return what a page draws, nested drawings included, but for its `hidden` layers."""
    drawing = Drawing(hidden=hidden)
    for index in range(max(raw.FPDFPage_CountObjects(page), 0)):
        page_object = raw.FPDFPage_GetObject(page, index)
        drawing.orders[ctypes.addressof(page_object.contents)] = index
        if hidden and layer_of(page_object) in hidden:
            continue
        _draw(page_object, _IDENTITY, frame, drawing, 0, index)
    return drawing


def _draw(
    page_object: raw.FPDF_PAGEOBJECT,
    outer: Matrix,
    frame: Frame,
    drawing: Drawing,
    depth: int,
    order: int,
) -> None:
    kind = raw.FPDFPageObj_GetType(page_object)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        matrix = _multiply(_matrix(page_object), outer)
        for index in range(max(raw.FPDFFormObj_CountObjects(page_object), 0)):
            inner = raw.FPDFFormObj_GetObject(page_object, index)
            _draw(inner, matrix, frame, drawing, depth + 1, order)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        share = _share_of_page(page_object, frame)
        drawing.has_picture = drawing.has_picture or share > _WHOLE
        drawing.has_small_picture = drawing.has_small_picture or share > _TABLE
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        matrix = _multiply(_matrix(page_object), outer)
        clip = _clip(page_object) if depth == 0 else None
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(page_object, fill, stroke)
        colour = _colour(page_object)[:3]
        is_opaque = bool(fill.value) and not raw.FPDFPageObj_HasTransparency(page_object)
        for points in _subpaths(page_object, matrix):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box: Box = (min(xs), min(ys), max(xs), max(ys))
            is_thin = min(box[2] - box[0], box[3] - box[1]) <= _THIN
            if stroke.value:
                for start, end in pairwise(points):
                    _rule((*start, *end), clip, frame, drawing)
            elif fill.value and is_thin:
                _rule(box, clip, frame, drawing)
            if is_opaque and not is_thin and _is_rectangle(points):
                seen = box if clip is None else _overlap(box, clip)
                drawing.fills.append(_Fill(seen, order, min(colour) >= _WHITE))


def _share_of_page(picture: raw.FPDF_PAGEOBJECT, frame: Frame) -> float:
    """Return how much of the page a picture covers: most of it where it is a scan."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(picture, left, bottom, right, top)
    area = (right.value - left.value) * (top.value - bottom.value)
    return area / ((frame.right - frame.left) * (frame.top - frame.bottom) or 1.0)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    corners = {(round(x, 1), round(y, 1)) for x, y in points}
    return len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2


def _rule(line: Box, clip: Box | None, frame: Frame, drawing: Drawing) -> None:
    """Add a straight line to the drawing, as far as it can be seen."""
    box: Box = (
        min(line[0], line[2]),
        min(line[1], line[3]),
        max(line[0], line[2]),
        max(line[1], line[3]),
    )
    if clip is not None:
        box = _overlap(box, (clip[0] - 1, clip[1] - 1, clip[2] + 1, clip[3] + 1))
    width, height = box[2] - box[0], box[3] - box[1]
    if width < 0 or height < 0 or max(width, height) < _STRAIGHT:
        return
    if min(width, height) > max(_STRAIGHT, _THIN):
        return
    (x0, y0), (x1, y1) = frame.point(box[0], box[1]), frame.point(box[2], box[3])
    drawing.segments.append(Segment(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _colour(page_object: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity of the filling; black when the page does not say."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(page_object, red, green, blue, opacity):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, opacity.value


def _clip(page_object: raw.FPDF_PAGEOBJECT) -> Box | None:
    """Return the box that every clip on an object leaves open, None without clips."""
    path = raw.FPDFPageObj_GetClipPath(page_object)
    opening: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(raw.FPDFClipPath_CountPaths(path), 0)):
        xs, ys = list[float](), list[float]()
        for position in range(max(raw.FPDFClipPath_CountPathSegments(path, index), 0)):
            raw.FPDFPathSegment_GetPoint(
                raw.FPDFClipPath_GetPathSegment(path, index, position), x, y
            )
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            box = (min(xs), min(ys), max(xs), max(ys))
            opening = box if opening is None else _overlap(opening, box)
    return opening


def _overlap(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _subpaths(
    page_object: raw.FPDF_PAGEOBJECT, matrix: Matrix
) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each stroke of a drawn path, a closed one with its start again."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(raw.FPDFPath_CountSegments(page_object), 0)):
        segment = raw.FPDFPath_GetPathSegment(page_object, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _matrix(page_object: raw.FPDF_PAGEOBJECT) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(page_object, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

"""The lines drawn on a page, and the lattices of cells that they enclose."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SNAP = 2.0  # points within which two lines are one drawn twice
_TOUCH = 3.0  # points by which a line may miss the line that it is meant to meet


@dataclass(frozen=True)
class Segment:
    """A straight drawn line, in points from the page's top left corner, x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """True where the line lies rather than stands."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True)
class _Line:
    """A drawn line by its one fixed coordinate and the span that it covers along the other."""

    at: float
    start: float
    end: float

    def covers(self, position: float) -> bool:
        return self.start - _TOUCH / 2 <= position <= self.end + _TOUCH / 2


class Lattice:
    """A lattice table: column edges, row edges, and which elementary cells are merged into one."""

    def __init__(self, horizontals: list[_Line], verticals: list[_Line]) -> None:
        """Work out the cells between lines that all hang together."""
        self.xs = _cluster([line.at for line in verticals] + _ends(horizontals))
        self.ys = _cluster([line.at for line in horizontals] + _ends(verticals))
        self._origins = self._merge(horizontals, verticals)

    @property
    def cell_count(self) -> int:
        """Number of cells when merged ones count once."""
        return len(set(self._origins.values()))

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column where the cell around a point starts, None outside the table."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self._origins.get((row, column))

    def _merge(
        self, horizontals: list[_Line], verticals: list[_Line]
    ) -> dict[tuple[int, int], tuple[int, int]]:
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        parents = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

        def origin(cell: tuple[int, int]) -> tuple[int, int]:
            while parents[cell] != cell:
                cell = parents[cell]
            return cell

        def join(one: tuple[int, int], other: tuple[int, int]) -> None:
            first, second = origin(one), origin(other)
            if first != second:
                start = (min(first[0], second[0]), min(first[1], second[1]))
                parents.setdefault(start, start)
                parents[first] = parents[second] = start
                parents[start] = start

        standing = _by_position(verticals, self.xs)
        lying = _by_position(horizontals, self.ys)
        for row in range(rows):
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(columns - 1):
                if not any(line.covers(middle) for line in standing[column + 1]):
                    join((row, column), (row, column + 1))
        for column in range(columns):
            middle = (self.xs[column] + self.xs[column + 1]) / 2
            for row in range(rows - 1):
                if not any(line.covers(middle) for line in lying[row + 1]):
                    join((row, column), (row + 1, column))
        return {cell: origin(cell) for cell in parents}


def lattices(segments: Iterable[Segment]) -> list[Lattice]:
    """Return the lattice tables among the lines of one page, from top to bottom.

    A box around a single text is no table: it encloses one cell only. Nor is what has no line
    between its columns.
    """
    horizontals, verticals = _straighten(segments)
    found = [
        Lattice(lying, standing)
        for lying, standing in _hanging_together(horizontals, verticals)
        if len(lying) >= 2 and len(standing) >= 2
    ]
    return sorted(
        (lattice for lattice in found if len(lattice.xs) > 2 and lattice.cell_count > 1),
        key=lambda lattice: (lattice.ys[0], lattice.xs[0]),
    )


def _straighten(segments: Iterable[Segment]) -> tuple[list[_Line], list[_Line]]:
    horizontals: list[_Line] = []
    verticals: list[_Line] = []
    for segment in segments:
        if segment.is_horizontal:
            horizontals.append(_Line((segment.y0 + segment.y1) / 2, segment.x0, segment.x1))
        else:
            verticals.append(_Line((segment.x0 + segment.x1) / 2, segment.y0, segment.y1))
    return _fuse(horizontals), _fuse(verticals)


def _fuse(lines: list[_Line]) -> list[_Line]:
    """Lay lines drawn twice or in pieces into one."""
    fused: list[_Line] = []
    positions = _cluster([line.at for line in lines])
    for at, pieces in zip(positions, _by_position(lines, positions), strict=True):
        reach: _Line | None = None
        for piece in sorted(pieces, key=lambda line: line.start):
            if reach is not None and piece.start <= reach.end + _TOUCH:
                reach = _Line(at, reach.start, max(reach.end, piece.end))
                continue
            if reach is not None:
                fused.append(reach)
            reach = _Line(at, piece.start, piece.end)
        if reach is not None:
            fused.append(reach)
    return fused


def _hanging_together(
    horizontals: list[_Line], verticals: list[_Line]
) -> Iterator[tuple[list[_Line], list[_Line]]]:
    waiting_lying, waiting_standing = list(horizontals), list(verticals)
    while waiting_lying:
        lying, standing = [waiting_lying.pop()], list[_Line]()
        frontier: list[tuple[_Line, bool]] = [(lying[0], True)]
        while frontier:
            line, is_lying = frontier.pop()
            others = waiting_standing if is_lying else waiting_lying
            met = [other for other in others if _meet(line, other)]
            for other in met:
                others.remove(other)
            (standing if is_lying else lying).extend(met)
            frontier.extend((other, not is_lying) for other in met)
        yield lying, standing


def _meet(one: _Line, other: _Line) -> bool:
    return (
        one.start - _TOUCH <= other.at <= one.end + _TOUCH
        and other.start - _TOUCH <= one.at <= other.end + _TOUCH
    )


def _ends(lines: list[_Line]) -> list[float]:
    return [min(line.start for line in lines), max(line.end for line in lines)]


def _cluster(positions: list[float]) -> list[float]:
    clusters: list[list[float]] = []
    for position in sorted(positions):
        if clusters and position - clusters[-1][0] <= _SNAP:
            clusters[-1].append(position)
        else:
            clusters.append([position])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _by_position(lines: list[_Line], positions: list[float]) -> list[list[_Line]]:
    sorted_lines: list[list[_Line]] = [[] for _ in positions]
    for line in lines:
        nearest = min(range(len(positions)), key=lambda index: abs(positions[index] - line.at))
        sorted_lines[nearest].append(line)
    return sorted_lines

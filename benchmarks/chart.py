"""A chart of what a line costs as programs grow, from the lines that ``benchmarks.growth`` prints."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape

WIDTH, HEIGHT = 860, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 30, 50
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf", "#ff7f0e",
           "#393b79", "#637939")  # fmt: skip

Points = list[tuple[float, float]]


def chart(lines: Iterable[Mapping[str, object]]) -> str:
    """The chart as SVG, both axes logarithmic: for each shape the cost of a line over the number of lines.

    Costs are multiples of what a line costs at the shape's first length of 1,000 lines or more.
    """
    shapes: dict[str, Points] = defaultdict(list)
    for line in lines:
        shapes[str(line["shape"])].append((float(str(line["lines"])), float(str(line["cpu_per_line"]))))
    drawn = {shape: _relative(sorted(points)) for shape, points in shapes.items()}
    area = _Area([point for points in drawn.values() for point in points])
    parts = [*area.axes()]
    labels = _apart({shape: area.place(*points[-1])[1] for shape, points in drawn.items()})
    for number, (shape, points) in enumerate(drawn.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = " ".join("{:.1f},{:.1f}".format(*area.place(*point)) for point in points)
        parts.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = WIDTH - RIGHT + 12, labels[shape]
        parts.append(f'<text x="{x}" y="{y:.1f}" fill="{colour}" dominant-baseline="middle">{escape(shape)}</text>')
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
    title = "<title>Processor time for a line, over the number of lines</title>"
    background = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    return "\n".join([head, title, background, *parts, "</svg>", ""])


def _relative(points: Points) -> Points:
    unit = next((cost for lines, cost in points if lines >= 1000), points[-1][1]) or 1.0
    return [(lines, cost / unit) for lines, cost in points]


def _apart(wanted: Mapping[str, float], room: float = 17) -> dict[str, float]:
    """Heights for the labels near those that are wanted, so that none covers another."""
    found: dict[str, float] = {}
    below = -math.inf
    for shape in sorted(wanted, key=lambda shape: wanted[shape]):
        below = found[shape] = max(wanted[shape], below + room)
    beyond = max(0.0, below - (HEIGHT - BOTTOM)) if found else 0.0
    return {shape: height - beyond for shape, height in found.items()}


class _Area:
    """Where numbers stand in the picture."""

    def __init__(self, points: Points) -> None:
        self._x = self._range([x for x, _ in points])
        self._y = self._range([y for _, y in points])

    @staticmethod
    def _range(values: list[float]) -> tuple[int, int]:
        """Powers of ten around positive values."""
        known = [value for value in values if value > 0] or [1.0]
        low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
        return low, max(high, low + 1)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point in the picture."""
        across = (math.log10(max(x, 1e-9)) - self._x[0]) / (self._x[1] - self._x[0])
        up = (math.log10(max(y, 10.0 ** self._y[0])) - self._y[0]) / (self._y[1] - self._y[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    def axes(self) -> list[str]:
        """Lines of the grid with their numbers, and what they count."""
        parts = []
        for power in range(self._x[0], self._x[1] + 1):
            x, _ = self.place(10.0**power, 1.0)
            parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
        for power in range(self._y[0], self._y[1] + 1):
            _, y = self.place(1.0, 10.0**power)
            parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
            parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        middle = (LEFT + WIDTH - RIGHT) / 2
        parts.append(f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">lines</text>')
        parts.append(f'<text x="{LEFT}" y="{TOP - 12}" text-anchor="middle">cost of a line</text>')
        return parts

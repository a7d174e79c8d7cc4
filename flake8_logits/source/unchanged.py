"""Which lines two texts have in common, in a time that does not grow faster than they do but for sorting.

``difflib`` looks for the longest stretch again and again: texts whose lines are all alike keep it for hours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise


def lines_in_common(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of lines that stayed: each before and after, in the order of both.

    Lines that are there once hold the texts together; between them counts what begins and ends alike, and the rest in
    the order in which it comes.
    """
    pairs: list[tuple[int, int]] = []
    anchors = [(-1, -1), *_rising(_there_once(before, after)), (len(before), len(after))]
    for (start, new_start), (end, new_end) in pairwise(anchors):
        if start >= 0:
            pairs.append((start, new_start))
        pairs.extend(_between(before, after, (start + 1, end), (new_start + 1, new_end)))
    return pairs


def _there_once(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the lines that both have exactly once, in the order before."""
    counts, new_counts = Counter(before), Counter(after)
    places = {line: place for place, line in enumerate(after) if new_counts[line] == 1}
    return [(place, places[line]) for place, line in enumerate(before) if counts[line] == 1 and line in places]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs that rises in both places."""
    ends: list[int] = []  # the lowest end of a rising part of each length
    holders: list[int] = []  # whose end that is
    previous: list[int] = []
    for index, (_, new) in enumerate(pairs):
        length = bisect_left(ends, new)
        ends[length : length + 1], holders[length : length + 1] = [new], [index]
        previous.append(holders[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    index = holders[-1] if holders else -1
    while index >= 0:
        found.append(pairs[index])
        index = previous[index]
    return found[::-1]


def _between(
    before: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of two stretches."""
    (start, end), (new_start, new_end) = old, new
    while start < end and new_start < new_end and before[start] == after[new_start]:
        yield start, new_start
        start, new_start = start + 1, new_start + 1
    tail = 0
    while tail < min(end - start, new_end - new_start) and before[end - tail - 1] == after[new_end - tail - 1]:
        tail += 1
    yield from _in_order(before, after, (start, end - tail), (new_start, new_end - tail))
    yield from ((end - left, new_end - left) for left in range(tail, 0, -1))


def _in_order(
    before: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield for each line the next one before that is the same."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(*old):
        places[before[place]].append(place)
    at = old[0]
    for new_place in range(*new):
        found = places.get(after[new_place], [])
        index = bisect_left(found, at)
        if index < len(found):
            yield found[index], new_place
            at = found[index] + 1

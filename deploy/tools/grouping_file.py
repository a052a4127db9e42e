"""Instances of maximally diverse grouping as files of the MDGPLIB, plain or packed by xz.

The first line says `elements groups ss|ds` and for each group its least and greatest size; every other line
is `i j distance`, elements counted from 0. Distances become whole numbers, so that every machine adds them
alike.
"""

import io
import lzma
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO

from services.membership.formation.instance import Instance

MOST_ELEMENTS = 10_000
MOST_DIGITS = 12
MOST_DISTANCE = 10**9
_PACKED = b"\xfd7zXZ\x00"


class NotAnInstance(Exception):
    """The file holds no instance; the message names the line."""


def read_instance(path: Path) -> Instance:
    """Return the instance of a file.

    Raises:
        NotAnInstance: it cannot be read, or a line is wrong; distances must be finite and not below 0, every
            pair must have one, and the sizes must leave room for exactly the elements there are.
    """
    try:
        with _opened(path) as lines:
            return _read(enumerate(lines, start=1))
    except UnicodeDecodeError as fault:
        raise NotAnInstance(f"{path}: is no text; an instance is text, plain or packed by xz") from fault
    except (OSError, lzma.LZMAError, EOFError) as fault:
        raise NotAnInstance(f"{path}: cannot be read: {getattr(fault, 'strerror', None) or fault}") from fault
    except NotAnInstance as fault:
        raise NotAnInstance(f"{path}: {fault}") from fault


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    with path.open("rb") as raw:
        packed = raw.read(len(_PACKED)) == _PACKED
    stream: IO[bytes] = lzma.open(path) if packed else path.open("rb")  # noqa: SIM115 - closed below
    with stream, io.TextIOWrapper(stream, "utf-8") as lines:
        yield lines


def _read(lines: Iterator[tuple[int, str]]) -> Instance:
    _, first = next(lines, (1, ""))
    elements, bounds = _read_sizes(first.split())
    pairs = list(_pairs(lines, elements))
    decimals = _decimals([distance for *_, distance in pairs])
    rows = [[0] * elements for _ in range(elements)]
    known = bytearray(elements * elements)
    for number, one, other, exact in pairs:
        distance = round(exact.scaleb(decimals))
        if known[one * elements + other] and rows[one][other] != distance:
            raise NotAnInstance(f"line {number}: {one} and {other} have another distance further up")
        rows[one][other] = rows[other][one] = distance
        known[one * elements + other] = known[other * elements + one] = 1
    _check_all_known(known, elements)
    return Instance(rows, bounds, decimals)


def _decimals(distances: list[Decimal]) -> int:
    """Return how many decimals to keep: all there are, as far as 40 bits hold the longest distance."""
    longest = max((distance.adjusted() + 1 for distance in distances if distance), default=0)
    most = max((-int(distance.as_tuple().exponent) for distance in distances), default=0)
    return max(0, min(most, MOST_DIGITS - longest))


def _read_sizes(words: list[str]) -> tuple[int, tuple[tuple[int, int], ...]]:
    if len(words) < 3 or words[2] not in ("ss", "ds"):
        raise NotAnInstance("line 1: says no 'elements groups ss|ds least greatest ...'")
    elements, groups = _whole(1, words[0], "number of elements"), _whole(1, words[1], "number of groups")
    if not 1 <= elements <= MOST_ELEMENTS:
        raise NotAnInstance(f"line 1: {elements} elements; 1 to {MOST_ELEMENTS:,} can be grouped")
    if not 1 <= groups <= elements:
        raise NotAnInstance(f"line 1: {groups} groups for {elements} elements")
    if len(words) != 3 + 2 * groups:
        raise NotAnInstance(f"line 1: {len(words) - 3} bounds; {groups} groups need {2 * groups}")
    sizes = [_whole(1, word, "size") for word in words[3:]]
    bounds = tuple(zip(sizes[::2], sizes[1::2], strict=True))
    for place, (low, high) in enumerate(bounds, start=1):
        if not 0 <= low <= high:
            raise NotAnInstance(f"line 1: group {place} cannot have {low} to {high} elements")
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    if not least <= elements <= most:
        raise NotAnInstance(f"line 1: the groups have room for {least} to {most}, and there are {elements}")
    return elements, bounds


def _pairs(lines: Iterable[tuple[int, str]], elements: int) -> Iterator[tuple[int, int, int, Decimal]]:
    for number, line in lines:
        words = line.split()
        if not words:
            continue
        if len(words) != 3:
            raise NotAnInstance(f"line {number}: says no 'element element distance'")
        one, other = _whole(number, words[0], "element"), _whole(number, words[1], "element")
        if not (0 <= one < elements and 0 <= other < elements):
            raise NotAnInstance(f"line {number}: elements are counted from 0 to {elements - 1}")
        distance = _distance(number, words[2])
        if one == other and distance:
            raise NotAnInstance(f"line {number}: element {one} has a distance to itself")
        if one != other:
            yield number, one, other, distance


def _distance(number: int, text: str) -> Decimal:
    try:
        distance = Decimal(text)
    except InvalidOperation:
        distance = Decimal("NaN")
    if not distance.is_finite() or not 0 <= distance <= MOST_DISTANCE:
        raise NotAnInstance(f"line {number}: {text[:40]!r} is no distance from 0 to {MOST_DISTANCE:,}")
    return distance


def _whole(number: int, text: str, what: str) -> int:
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise NotAnInstance(f"line {number}: {text[:40]!r} is no {what}")
    return int(text)


def _check_all_known(known: bytearray, elements: int) -> None:
    told = sum(known) // 2
    if told != elements * (elements - 1) // 2:
        one, other = next(
            (one, other)
            for one in range(elements)
            for other in range(one + 1, elements)
            if not known[one * elements + other]
        )
        raise NotAnInstance(f"the file ends without a distance of {one} and {other}")

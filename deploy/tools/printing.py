"""What commands print: tables and progress for people, JSON where asked for."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

_out = Console(soft_wrap=True, highlight=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False)


def say(text: str) -> None:
    """Print one line for people; on standard error, so that --json output stays clean."""
    _err.print(text, markup=False)


def say_error(error: Exception) -> None:
    """Print why a command failed, with the faults of the input where they are known."""
    _err.print(f"{getattr(error, 'code', '') or type(error).__name__}: {error}", markup=False, style="red")
    for fault in getattr(error, "errors", ()):
        _err.print(f"  {fault.get('pointer', '')} {fault.get('detail', '')}", markup=False)


def show(answer: Mapping[str, Any], as_json: bool, lines: Iterable[str] = ()) -> None:
    """Print `answer`: as JSON, else `lines`, else its fields one a line."""
    if as_json:
        sys.stdout.write(json.dumps(answer, indent=1, default=str) + "\n")
        return
    for line in lines or (f"{name.replace('_', ' '):24} {value}" for name, value in answer.items()):
        _out.print(line, markup=False)


def show_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], as_json: bool, empty: str) -> None:
    """Print `rows` as a table of `columns`, or as a JSON list; `empty` is said when there are none."""
    if as_json:
        sys.stdout.write(json.dumps(list(rows), indent=1, default=str) + "\n")
    elif not rows:
        _out.print(empty, markup=False)
    else:
        table = Table(*(column.replace("_", " ") for column in columns), box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(str(row.get(column, "")) for column in columns))
        _out.print(table)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator["Step"]:
    """Show a bar on standard error while long work goes on; plain lines where that is no terminal."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=_err
    )
    with bar:
        yield Step(bar, what, total)


class Step:
    """One bar; call `to(done, total)` as the work goes on."""

    def __init__(self, bar: Progress, what: str, total: int | None) -> None:
        self._bar = bar
        self._task = bar.add_task(what, total=total)

    def to(self, done: int, total: int | None = None) -> None:
        """Move the bar to `done` of `total`."""
        self._bar.update(self._task, completed=done, total=total)

    def more(self, count: int = 1) -> None:
        """Move the bar on by `count`."""
        self._bar.advance(self._task, count)

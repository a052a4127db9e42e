"""The table of a chaos run, one row a fault, and what went wrong in words."""

COLUMNS = (
    ("fault", "fault", 34),
    ("points", "points", 6),
    ("attempted", "attempted", 9),
    ("acknowledged", "acknowl.", 8),
    ("recovered", "recovered", 9),
    ("lost", "lost", 4),
    ("doubled", "doubled", 7),
    ("unexpected", "unexpected", 10),
    ("repeated_events", "events heard again", 18),
    ("doubled_mails", "mails doubled", 13),
)


def heading() -> str:
    """Return the table's first line."""
    return "  ".join(
        f"{words:<{width}}" if name == "fault" else f"{words:>{width}}" for name, words, width in COLUMNS
    )


def row(tally) -> str:
    """Return one fault's line; `unexpected` counts what no other column does."""
    cells = {name: getattr(tally, name) for name, _, _ in COLUMNS}
    cells["unexpected"] = len(tally.unexpected) + len(tally.findings)
    cells["points"] = tally.points or ""
    return "  ".join(
        f"{cells[name]:<{width}}" if name == "fault" else f"{cells[name]:>{width}}"
        for name, _, width in COLUMNS
    )


def story(tallies) -> str:
    """Return the whole report: the table, the notes, what was violated, and the verdict."""
    lines = [heading(), *map(row, tallies), ""]
    lines += [f"{tally.fault}: {note}" for tally in tallies for note in tally.notes]
    wrong = [f"VIOLATED under {tally.fault}: {word}" for tally in tallies for word in tally.violations]
    points = sum(tally.points for tally in tallies)
    verdict = (
        f"{len(wrong)} violations"
        if wrong
        else f"{points} crash points; nothing acknowledged lost, no effect twice, copies as their owners say"
    )
    return "\n".join([*lines, *wrong, verdict])

"""The sponsor's pages: what it is worth, over enough people, never a name."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.charts import bars, spoken
from gateway.portal.frame import STAFF, gather
from gateway.portal.pages import SaidQuery
from gateway.routing import page, roles

WHO = roles("sponsor", *STAFF)
Rows = list[tuple[str, float | None, str]]


@page("GET", "/sponsor", who=WHO, query=SaidQuery, summary="The reports you may read")
def sponsor(call: Call) -> Answer:
    page = gather(call, reports=("feedback", "list_reports", {"limit": 100}))
    found = page.parts["reports"]
    return page.show("sponsor.html", reports=found["data"] if found else [])


@page("GET", "/sponsor/reports/{report_id}", who=WHO, query=SaidQuery, summary="A report")
def report(call: Call) -> Answer:
    shown = call.ask("feedback", "show_report", report_id=call.path["report_id"])
    charts = [
        _chart(
            "Attendance",
            "share of those expected who came",
            shown["attendance"],
            100,
            as_share,
            by_group=True,
        ),
        _chart("What members say of the sessions", "mean of 1 to 5", shown["satisfaction"], 5, as_mean),
        _chart("Progress", "mean of 1 to 5", shown["progress"], 5, as_mean),
    ]
    return gather(call).show(
        "report.html", report=shown | _told(shown), charts=[one for one in charts if one]
    )


def as_share(figure: dict[str, Any]) -> tuple[float | None, str]:
    """Between which percents it lies: a band so wide that nobody knows whether everybody came."""
    if figure["low"] is None:
        return None, withheld_words(figure)
    return (figure["low"] + figure["high"]) / 2, f"{figure['low']} to {figure['high']} percent"


def as_mean(figure: dict[str, Any]) -> tuple[float | None, str]:
    """A mean of 1 to 5."""
    if figure["mean"] is None:
        return None, withheld_words(figure)
    return figure["mean"], f"{figure['mean']:.1f}"


def withheld_words(figure: dict[str, Any]) -> str:
    """Say that it is withheld, never 0."""
    return "withheld" if figure["withheld"] else "no answers"


def _chart(
    title: str,
    hint: str,
    figures: list[dict[str, Any]],
    highest: float,
    write: Any,
    *,
    by_group: bool = False,
) -> dict[str, Any] | None:
    shown = figures if by_group else [one for one in figures if one["group"] == "program"]
    rows: Rows = [(one["group_name"] if by_group else one["text"], *write(one)) for one in shown]
    if not rows:
        return None
    return {
        "title": title,
        "hint": hint,
        "svg": bars(rows, highest=highest, label=spoken(title, rows)),
        "row_label": "Group" if by_group else "Question",
        "value_label": hint,
        "rows": [{"label": label, "value": written} for label, _, written in rows],
    }


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """The finding in one sentence, and what is withheld and why."""
    whole = next((one for one in report["attendance"] if one["group"] == "program"), None)
    share = as_share(whole)[1] if whole and whole["low"] is not None else None
    sentence = (
        f"Members come: attendance is {share}."
        if share
        else "Too few people for a figure that hides everyone."
    )
    count = report["withheld"]
    withheld = (
        [f"{count} figures with fewer than {report['fewest_people']} people, or next to one."]
        if count
        else []
    )
    return {"sentence": sentence, "withheld": withheld}

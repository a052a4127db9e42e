"""The sponsor's pages: what it is worth, over enough people, never a name."""

from collections.abc import Callable
from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.charts import Bar
from gateway.portal.frame import STAFF, gather
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import many, say
from gateway.routing import page, roles

WHO = roles("sponsor", *STAFF)
Figure = dict[str, Any]
Write = Callable[[Figure, Any], Bar]


@page("GET", "/sponsor", who=WHO, query=SaidQuery, summary="The reports you may read")
def sponsor(call: Call) -> Answer:
    page = gather(call, reports=("feedback", "list_reports", {"limit": 100}))
    return page.show("sponsor.html", reports=page.rows("reports"), reports_down=page.is_down("reports"))


@page("GET", "/sponsor/reports/{report_id}", who=WHO, query=SaidQuery, summary="A report")
def report(call: Call) -> Answer:
    shown = call.ask("feedback", "show_report", report_id=call.path["report_id"])
    charts = [_attendance(shown["attendance"]), *_judged(shown)]
    told = {"sentence": _finding(shown), "withheld_words": _withheld(shown)}
    return gather(call).show(
        "report.html", report=shown | told, charts=[one for one in charts if one["rows"]]
    )


def _attendance(figures: list[Figure]) -> dict[str, Any]:
    named = [(one, say("All groups") if one["group"] == "program" else one["group_name"]) for one in figures]
    return {
        "title": say("Attendance"),
        "hint": say("Share of those expected who came, in a band wide enough to hide everyone"),
        "most": 100,
        "row_label": say("Group"),
        "value_label": say("Came"),
        "rows": [_share(figure, name) for figure, name in named],
    }


def _judged(report: Figure) -> list[dict[str, Any]]:
    titles = {"satisfaction": say("What members say of the sessions"), "progress": say("Progress")}
    return [
        {
            "title": title,
            "hint": say("Mean of 1, not at all, to 5, fully"),
            "most": 5,
            "row_label": say("Statement"),
            "value_label": say("Mean"),
            "rows": [_mean(one, one["text"]) for one in report[kind] if one["group"] == "program"],
        }
        for kind, title in titles.items()
    ]


def _share(figure: Figure, label: Any) -> Bar:
    """Between which percents it lies: a band so wide that nobody knows whether everybody came."""
    low, high = figure["low"], figure["high"]
    if low is None:
        return Bar(label, _missing(figure), None, None)
    return Bar(label, say("%(low)s to %(high)s percent", low=low, high=high), low, high)


def _mean(figure: Figure, label: Any) -> Bar:
    mean = figure["mean"]
    return Bar(label, _missing(figure) if mean is None else f"{mean:.1f}", mean, mean)


def _missing(figure: Figure) -> Any:
    """Say that it is withheld, never 0."""
    return say("withheld") if figure["withheld"] else say("no answers")


def _finding(report: Figure) -> Any:
    """The report in one sentence."""
    whole = next((one for one in report["attendance"] if one["group"] == "program"), None)
    if whole is None or whole["low"] is None:
        return say("There are too few people yet for a figure that hides each of them.")
    mean = next((one["mean"] for one in report["progress"] if one["group"] == "program"), None)
    share = {"low": whole["low"], "high": whole["high"]}
    if mean is None:
        return say("Members come: attendance is %(low)s to %(high)s percent.", **share)
    return say(
        "Members come: attendance is %(low)s to %(high)s percent. They rate their progress %(mean)s of 5.",
        mean=f"{mean:.1f}",
        **share,
    )


def _withheld(report: Figure) -> Any:
    """What is not shown, and why."""
    if not report["withheld"]:
        return ""
    return many(
        "%(num)s figure over fewer than %(fewest)s people, or next to one, is not shown.",
        "%(num)s figures over fewer than %(fewest)s people, or next to one, are not shown.",
        report["withheld"],
        fewest=report["fewest_people"],
    )

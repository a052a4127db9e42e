"""Staff's page of reporting lines: how they stand, and what is wrong with them."""

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, gather
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import page, roles

PATH = "/staff/lines"
ROWS = 50


@page("GET", PATH, who=roles(*STAFF), query=SaidQuery, summary="Reporting lines, and what is wrong with them")
def lines(call: Call) -> Answer:
    following = {"after": call.query["after"]} if call.query["after"] else {}
    listed = call.ask("membership", "list_line_problems", limit=ROWS, **following)
    report = call.ask("membership", "report_lines")
    facts = [
        {"label": say("People"), "value": report["people"]},
        {"label": say("With a manager"), "value": report["reporting"]},
        {"label": say("Lines"), "value": report["lines"]},
        {"label": say("Levels"), "value": report["levels"]},
        {"label": say("Problems"), "value": report["problems"], "is_bad": bool(report["problems"])},
    ]
    next_url = f"{PATH}?after={listed['next']}" if listed["next"] else None
    return gather(call).show("lines.html", facts=facts, problems_found=listed["data"], next_url=next_url)

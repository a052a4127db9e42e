"""Ledgers as MongoDB documents: a program's reports and what they released, in one document.

Figures of one report sum up the same few sets of contributions again and again; each set is kept once.
"""

from dataclasses import asdict

from services.feedback.domain.periods import Period
from services.feedback.domain.reports import Figure, Ledger, Release, Report
from services.kit.mongo import Index
from services.kit.store import Aggregates


class MongoLedgers(Aggregates[Ledger]):
    """The ledgers of programs."""

    collection = "ledgers"
    kind = "ledger"
    indexes = (
        Index("ledger_of_program", [("network", 1), ("program_id", 1)], unique=True),
        Index("ledger_of_report", [("network", 1), ("reports.id", 1)], sparse=True),
    )

    def of_program(self, network, program_id):
        """Return the program's ledger, or None when the program was never heard of."""
        return self.find_one(network, {"program_id": program_id})

    def of_report(self, network, report_id):
        """Return the ledger in which the report stands, or None."""
        return self.find_one(network, {"reports.id": report_id})

    def page_with_reports(self, network, program_id, limit, after):
        """Return a page of ledgers that hold reports; of one program, or of all (None)."""
        where = {"reports.id": {"$exists": True}} | ({"program_id": program_id} if program_id else {})
        return self.page(network, where, None, limit, after)

    def to_document(self, ledger):
        sets = list(dict.fromkeys(release.parts for release in ledger.released))
        number = {parts: index for index, parts in enumerate(sets)}
        return {
            "program_id": ledger.program_id,
            "reports": [_report_document(report) for report in ledger.reports],
            "sets": [[list(part) for part in parts] for parts in sets],
            "released": [
                {"audience": each.audience, "subject": each.subject, "set": number[each.parts]}
                for each in ledger.released
            ],
        }

    def to_aggregate(self, document):
        sets = [tuple(tuple(part) for part in parts) for parts in document["sets"]]
        return Ledger(
            **self.identity(document),
            program_id=document["program_id"],
            reports=tuple(_report(each) for each in document["reports"]),
            released=tuple(
                Release(each["audience"], each["subject"], sets[each["set"]]) for each in document["released"]
            ),
        )


def _report_document(report):
    return {
        "id": report.id,
        "period": asdict(report.period),
        "published_on": report.published_on,
        "questionnaires": list(report.questionnaires),
        "groups": [list(group) for group in report.groups],
        "figures": {audience: [asdict(f) for f in figures] for audience, figures in report.figures.items()},
    }


def _report(document):
    return Report(
        id=document["id"],
        period=Period(**document["period"]),
        published_on=document["published_on"],
        questionnaires=tuple(document["questionnaires"]),
        groups=tuple(tuple(group) for group in document["groups"]),
        figures={
            audience: tuple(Figure(**each) for each in figures)
            for audience, figures in document["figures"].items()
        },
    )

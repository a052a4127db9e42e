"""Processes in MongoDB."""

from services.kit.mongo import Document, Index
from services.kit.process import Process
from services.kit.store import Aggregates


class Processes(Aggregates[Process]):
    """The processes of one service; a subclass may take another collection or announce."""

    collection = "processes"
    kind = "process"
    indexes = (Index("processes_of_kind", [("network", 1), ("kind", 1), ("started_at", -1)]),)

    def to_document(self, process: Process) -> Document:
        return {
            "kind": process.kind,
            "state": process.state,
            "total": process.total,
            "done": process.done,
            "tally": dict(process.tally),
            "problems": [dict(problem) for problem in process.problems],
            "payload": dict(process.payload),
            "started_at": process.started_at,
            "finished_at": process.finished_at,
            "reason": process.reason,
        }

    def to_aggregate(self, document: Document) -> Process:
        names = ("kind", "state", "total", "done", "tally", "payload", "started_at", "finished_at", "reason")
        return Process(
            **self.identity(document),
            **{name: document[name] for name in names},
            problems=tuple(document["problems"]),
        )

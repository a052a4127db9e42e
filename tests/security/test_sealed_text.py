"""What was said in confidence, looked for where it must not be: data, oplog, queues, logs (SECURITY 3, 1.47).

Sessions and feedback run as real processes over the real broker and database; every text carries a canary.
"""

import fcntl
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient

from services.kit.envelope import announce, encode
from services.kit.topology import apply_topology, queues
from services.kit.wire import Broker
from tests.builders import brokers
from tests.builders.feedback import ANSWERS, a_program_designed
from tests.builders.floors import MONGO, some_secrets
from tests.builders.houses import House, eventually
from tests.builders.sessions import CAPSULE, ROSTER, a_cohort_event, a_slot_event

CANARY = f"canary-{uuid.uuid4().hex}"
FEED = (
    "evt-sessions-any--notifications.on_sessions_announced",
    "evt-feedback-any--notifications.on_feedback_announced",
)


@pytest.fixture(scope="module")
def topology():
    """All exchanges and queues, empty, and nobody else's tests on them meanwhile."""
    user = "migrate"
    lock = Path(tempfile.gettempdir()) / f"commonthread-{brokers.PORT}-{brokers.VHOST}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        apply_topology(Broker(brokers.HOST, brokers.PORT, brokers.VHOST, user, brokers.password_of(user)))
        brokers.empty(*(queue.name for queue in queues()))
        yield


@pytest.fixture(scope="module")
def processes(topology, tmp_path_factory):
    """Sessions and feedback, with databases of their own."""
    prefix = f"sealed_{uuid.uuid4().hex[:10]}_"
    houses = {}
    for name in ("sessions", "feedback"):
        directory = tmp_path_factory.mktemp(name)
        (directory / "secrets").mkdir()
        some_secrets(directory / "secrets")
        path = f"services.{name}.service:{name.title()}Service"
        houses[name] = House(path, name, directory, prefix=prefix)
    for house in houses.values():
        house.wait_ready()
    yield prefix, houses
    for house in houses.values():
        house.stop()
    client = MongoClient(MONGO)
    for name in client.list_database_names():
        if name.startswith(prefix):
            client.drop_database(name)


@pytest.fixture(scope="module")
def said(processes):
    """The story: a session is run, and everything that can be said in it is said with the canary in it."""
    starts_at = datetime.now(UTC) + timedelta(days=1)
    tell("membership", a_program_designed(), 1)
    tell("membership", a_cohort_event(signed_by=ROSTER), 1)
    tell("scheduling", a_slot_event(starts_at=starts_at), 1)
    eventually(lambda: "answer" in ask("sessions", "show_session", "per_fay", session_id="ses_1"))
    ask("sessions", "open_session", "per_fay", session_id="ses_1")
    ask("sessions", "record_attendance", "per_fay", session_id="ses_1", present=list(ROSTER))
    made = ask(
        "sessions",
        "make_commitment",
        "per_ada",
        session_id="ses_1",
        what=f"I will {CANARY}",
        due_on=(starts_at + timedelta(days=7)).date().isoformat(),
    )
    ask(
        "sessions",
        "report_commitment",
        "per_ada",
        commitment_id=made["answer"]["id"],
        standing="kept",
        note=f"It was {CANARY}",
    )
    ask("sessions", "close_session", "per_fay", session_id="ses_1")
    capsule = {part: f"{text} {CANARY}" for part, text in CAPSULE.items()}
    ask("sessions", "publish_capsule", "per_fay", session_id="ses_1", **capsule)
    (asked,) = eventually(lambda: ask("feedback", "list_questionnaires", "per_ada")["answer"]["data"])
    answers = ANSWERS | {"p_5": f"Worth {CANARY}", "p_9": f"Next {CANARY}"}
    ask("feedback", "give_feedback", "per_ada", questionnaire_id=asked["id"], answers=answers)
    return asked["id"]


def tell(source, fact, version):
    body = announce(fact, version, datetime.now(UTC))
    brokers.publish(source, f"{source}.events", body.routing_key, encode(body.body))


def ask(service, name, person_id, **payload):
    caller = {"person_id": person_id, "text_open": True}
    key = [uuid.uuid4().hex, "body"] if not name.startswith(("show", "list")) else None
    return brokers.raw_ask(service, brokers.an_ask(name, payload, caller=caller, key=key))


def documents_with(needle, prefix):
    """Where the bytes of `needle` stand in any BSON of our databases or of the oplog's entries about them."""
    client = MongoClient(MONGO, document_class=RawBSONDocument)
    names = [name for name in client.list_database_names() if name.startswith(prefix)]
    places = [
        (f"{name}.{collection}", document)
        for name in names
        for collection in client[name].list_collection_names()
        for document in client[name][collection].find()
    ]
    about_us = {"ns": {"$regex": f"^{prefix}"}}
    grouped = {"o.applyOps.ns": {"$regex": f"^{prefix}"}}
    oplog = client.local["oplog.rs"].find({"$or": [about_us, grouped]})
    places += [("oplog", document) for document in oplog]
    assert len(places) > 20
    return [place for place, document in places if needle.encode() in document.raw]


def waiting_in(queue):
    bodies = []
    with brokers.signed_in("migrate") as channel:
        while (message := channel.basic_get(queue, no_ack=True)) is not None:
            body = message.body
            bodies.append(body if isinstance(body, bytes) else body.encode())
    return bodies


def test_who_may_read_it_reads_it(said):
    commitments = ask("sessions", "list_commitments", "per_ada")["answer"]["data"]
    capsule = ask("sessions", "show_capsule", "per_bo", session_id="ses_1")["answer"]
    answered = ask("feedback", "show_questionnaire", "per_ada", questionnaire_id=said)["answer"]

    assert commitments[0]["what"] == f"I will {CANARY}"
    assert capsule["ideas"] == f"What {CANARY}"
    assert answered["answers"]["p_5"] == f"Worth {CANARY}"


def test_no_document_and_no_oplog_entry_holds_what_was_said(processes, said):
    prefix, _ = processes

    assert documents_with("coh_1", prefix), "the scan finds what is there"
    assert documents_with(CANARY, prefix) == []


def test_no_event_tells_what_was_said(said):
    def everything_told():
        told.extend(body for queue in FEED for body in waiting_in(queue))
        return any(b"feedback_given" in body for body in told) and told

    told = []
    eventually(everything_told)

    assert any(b"capsule_published" in body for body in told)
    assert not [body for body in told if CANARY.encode() in body]


def test_no_log_holds_what_was_said(processes, said):
    _, houses = processes

    assert not [name for name, house in houses.items() if CANARY in house.log.read_text()]


def test_feedback_keeps_no_bytes_that_tie_an_answer_to_its_author(processes, said):
    prefix, _ = processes
    client = MongoClient(MONGO, document_class=RawBSONDocument)

    (answer,) = client[f"{prefix}feedback"]["answers"].find()

    assert not [word for word in ("per_ada", said, "ses_1", "coh_1") if word.encode() in answer.raw]

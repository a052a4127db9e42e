"""Words said in confidence, addresses and tokens: looked for in every place they must not be (SECURITY 42).

A second session of the story is held with a canary in every text field; then every document, the oplog, a
backup, the queues and events, the mails, the logs and the metrics of the whole stack are searched.
"""

import base64
import re
import secrets
from dataclasses import dataclass, field

import pytest
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient

from deploy.tools.api import await_that
from deploy.tools.story.mails import ONE_TIME, SIGNED
from services.contracts.catalogue import SOURCES
from tests.builders import holding
from tests.builders.looking import channel_of, metrics, waiting

SPY = f"canaries-{secrets.token_hex(4)}"


@dataclass
class Planted:
    """`words` were said in confidence in a session of `cohort`; `events` are the bodies heard meanwhile."""

    cohort: str
    words: dict[str, str]
    events: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def broker(stack):
    with channel_of(stack) as channel:
        yield channel


@pytest.fixture(scope="module")
def planted(stack, story, broker):
    """One more session, in which all that can be said is said; a queue hears every event of it."""
    cohort = story.seen.cohorts[0]
    found = Planted(cohort["id"], holding.canaries())
    broker.queue_declare(SPY, exclusive=True, arguments={"x-queue-type": "classic"})
    for source in SOURCES:
        broker.queue_bind(SPY, f"{source}.events", "#")
    _hold(story, cohort, found.words)
    await_that(lambda: _heard(broker, found.events), "the last event of the session", 60)
    return found


def _hold(story, cohort, words):
    """Hold the cohort's second session; each of `words` is said where its name says."""
    players = story.seen.players
    members = [players[one["person_id"]] for one in cohort["roster"]]
    guide = players[cohort["facilitators"][0]["person_id"]]
    holding.hold(story.seen.dates[cohort["id"]][1] | {"cohort_id": cohort["id"]}, members, guide, words)


def _heard(channel, events):
    while (message := channel.basic_get(SPY, no_ack=True)) is not None:
        events.append(message.body if isinstance(message.body, bytes) else message.body.encode())
    return any(b"feedback_given" in body for body in events)


@pytest.fixture(scope="module")
def reader(stack):
    """A client that may read everything, the oplog included."""
    password = secrets.token_urlsafe(16)
    roles = ["readAnyDatabase", {"role": "read", "db": "local"}]
    with stack.database.client() as first:
        first.admin.command("createUser", SPY, pwd=password, roles=roles)
        address = f"mongodb://{SPY}:{password}@127.0.0.1:{stack.database.port}/?directConnection=true"
        with MongoClient(address, document_class=RawBSONDocument) as client:
            yield client
        first.admin.command("dropUser", SPY)


def documents_with(client, needles):
    """Where any of `needles` stands in a document: pairs of collection and needle."""
    found = set()
    ours = [name for name in client.list_database_names() if name.startswith("ct_")]
    places = [(name, each) for name in ours for each in client[name].list_collection_names()]
    for database, collection in [*places, ("local", "oplog.rs")]:
        for document in client[database][collection].find():
            found |= {(f"{database}.{collection}", one) for one in needles if one in document.raw}
    return found


def files_with(directory, needles):
    """Names of files below `directory` that hold any of `needles`, however deep."""
    whole = {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}
    assert whole
    return {(path.name, one) for path, content in whole.items() for one in needles if one in content}


def spelt(words):
    """Return each word as bytes: plain, in hexadecimal, and in the three ways base64 may begin within it."""
    spelt = [word.encode() for word in words]
    spelt += [word.hex().encode() for word in spelt]
    for word in words:
        for skipped in range(3):
            coded = base64.b64encode(word.encode()[skipped:])
            spelt.append(coded[: len(coded) // 4 * 4 - 4])
    return spelt


def tokens_of(story):
    """Return what opens a door: access, refresh and link tokens, the partner's secret."""
    players = [one.api for one in story.seen.players.values()]
    tokens = {one.authorization.split()[-1] for one in [*players, story.seen.ready.client]}
    tokens |= {one._refresh for one in players if one._refresh}
    tokens.add(story.seen.ready.endpoint["secret"])
    for mail in story.mails.since():
        text = story.mails.text(mail["number"])
        tokens |= {link.removeprefix("/a/") for link in SIGNED.findall(text)} | set(ONE_TIME.findall(text))
    return sorted(tokens)


def test_who_may_read_the_words_reads_them(story, planted):
    members = [story.seen.players[one["person_id"]] for one in story.seen.cohorts[0]["roster"]]
    said = [one["what"] for one in members[0].api.every("/v1/me/commitments")]

    assert planted.words["what"] in said


def test_no_document_and_no_oplog_entry_holds_a_word_of_it(planted, reader):
    found = documents_with(reader, [planted.cohort.encode(), *spelt(planted.words.values())])

    assert {"ct_sessions.sessions", "local.oplog.rs"} <= {place for place, _ in found}, "the search finds"
    assert {one for _, one in found} == {planted.cohort.encode()}


def test_no_document_and_no_oplog_entry_holds_a_token(story, reader):
    email = next(iter(story.seen.players.values())).email.encode()
    found = documents_with(reader, [email, *(token.encode() for token in tokens_of(story))])

    assert {one for _, one in found} == {email}


def test_a_backup_holds_neither(stack, story, planted, tmp_path):
    stack.operate("backup", str(tmp_path / "saved"))
    tokens = [token.encode() for token in tokens_of(story)]

    found = files_with(tmp_path, [planted.cohort.encode(), *spelt(planted.words.values()), *tokens])

    assert {one for _, one in found} == {planted.cohort.encode()}


def test_no_event_tells_a_word_of_it(planted):
    told = b"\n".join(planted.events)

    assert {b"capsule_published", b"commitment_made"} <= set(re.findall(rb"[a-z]+_[a-z]+", told))
    assert [word for word in spelt(planted.words.values()) if word in told] == []


def test_no_queue_keeps_a_word_of_it(broker, planted):
    left = waiting(broker)

    assert {name: count for name, count in left.items() if count} == {}


def test_no_mail_holds_a_word_of_it(stack, planted):
    assert files_with(stack.places.mail, spelt(planted.words.values())) == set()


def test_no_log_holds_words_addresses_names_or_tokens(stack, story, planted):
    people = story.seen.ready.people
    personal = [one[kind] for one in people for kind in ("email", "display_name")]
    needles = [*spelt(planted.words.values()), *(one.encode() for one in [*personal, *tokens_of(story)])]

    assert files_with(stack.places.logs, needles) == set()


def test_no_metric_is_about_a_person(stack, story, planted):
    told = metrics(stack)
    persons = [one[kind] for one in story.seen.ready.people for kind in ("email", "display_name", "id")]
    needles = [planted.cohort, story.network, *persons, *planted.words.values(), *tokens_of(story)]

    assert len(told) == len(stack.names) - 1
    assert {name for name, text in told.items() for one in needles if one.encode() in text} == set()

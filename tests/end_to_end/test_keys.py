"""The operator changes keys on the running platform, and nobody notices; nothing of a key is to be seen."""

import base64
import json
import secrets
from pathlib import Path

import pytest

from deploy.tools.api import Api, await_that

SERVICES = ("membership", "scheduling", "sessions", "feedback", "notifications")


class SignedIn:
    """An admin of a network of their own, who has just signed in."""

    def __init__(self, stack):
        self.api = Api(stack.url)
        admin = f"eve.{secrets.token_hex(4)}@keys.example"
        made = json.loads(stack.operate("network", "create", "Keys", "--admin", admin, "--json"))
        self.tokens = self.api.post("/v1/sign-ins/finish", {"token": made["link_token"]})

    def me(self):
        return Api(self.api.url, f"Bearer {self.tokens['access_token']}").get("/v1/me")

    def refresh(self):
        given = {"refresh_token": self.tokens["refresh_token"]}
        self.tokens = self.api.post("/v1/sign-ins/refresh", given)

    @property
    def key(self):
        """The name of the key that signed the access token."""
        head = self.tokens["access_token"].partition(".")[0]
        return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]


@pytest.fixture
def eve(stack):
    return SignedIn(stack)


def ring(stack, *words):
    rows = json.loads(stack.operate("keys", *words, "--json"))
    return {row["standing"]: row["kid"] for row in rows}


def checked(stack):
    return {row["service"]: row for row in json.loads(stack.operate("keys", "check", "--json"))}


def kek_of(stack, service):
    return stack.places.secrets / service / "kek"


def put(path, text):
    """Replace a secret file as a careful operator does."""
    fresh = path.with_name(".kek")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(path)


def test_signing_keys_turn_without_a_restart_and_without_ending_a_sign_in(stack, eve):
    before = ring(stack, "list")
    assert eve.key == before["current"]

    after = ring(stack, "rotate")
    assert (after["current"], after["retired"]) == (before["next"], before["current"])

    eve.me()
    await_that(lambda: eve.refresh() or eve.key == after["current"], "tokens signed by the next key")
    eve.me()


def test_the_key_files_change_while_everything_runs(stack, eve):
    old = {service: kek_of(stack, service).read_text().strip() for service in SERVICES}
    for service, line in old.items():
        fresh = base64.b64encode(secrets.token_bytes(32)).decode()
        put(kek_of(stack, service), f"k{secrets.token_hex(4)}:{fresh}\n{line}\n")

    rows = json.loads(stack.operate("keys", "rewrap", "--json"))
    for service in SERVICES:
        put(kek_of(stack, service), kek_of(stack, service).read_text().splitlines()[0])

    assert {row["service"] for row in rows} == set(SERVICES)
    assert [row["left"] for row in rows] == [0] * len(SERVICES)
    assert rows[0]["rewrapped"] > 0
    assert {row["state"] for row in checked(stack).values()} == {"well"}
    eve.refresh()
    eve.me()


def test_a_lost_key_file_is_said_by_the_check_and_by_the_status(stack):
    path = kek_of(stack, "sessions")
    aside = path.rename(path.with_name(".aside"))
    try:
        failed = json.loads(stack.operate("status", "--json"))
        said = {row["service"]: row["state"] for row in failed}
    finally:
        aside.rename(path)

    assert said["sessions"] == "up, without keys"
    assert said["feedback"] == "up"
    await_that(lambda: checked(stack)["sessions"]["state"] == "well", "the key file to be there again")


def test_no_secret_stands_in_a_command_line_an_environment_or_a_log(stack, eve):
    files = [path for path in stack.places.secrets.rglob("*") if path.is_file()]
    words = {word for path in files for word in path.read_text().replace(":", " ").split() if len(word) > 15}
    told = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except (PermissionError, FileNotFoundError, ProcessLookupError):
            continue
        if str(stack.places.directory).encode() in said:
            told += [(process.name, "process") for word in words if word.encode() in said]
    for log in stack.places.logs.glob("*.log"):
        told += [(log.name, "log") for word in words if word in log.read_text(errors="replace")]

    assert len(words) > len(SERVICES)
    assert told == []

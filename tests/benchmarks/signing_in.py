"""What identity costs: a token verified, and what others feel while somebody signs in by password."""

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.tools.api import Api
from tests.benchmarks import people
from tests.benchmarks.ground import Ground
from tests.benchmarks.load import Measured, press
from tests.benchmarks.rounds import Row, interleaved
from tests.benchmarks.sizes import Sizes

VERIFIED, REMEMBERED, SIGNATURE = "verified anew", "remembered", "signature alone"
ALONE, BESIDE, SIGN_INS = "requests alone", "beside sign-ins", "the sign-ins"
PAUSE = 0.05  # seconds between two sign-ins: tries from one origin are counted


def tokens(ground: Ground, sizes: Sizes, say) -> dict[str, Row]:
    """Tokens verified a second, in a process that does nothing else."""
    found = {name: Row(name) for name in (VERIFIED, REMEMBERED, SIGNATURE)}
    for number in range(1, sizes.rounds + 1):
        measured = ground.worker("verifying", "gateway", str(sizes.seconds / 2))
        for row, rate in zip(found.values(), measured.values(), strict=True):
            row.rates.append(rate)
        rates = ", ".join(f"{row.name} {row.rates[-1]:,.0f}" for row in found.values())
        say(f"  round {number} of {sizes.rounds}: {rates}")
    return found


def beside(ground: Ground, world, sizes: Sizes, say) -> dict[str, Row]:
    """The same reads alone, and while one person after another signs in by password."""
    stack = ground.stack
    pids = [stack.pid(name) for name in ("gateway", "sessions", "membership", "broker", "database")]
    person, sign_ins = _somebody(ground), Row(SIGN_INS)

    def read() -> Measured:
        world.renew()
        return press(stack.url, people.reads(world), sizes.seconds, pids)

    def read_beside() -> Measured:
        with _signing_in(stack.url, person, sign_ins):
            return read()

    read()  # nobody is measured cold
    rows = interleaved([(ALONE, read), (BESIDE, read_beside)], sizes.rounds, say)
    return rows | {SIGN_INS: sign_ins}


@contextmanager
def _signing_in(url: str, person: dict[str, str], row: Row) -> Iterator[None]:
    """Sign in again and again while the block runs; `row` gets how many a second one alone could."""
    over, took = threading.Event(), []

    def sign_in() -> None:
        while not over.wait(PAUSE):
            began = time.perf_counter()
            Api(url).post("/v1/sign-ins/password", person)
            took.append(time.perf_counter() - began)

    thread = threading.Thread(target=sign_in)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    row.rates.append(len(took) / sum(took) if took else 0.0)


def _somebody(ground: Ground) -> dict[str, str]:
    """Return address and password of an admin of a network of their own."""
    email, password = f"bench.{secrets.token_hex(4)}@bench.example", secrets.token_urlsafe(16)
    made = json.loads(ground.stack.operate("network", "create", "Bench", "--admin", email, "--json"))
    given = Api(ground.stack.url).post("/v1/sign-ins/finish", {"token": made["link_token"]})
    Api(ground.stack.url, f"Bearer {given['access_token']}").put("/v1/me/password", {"password": password})
    return {"email": email, "password": password}

"""Every ask of every service is decided on: it leaves a note, or the table says why not."""

import pytest

from services.contracts import noted_asks, unnoted_asks
from services.contracts.audit import KINDS
from services.kit.ask import Ask
from services.kit.operate import Operations
from tests.contract.test_doors import SERVICES, doors, each_service

TABLES = (noted_asks.WRITES, noted_asks.READS, unnoted_asks.UNNOTED)


def asks(service):
    return {name for name, door in doors(service, Ask) if not door.operator or name == "create_network"}


@each_service
def test_each_ask_stands_in_exactly_one_table(service):
    listed = [name for table in TABLES for name in table.get(service.name, {})]

    assert sorted(listed) == sorted(set(listed))
    assert asks(service) - set(listed) == set()
    assert {name for name in listed if name[0] != "_"} - {name for name, _ in doors(service, Ask)} == set()


def test_every_kind_is_left_by_some_ask_and_no_other_is():
    tables = (noted_asks.WRITES, noted_asks.READS, noted_asks.REFUSED)
    left = {noted.kind for table in tables for service in table.values() for noted in service.values()}

    assert left == set(KINDS)


def test_operators_reveal_no_dead_letter_unnoticed():
    assert "_dead_letter_show" in {name for name, _ in doors(Operations, Ask)}
    assert all("_dead_letter_show" in noted_asks.READS[service.name] for service in SERVICES)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_words_a_reader_understands(kind):
    words = KINDS[kind]

    assert words[0].isupper() and not words.endswith(".")
    assert len(words) <= 80

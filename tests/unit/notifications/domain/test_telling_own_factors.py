from datetime import timedelta

import pytest

from services.notifications.adapters.words import LetterWords
from services.notifications.domain.judging import View
from services.notifications.domain.kinds import STAFF_KINDS
from services.notifications.domain.letters import write_letter
from services.notifications.domain.telling import tell_of_own_factors
from tests.builders.notifications import NOW

KINDS = ("own_factor_set", "own_factor_reset_asked", "own_factor_reset_cancelled", "own_factors_reset")
ADDRESSES = ("ada@work.example", "ada@home.example")
LATER = NOW + timedelta(hours=72)


class Links:
    def page(self, path):
        return f"https://here.example{path}"

    def keep_factors(self, network, person_id, account_id, until):
        return f"https://here.example/a/{network}.{person_id}.{account_id}.{until:%d}"


def tell(kind, takes_effect_at=None, addresses=ADDRESSES, version=3):
    return tell_of_own_factors(kind, "net_1", "per_ada", "acc_1", addresses, takes_effect_at, version, NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_gets_a_letter_and_hearing_it_again_makes_no_other(kind):
    notices = tell(kind, LATER)

    assert [notice.address for notice in notices] == list(ADDRESSES)
    assert {notice.id for notice in notices} == {notice.id for notice in tell(kind, LATER)}
    assert not {notice.id for notice in notices} & {notice.id for notice in tell(kind, LATER, version=4)}


def test_of_a_restatement_or_a_reset_that_is_past_nobody_is_told():
    assert tell("own_factors_restated") == []
    assert tell("own_factor_reset_asked", NOW) == []


def test_staff_see_no_letter_about_anybodys_factors_in_the_log():
    assert not set(KINDS) & set(STAFF_KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_what_happened_and_leads_to_one_thing_to_do(kind):
    notice = tell(kind, LATER)[0]

    letter = write_letter(notice, View(network_name="Baltic"), Links())
    words = LetterWords().write(letter)

    is_asked = kind == "own_factor_reset_asked"
    wanted = f"/a/net_1.per_ada.acc_1.{LATER:%d}" if is_asked else "/me/security"
    assert letter.act == f"https://here.example{wanted}"
    assert letter.act in words.text
    assert words.subject and "None" not in words.text

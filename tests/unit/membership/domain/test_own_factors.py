from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.events.factors import OwnFactorResetAsked
from services.membership.domain import own_factors as rules
from services.membership.domain.factor_news import Place, news, places
from services.membership.domain.factor_refusals import (
    FactorNotValid,
    FreshSignInNeeded,
    NoAuthenticator,
    NoOwnFactor,
    NoResetWaiting,
    NothingOffered,
    OwnFactorNeeded,
)
from tests.builders.identity import MORNING, an_open_sign_in

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NONE = rules.OwnFactors("acc_ada")
WITH_PASSWORD = rules.set_password(NONE, "hash")
RECOVERY = ("digest 1", "digest 2")


def with_authenticator(factors=NONE, step=100):
    offered = rules.offer_authenticator(factors, "SEED", MORNING)
    return rules.confirm_authenticator(offered, step, RECOVERY, MORNING)


def proven(minutes_ago):
    return an_open_sign_in(proven_at=MORNING - minutes_ago * MINUTE, own_factor="totp")


def test_the_first_factor_is_set_right_after_signing_in():
    rules.check_may_change(NONE, an_open_sign_in(), MORNING + 15 * MINUTE)

    with pytest.raises(FreshSignInNeeded):
        rules.check_may_change(NONE, an_open_sign_in(), MORNING + 16 * MINUTE)


@pytest.mark.parametrize("factors", [WITH_PASSWORD, with_authenticator()], ids=["password", "authenticator"])
def test_who_holds_a_factor_proves_it_before_setting_another_however_fresh_the_sign_in(factors):
    with pytest.raises(OwnFactorNeeded):
        rules.check_may_change(factors, an_open_sign_in(), MORNING)
    with pytest.raises(OwnFactorNeeded):
        rules.check_may_change(factors, proven(16), MORNING)

    rules.check_may_change(factors, proven(15), MORNING)


def test_an_offered_authenticator_counts_once_its_first_code_is_given():
    offered = rules.offer_authenticator(NONE, "SEED", MORNING)

    confirmed = rules.confirm_authenticator(offered, 100, RECOVERY, MORNING)

    assert not offered.is_held
    assert confirmed.authenticator == rules.Authenticator("SEED", MORNING, 100)
    assert (confirmed.offer, confirmed.recovery) == (None, RECOVERY)


def test_a_wrong_first_code_confirms_nothing():
    offered = rules.offer_authenticator(NONE, "SEED", MORNING)

    with pytest.raises(FactorNotValid):
        rules.confirm_authenticator(offered, None, RECOVERY, MORNING)


def test_an_offer_waits_for_a_quarter_of_an_hour():
    offered = rules.offer_authenticator(NONE, "SEED", MORNING)

    assert rules.offered_seed(offered, MORNING + 14 * MINUTE) == "SEED"
    with pytest.raises(NothingOffered):
        rules.offered_seed(offered, MORNING + 15 * MINUTE)
    with pytest.raises(NothingOffered):
        rules.offered_seed(NONE, MORNING)


def test_a_code_counts_once_and_no_older_one_after_it():
    held = rules.spend_code(with_authenticator(step=100), 102)

    for spent in (102, 101, 100, None):
        with pytest.raises(FactorNotValid):
            rules.spend_code(held, spent)
    assert rules.spend_code(held, 103).authenticator.last_step == 103


def test_the_code_that_confirmed_an_authenticator_is_spent_by_that():
    with pytest.raises(FactorNotValid):
        rules.spend_code(with_authenticator(step=100), 100)


def test_without_authenticator_no_code_counts():
    with pytest.raises(FactorNotValid):
        rules.spend_code(WITH_PASSWORD, 100)


def test_a_recovery_code_counts_once():
    after = rules.spend_recovery_code(with_authenticator(), "digest 1")

    assert after.recovery == ("digest 2",)
    with pytest.raises(FactorNotValid):
        rules.spend_recovery_code(after, "digest 1")


def test_new_recovery_codes_take_the_place_of_the_former_ones():
    assert rules.renew_recovery_codes(with_authenticator(), ("new",)).recovery == ("new",)
    with pytest.raises(NoOwnFactor):
        rules.renew_recovery_codes(NONE, ("new",))


def test_beside_an_authenticator_the_password_alone_proves_nothing_more():
    assert WITH_PASSWORD.proof_of_password() == "password"
    assert with_authenticator(WITH_PASSWORD).proof_of_password() is None


def test_recovery_codes_go_with_the_last_factor():
    assert rules.remove_authenticator(with_authenticator()) == NONE
    assert rules.remove_authenticator(with_authenticator(WITH_PASSWORD)).recovery == RECOVERY
    with pytest.raises(NoAuthenticator):
        rules.remove_authenticator(WITH_PASSWORD)


def test_a_reset_takes_effect_after_72_hours_and_asking_again_gains_no_time():
    waiting = rules.ask_reset(WITH_PASSWORD, "net_1", MORNING)

    assert waiting.reset.takes_effect_at == MORNING + 72 * HOUR
    assert [(due.kind, due.at) for due in waiting.due] == [("reset", MORNING + 72 * HOUR)]
    assert rules.ask_reset(waiting, "net_1", MORNING + HOUR) is waiting
    assert waiting.password_hash == "hash"


def test_where_there_is_nothing_nothing_is_reset():
    with pytest.raises(NoOwnFactor):
        rules.ask_reset(NONE, "net_1", MORNING)


def test_a_cancelled_reset_leaves_everything_as_it_was():
    waiting = rules.ask_reset(with_authenticator(WITH_PASSWORD), "net_1", MORNING)

    assert rules.cancel_reset(waiting) == with_authenticator(WITH_PASSWORD)
    with pytest.raises(NoResetWaiting):
        rules.cancel_reset(WITH_PASSWORD)


def test_after_a_reset_nothing_is_held_and_a_first_factor_may_be_set():
    waiting = replace(rules.ask_reset(with_authenticator(WITH_PASSWORD), "net_1", MORNING), revision=7)

    assert rules.carry_out_reset(waiting) == replace(NONE, revision=7)


@pytest.mark.parametrize("change", [lambda held: rules.set_password(held, "new"), with_authenticator])
def test_who_sets_a_factor_while_a_reset_waits_has_ended_the_wait(change):
    after = change(rules.ask_reset(WITH_PASSWORD, "net_1", MORNING))

    assert (after.reset, after.due) == (None, ())


def test_every_address_is_told_once_and_each_network_of_its_own_alone():
    contacts = [("net_1", "per_1", "Ada@work.example"), ("net_2", "per_2", "ada@home.example")]

    assert places("ada@work.example", contacts) == [
        Place("net_1", "per_1", ("Ada@work.example",)),
        Place("net_2", "per_2", ("ada@home.example",)),
    ]
    assert places("old@home.example", contacts)[0].addresses == ("old@home.example", "Ada@work.example")


def test_news_say_how_it_stands_and_never_what_is_held():
    waiting = rules.ask_reset(with_authenticator(WITH_PASSWORD), "net_1", MORNING)

    (fact,) = news(
        OwnFactorResetAsked, waiting, [Place("net_1", "per_1", ("a@b.example",)), Place("n", "p", ())]
    )

    assert (fact.standing, fact.takes_effect_at) == ("waiting", MORNING + 72 * HOUR)
    assert not {"SEED", "hash", *RECOVERY} & set(map(str, vars(fact).values()))

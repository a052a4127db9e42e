from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.membership.adapters.identity import MongoRoles, MongoSignIns
from services.membership.adapters.own_factors import MongoOwnFactors
from services.membership.domain.clients import secret_digest
from services.membership.domain.identity_refusals import (
    LinkNotValid,
    SignInEnded,
    SignInNeeded,
    SignInRefused,
    TooManyGuesses,
    TooManyTries,
)
from services.membership.domain.sign_ins import end
from services.membership.handlers import sign_ins as use_cases
from services.membership.messages.identity import FinishSignIn, PasswordSignIn, RefreshTokens, StartSignIn
from tests.builders.floors import some_secrets
from tests.builders.identity import (
    ADA,
    MORNING,
    NET,
    HandClock,
    a_network,
    a_person,
    a_role,
    a_waiting_link,
    an_account,
    an_open_sign_in,
    signed_in,
)
from tests.fakes.identity import FakeAccounts, FakePasswords, FakeShelf, FakeThrottles, FakeTokens
from tests.fakes.store import fake_floor, faked


@pytest.fixture
def house(tmp_path):
    """Ada, who has an account and a password, in a house of fakes."""
    floor = fake_floor("membership", secrets=some_secrets(tmp_path))
    return SimpleNamespace(
        accounts=FakeAccounts(an_account(password_hash="hashed a long enough one")),
        factors=faked(MongoOwnFactors, floor),
        sign_ins=faked(MongoSignIns, floor),
        people=FakeShelf(a_person()),
        roles=faked(MongoRoles, floor),
        networks=FakeShelf(a_network()),
        throttles=FakeThrottles(),
        passwords=FakePasswords(),
        tokens=FakeTokens(),
        clock=HandClock(MORNING),
    )


def start(house, email="ada@example.org", **fields):
    ports = (house.accounts, house.sign_ins, house.throttles, house.tokens, house.clock)
    return use_cases.start_sign_in(StartSignIn(email, **fields), *ports)


def finish(house, token, **fields):
    ports = (house.accounts, house.sign_ins, house.people, house.roles, house.networks)
    return use_cases.finish_sign_in(FinishSignIn(token, **fields), *ports, house.tokens, house.clock)


def by_password(house, password="a long enough one", email="ada@example.org", **fields):
    ports = (house.accounts, house.factors, house.sign_ins, house.people, house.roles, house.networks)
    command = PasswordSignIn(email, password, **fields)
    return use_cases.password_sign_in(
        command, *ports, house.throttles, house.passwords, house.tokens, house.clock
    )


def refresh(house, token):
    ports = (house.sign_ins, house.people, house.roles, house.networks, house.tokens, house.clock)
    return use_cases.refresh_tokens(RefreshTokens(token), *ports)


def documents(house):
    return list(house.sign_ins.documents.find({}))


def links_sent(house):
    return [each for document in documents(house) for each in document["outbox"]]


def test_the_link_that_was_sent_opens_a_sign_in(house):
    start(house)

    given = finish(house, house.tokens.secrets[0])

    assert given.access_token["sub"] == ADA
    assert given.refresh_token == f"{NET}/{given.sign_in.id}/1"


def test_an_unknown_address_leaves_the_same_trace_and_sends_nothing(house):
    known, unknown = start(house), start(house, "nobody@example.org")

    assert known == unknown
    assert len(documents(house)) == 2
    assert len(links_sent(house)) == 1


def test_the_decoy_for_an_unknown_address_opens_nothing(house):
    start(house, "nobody@example.org")

    with pytest.raises(LinkNotValid):
        finish(house, house.tokens.secrets[0])


def test_one_address_gets_twenty_links_in_a_quarter_of_an_hour_from_strangers(house):
    for number in range(25):
        start(house, origin=f"198.51.{number}.7")

    assert len(links_sent(house)) == 20


def test_one_origin_gets_five_links_for_an_address_and_keeps_nobody_else_from_theirs(house):
    for _ in range(7):
        start(house, origin="198.51.100.7")
    start(house, origin="203.0.113.5")

    assert len(links_sent(house)) == 6


def test_strangers_who_used_up_an_addresss_links_do_not_keep_out_a_known_browser(house):
    known = by_password(house).device
    for number in range(25):
        start(house, origin=f"198.51.{number}.7")

    start(house, device_token=known)

    assert len(links_sent(house)) == 21


def test_a_network_that_offers_itself_is_not_joined_by_an_equal_address(house):
    house.accounts.ensure_for("net_2", "per_ada_2", "ada@example.org")

    start(house, network="net_2")

    assert [each["body"]["data"]["network"] for each in links_sent(house)] == ["net_1"]
    assert house.accounts.get("acc_ada").in_network("net_2") is None


def test_an_account_nobody_used_gets_a_link_for_each_network_that_offers_itself(house):
    house.accounts = FakeAccounts()
    house.accounts.ensure_for("net_1", ADA, "ada@example.org")
    house.accounts.ensure_for("net_2", "per_ada_2", "ada@example.org")

    start(house)

    assert [each["body"]["data"]["network"] for each in links_sent(house)] == ["net_2", "net_1"]


def test_the_first_link_used_joins_its_network_and_leaves_the_other_offer_open(house):
    house.accounts = FakeAccounts()
    account = house.accounts.ensure_for("net_1", ADA, "ada@example.org")
    house.accounts.ensure_for("net_2", "per_ada_2", "ada@example.org")
    start(house)

    finish(house, house.tokens.secrets[1])

    assert [each.network for each in house.accounts.get(account).joined] == ["net_1"]
    with pytest.raises(LinkNotValid):
        finish(house, house.tokens.secrets[0])


def test_a_link_opens_in_the_browser_that_asked_and_in_no_other(house):
    start(house, verifier="of my browser")
    token = house.tokens.secrets[0]

    for elsewhere in ({}, {"verifier": "of another browser"}):
        with pytest.raises(LinkNotValid):
            finish(house, token, **elsewhere)

    assert finish(house, token, verifier="of my browser").access_token["sub"] == ADA


def test_a_link_whose_answer_was_lost_gives_the_same_tokens_under_the_same_key(house):
    start(house, verifier="of my browser")
    mine = {"token": house.tokens.secrets[0], "verifier": "of my browser", "request": "mine"}

    first, again = finish(house, **mine), finish(house, **mine)

    assert (again.sign_in, again.refresh_token) == (first.sign_in, first.refresh_token)
    for other in ({"request": "another"}, {"request": None}, {"verifier": "of a stranger"}):
        with pytest.raises(LinkNotValid):
            finish(house, **mine | other)


def test_a_repeated_link_opens_nothing_for_whose_sign_in_is_over(house):
    start(house)
    mine = {"token": house.tokens.secrets[0], "request": "mine"}
    opened = finish(house, **mine).sign_in
    house.sign_ins.save(end(opened, "signed-out", MORNING))

    with pytest.raises(LinkNotValid):
        finish(house, **mine)


def test_a_browser_that_asks_again_ends_its_earlier_link(house):
    start(house, verifier="of my browser")
    start(house, verifier="of my browser")

    with pytest.raises(LinkNotValid):
        finish(house, house.tokens.secrets[0], verifier="of my browser")
    assert finish(house, house.tokens.secrets[1], verifier="of my browser")


def test_a_stranger_who_asks_does_not_end_the_link_i_wait_for(house):
    start(house, verifier="of my browser")
    start(house, verifier="of a stranger")

    assert finish(house, house.tokens.secrets[0], verifier="of my browser")


def test_using_one_link_ends_every_other_link_of_the_account(house):
    start(house, verifier="of my browser")
    start(house, verifier="of a stranger")
    finish(house, house.tokens.secrets[0], verifier="of my browser")

    with pytest.raises(LinkNotValid):
        finish(house, house.tokens.secrets[1], verifier="of a stranger")


def test_one_origin_cannot_ask_for_ever(house):
    for number in range(1000):
        start(house, f"nobody{number}@example.org", origin="198.51.100.7")

    with pytest.raises(TooManyTries):
        start(house, origin="198.51.100.7")


def test_a_link_works_once(house):
    house.sign_ins.add(a_waiting_link(token="word"))
    finish(house, "word")

    with pytest.raises(LinkNotValid):
        finish(house, "word")


def test_a_link_does_not_work_after_ten_minutes(house):
    house.sign_ins.add(a_waiting_link(token="word"))
    house.clock.turn(timedelta(minutes=10))

    with pytest.raises(LinkNotValid):
        finish(house, "word")


def test_what_is_kept_of_a_link_opens_nothing(house):
    house.sign_ins.add(a_waiting_link(token="word"))

    with pytest.raises(LinkNotValid):
        finish(house, secret_digest("word"))


def test_a_person_who_is_gone_is_let_in_by_no_link(house):
    house.people = FakeShelf(a_person(standing="gone"))
    house.sign_ins.add(a_waiting_link(token="word"))

    with pytest.raises(LinkNotValid):
        finish(house, "word")


def test_a_token_tells_the_roles_held_at_this_moment(house):
    house.roles.add(a_role(role="sponsor", until=MORNING + timedelta(hours=1)))
    house.roles.add(a_role(role="facilitator", until=MORNING))

    given = by_password(house)

    assert given.access_token["roles"] == ["member", "sponsor"]


def test_the_right_password_signs_in(house):
    assert by_password(house).access_token["sub"] == ADA


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "a wrong one, though long"), ("nobody@example.org", "a long enough one")],
    ids=["wrong password", "unknown address"],
)
def test_a_wrong_password_and_an_unknown_address_are_refused_alike(house, email, password):
    with pytest.raises(SignInRefused) as refused:
        by_password(house, password, email)

    assert refused.value.message == "This address and this password do not belong together."
    assert house.passwords.asked == 1


def guess_until_refused(house, email="ada@example.org", **fields):
    for _ in range(10):
        with pytest.raises(SignInRefused):
            by_password(house, "a wrong one, though long", email, **fields)


def test_guessing_ends_after_ten_tries_even_with_the_right_password(house):
    guess_until_refused(house)

    with pytest.raises(TooManyGuesses):
        by_password(house)


def test_guessing_at_nobody_is_refused_in_the_same_words(house):
    refusals = []
    for email in ("ada@example.org", "nobody@example.org"):
        guess_until_refused(house, email)
        with pytest.raises(TooManyGuesses) as refused:
            by_password(house, email=email)
        refusals.append(vars(refused.value))

    assert refusals[0] == refusals[1]


def test_guessing_strangers_do_not_keep_out_a_browser_that_signed_in_before(house):
    known = by_password(house).device
    guess_until_refused(house)

    assert by_password(house, device_token=known).access_token["sub"] == ADA


def test_a_known_browser_has_ten_tries_of_its_own(house):
    known = by_password(house).device
    guess_until_refused(house, device_token=known)

    with pytest.raises(TooManyGuesses):
        by_password(house, device_token=known)


def test_the_known_browser_of_one_account_counts_as_a_stranger_for_another(house):
    foreign = house.tokens.device_token("acc_bo")
    guess_until_refused(house)

    with pytest.raises(TooManyGuesses):
        by_password(house, device_token=foreign)


def test_a_link_by_mail_signs_in_whatever_was_guessed(house):
    guess_until_refused(house)
    start(house)

    assert finish(house, house.tokens.secrets[-1]).access_token["sub"] == ADA


def test_a_lock_opens_by_itself(house):
    guess_until_refused(house)
    house.clock.turn(timedelta(days=1))

    assert by_password(house).access_token["sub"] == ADA


def test_ten_thousand_guesses_over_ten_accounts_in_a_day_are_a_hundred_tries(house):
    for guess in range(10_000):
        with pytest.raises((SignInRefused, TooManyGuesses, TooManyTries)):
            by_password(house, f"a guess, number {guess}", f"person{guess % 10}@example.org", origin="::1")
        house.clock.turn(timedelta(seconds=8))

    assert house.passwords.asked <= 100


def test_a_role_change_lets_the_sign_in_go_on_under_a_new_id_and_the_old_one_is_dead(house):
    given = by_password(house)
    house.roles.add(a_role(role="sponsor"))

    renewed = refresh(house, given.refresh_token)

    assert renewed.sign_in.id != given.sign_in.id
    assert renewed.access_token["sid"] == renewed.sign_in.id
    house.clock.turn(timedelta(seconds=11))
    with pytest.raises(SignInEnded):
        refresh(house, given.refresh_token)


def test_two_tabs_that_refresh_at_once_after_a_role_change_get_the_same_sign_in(house):
    given = by_password(house)
    house.roles.add(a_role(role="sponsor"))

    renewed = [refresh(house, given.refresh_token).sign_in.id for _ in range(2)]

    assert renewed[0] == renewed[1]


def test_signing_in_often_is_no_guessing(house):
    for _ in range(12):
        by_password(house)

    assert by_password(house).access_token["sub"] == ADA


def test_a_refresh_token_gives_the_next_one(house):
    first = by_password(house)

    second = refresh(house, first.refresh_token)

    assert second.refresh_token == f"{NET}/{first.sign_in.id}/2"


def test_a_refresh_token_seen_again_ends_the_sign_in_for_both(house):
    first = by_password(house)
    second = refresh(house, first.refresh_token)
    house.clock.turn(timedelta(minutes=1))

    with pytest.raises(SignInEnded):
        refresh(house, first.refresh_token)
    with pytest.raises(SignInEnded):
        refresh(house, second.refresh_token)


@pytest.mark.parametrize("token", ["nonsense", "net_1/tok_unknown/1"])
def test_what_is_no_refresh_token_of_ours_is_refused(house, token):
    with pytest.raises(SignInEnded):
        refresh(house, token)


def test_a_role_taken_back_is_gone_from_the_next_token(house):
    role = house.roles.add(a_role(role="sponsor", until=MORNING + timedelta(minutes=5)))
    given = by_password(house)
    house.clock.turn(timedelta(minutes=9))

    renewed = refresh(house, given.refresh_token)

    assert role.role in given.access_token["roles"]
    assert role.role not in renewed.access_token["roles"]


def test_after_signing_out_nothing_is_refreshed(house):
    given = by_password(house)

    use_cases.sign_out(signed_in(signin_id=given.sign_in.id), house.sign_ins, house.clock)

    with pytest.raises(SignInEnded):
        refresh(house, given.refresh_token)


def test_signing_out_twice_is_no_fault(house):
    house.sign_ins.add(an_open_sign_in(id="tok_1"))

    use_cases.sign_out(signed_in(signin_id="tok_1"), house.sign_ins, house.clock)

    assert use_cases.sign_out(signed_in(signin_id="tok_1"), house.sign_ins, house.clock) is None


def test_only_a_person_signs_out(house):
    with pytest.raises(SignInNeeded):
        use_cases.sign_out(signed_in(signin_id=None), house.sign_ins, house.clock)


def test_what_lies_in_the_database_opens_nothing(house):
    start(house)
    by_password(house)

    kept = [{**document, "outbox": None} for document in documents(house)]

    assert house.tokens.secrets[0] not in repr(kept)

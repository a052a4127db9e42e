"""Accounts, counts, passwords and tokens in memory; the other stores are `faked` adapters."""

import itertools
from dataclasses import replace

from services.contracts.tokens import claims_of
from services.kit.errors import NotFound
from services.membership.domain.accounts import Account, Belonging, accepted, login_address


class FakeShelf:
    """Aggregates by network and id, with the facts they announced; for what is not under test."""

    def __init__(self, *aggregates):
        self._aggregates = {(each.network, each.id): each for each in aggregates}
        self.announced = []

    def get(self, network, id):
        try:
            return self._aggregates[network, id]
        except KeyError:
            raise NotFound from None

    def by_ids(self, network, ids):
        return {one: self._aggregates[network, one] for one in ids if (network, one) in self._aggregates}

    def add(self, aggregate, announcing=()):
        self._aggregates[aggregate.network, aggregate.id] = aggregate
        self.announced += announcing
        return aggregate


class FakeAccounts:
    def __init__(self, *accounts):
        self._accounts = {account.id: account for account in accounts}

    def get(self, account_id):
        return self._accounts.get(account_id)

    def by_address(self, address):
        return next((each for each in self._accounts.values() if each.address == address), None)

    def ensure_for(self, network, person_id, email):
        holder = self.of_person(person_id)
        if holder:
            return holder.id
        known = self.by_address(login_address(email))
        if known is None:
            known = Account(f"acc_{len(self._accounts)}", login_address(email), ())
        if any(each.network == network for each in known.belongings):
            return None
        self._put(known, (*known.belongings, Belonging(network, person_id, is_joined=False)))
        return known.id

    def of_person(self, person_id):
        return next((each for each in self._accounts.values() if each.holds(person_id)), None)

    def claim(self, account_id, person_id):
        known = self._accounts[account_id]
        return not known.joined and known.holds(person_id) and self._join(known, person_id)

    def join(self, account_id, network, person_id):
        known = self._accounts[account_id]
        if any(each.network == network for each in known.belongings):
            return known.holds(person_id) and self._join(known, person_id)
        self.release(person_id, offered_only=True)
        if self.of_person(person_id):
            return False
        self._put(known, (*known.belongings, Belonging(network, person_id)))
        return True

    def release(self, person_id, *, offered_only=False):
        holder = self.of_person(person_id)
        if holder is None or (offered_only and person_id not in [each.person_id for each in holder.offers]):
            return
        rest = tuple(each for each in holder.belongings if each.person_id != person_id)
        if rest:
            self._put(holder, rest)
        else:
            del self._accounts[holder.id]

    def set_address(self, account_id, former, wanted):
        known = self._accounts[account_id]
        if known.address != former or self.by_address(wanted):
            return False
        self._accounts[account_id] = replace(known, address=wanted)
        return True

    def _join(self, known, person_id):
        one = [accepted(each) if each.person_id == person_id else each for each in known.belongings]
        self._put(known, tuple(one))
        return True

    def _put(self, known, belongings):
        self._accounts[known.id] = replace(known, belongings=belongings)

    def set_password(self, account_id, password_hash):
        self._accounts[account_id] = replace(self._accounts[account_id], password_hash=password_hash)


class FakeThrottles:
    def __init__(self):
        self._counts = {}

    def take(self, allowance, subject, now):
        tries, ends_at = self._counts.get((allowance.kind, subject), (0, now))
        if now >= ends_at:
            tries, ends_at = 0, now + allowance.per
        self._counts[allowance.kind, subject] = (tries + 1, ends_at)
        return tries < allowance.tries

    def give_back(self, allowance, subject):
        tries, ends_at = self._counts[allowance.kind, subject]
        self._counts[allowance.kind, subject] = (tries - 1, ends_at)


class FakePasswords:
    """Hashes that can be read; `asked` counts comparisons, those with nobody's hash included."""

    def __init__(self):
        self.asked = 0

    def hash(self, password):
        return f"hashed {password}"

    def matches(self, password_hash, password):
        self.asked += 1
        return password_hash == f"hashed {password}"


class FakeTokens:
    """Tokens that can be read: an access token is the caller's claims."""

    def __init__(self):
        self._numbers = itertools.count(1)
        self.secrets = []

    def secret(self):
        self.secrets.append(f"secret-{next(self._numbers)}")
        return self.secrets[-1]

    def sealed(self, token):
        return f"sealed {token}"

    def access_token(self, caller, now):
        return claims_of(caller) | {"at": now}

    def refresh_token(self, sign_in):
        return f"{sign_in.network}/{sign_in.id}/{sign_in.generation}"

    def device_token(self, account_id):
        return f"device/{account_id}/{next(self._numbers)}"

    def read_device_token(self, token):
        parts = token.split("/")
        return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "device" else None

    def read_refresh_token(self, token):
        parts = token.split("/")
        return (parts[0], parts[1], int(parts[2])) if len(parts) == 3 else None

    def signing_keys(self):
        return {"keys": []}

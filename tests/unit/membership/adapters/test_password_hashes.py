"""Whoever has no password costs as much to refuse as whoever has another one."""

from argon2 import PasswordHasher, extract_parameters

from services.membership.adapters.tokens import Argon2Passwords


class Watched(PasswordHasher):
    """Remembers what passwords were compared with."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.compared = []

    def verify(self, hash, password):
        self.compared.append(hash)
        return super().verify(hash, password)


def test_nobodys_hash_is_compared_at_the_cost_of_anybodys_and_never_right():
    hasher = Watched()
    passwords = Argon2Passwords(elsewhere=lambda hashing, *given: hashing(*given), hasher=hasher)
    somebodys = passwords.hash("a long enough one")

    assert passwords.matches(None, "a long enough one") is False
    assert passwords.matches(somebodys, "a long enough one") is True

    nobodys, theirs = hasher.compared
    assert extract_parameters(nobodys) == extract_parameters(theirs)
    assert len(nobodys) == len(theirs)

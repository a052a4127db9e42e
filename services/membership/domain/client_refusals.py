"""How we say no to partner systems and to who registers them."""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class ClientRefused(Forbidden):
    """No such client, a disabled one, or not its proof; a stranger does not learn which."""

    code = "client-refused"


class ScopeNotGranted(Invalid):
    code = "scope-not-granted"


class ForeignToken(Forbidden):
    """A client withdraws its own tokens, nobody else's."""

    code = "foreign-token"


class TwoSecretsLive(Conflict):
    code = "two-secrets-live"


class KeysElsewhere(Conflict):
    """What was asked concerns the other way of proving oneself: by secret, or by key."""

    code = "proves-itself-otherwise"


class NoSuchSecret(NotFound):
    code = "no-such-secret"

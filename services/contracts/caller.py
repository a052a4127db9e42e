"""Who asks. The gateway says who calls; the service that owns the data decides what they may do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Caller:
    """The one on whose behalf an ask is made, as the gateway established it.

    Args:
        kind: "person", "client" (partner system), "link" (signed link from a mail), "operator", "anonymous".
        network: the tenant the call belongs to; None for operators and the anonymous.
        roles: of the person in that network ("network_admin", "program_staff", "facilitator", "sponsor",
            "organization_admin"); membership of a cohort is a relation, decided by the service that owns it.
        scopes: of a client's token.
        text_open: confidential text may be shown: the network wants no factor of the person's own, or this
            sign-in was proven by one (GLOSSARY: own factor).
        roles_end: when the first of the roles runs out, in seconds since 1970; None: none does by itself.
        link: what a signed link may do: {"act": "...", "subject": "ses_…"}; it can do that one thing only.
    """

    kind: str = "anonymous"
    network: str | None = None
    person_id: str | None = None
    account_id: str | None = None
    organization_id: str | None = None
    client_id: str | None = None
    signin_id: str | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    link: dict[str, str] | None = None
    text_open: bool = False
    roles_end: float | None = None

    def has_role(self, *roles: str) -> bool:
        """True when the caller is a person holding at least one of `roles`."""
        return self.kind == "person" and not self.roles.isdisjoint(roles)

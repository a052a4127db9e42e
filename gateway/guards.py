"""Who may call an operation, as far as the gateway knows: the kind of caller, their roles, their scopes.

The service that owns the data decides the rest. Guards join with `|`:

    who=roles("program_staff", "network_admin") | scopes("people:read")
"""

from dataclasses import dataclass

from services.contracts.caller import Caller
from services.contracts.scopes import NETWORKS_MANAGE


@dataclass(frozen=True)
class Admission:
    """One kind of caller; `needs` names roles (any of them), scopes (all of them) or the act of a link."""

    kind: str
    needs: frozenset[str] = frozenset()

    def admits(self, caller: Caller) -> bool:
        if caller.kind != self.kind:
            return False
        if self.kind == "person":
            return not self.needs or not self.needs.isdisjoint(caller.roles)
        if self.kind in ("client", "operator"):
            return self.needs <= caller.scopes
        if self.kind == "link":
            return not self.needs or (caller.link or {}).get("act") in self.needs
        return True


@dataclass(frozen=True)
class Who:
    """Any one of `admissions` opens the operation."""

    admissions: tuple[Admission, ...]

    def __or__(self, other: "Who") -> "Who":
        return Who(self.admissions + other.admissions)

    def admits(self, caller: Caller) -> bool:
        return any(admission.admits(caller) for admission in self.admissions)

    def knows(self, kind: str) -> bool:
        """True when callers of this kind are admitted on some condition."""
        return any(admission.kind == kind for admission in self.admissions)


def roles(*names: str) -> Who:
    """A signed-in person holding at least one of these roles."""
    return Who((Admission("person", frozenset(names)),))


def scopes(*names: str) -> Who:
    """A partner system whose token carries all of these scopes."""
    return Who((Admission("client", frozenset(names)),))


def link(*acts: str) -> Who:
    """The holder of a signed link made for one of these acts."""
    return Who((Admission("link", frozenset(acts)),))


SIGNED_IN = roles()
OPERATOR = Who((Admission("operator", frozenset({NETWORKS_MANAGE})),))
LINK = link()
ANYONE = Who(tuple(Admission(kind) for kind in ("anonymous", "person", "client", "operator", "link")))

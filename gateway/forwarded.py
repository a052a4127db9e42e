"""Who really called, when a proxy of ours passed the call on.

`X-Forwarded-For` counts only from configured proxies, and of its list only what the last of them saw;
everything else in it is a stranger's claim. Links are made from CT_PUBLIC_URL, never from Host or
X-Forwarded-Host.
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address, ip_network


class Proxies:
    """The networks (CIDR texts) whose word is taken."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = [ip_network(text, strict=False) for text in networks]

    def trusts(self, address: str) -> bool:
        if not self._networks:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)

    def client(self, peer: str, fields: Mapping[str, str]) -> str:
        """Return the address of the client: the nearest in the chain that is no proxy of ours."""
        if not self.trusts(peer):
            return peer
        for address in reversed(fields.get("x-forwarded-for", "").split(",")):
            candidate = address.strip()
            if not _is_address(candidate):
                return peer
            if not self.trusts(candidate):
                return candidate
        return peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

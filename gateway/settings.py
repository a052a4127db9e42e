"""What the gateway alone is told, beside the kit's settings.

CT_HTTP_HOST        address to listen on; 127.0.0.1 when CT_PUBLIC_URL is on this machine, else all
CT_PROXIES          networks of our own proxies, "10.0.0.0/8,…": their X-Forwarded-For counts
CT_RATE_CALLERS     "rate/burst": requests a second, and at once, for one known caller
CT_RATE_STRANGERS   the same for one address nobody signed in from
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.forwarded import Proxies
from services.kit.settings import SettingError, Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Rate:
    """`rate` requests a second, `burst` at once."""

    rate: float
    burst: int


@dataclass(frozen=True)
class GatewaySettings:
    host: str
    port: int
    public_url: str
    proxies: Proxies
    callers: Rate
    strangers: Rate

    @property
    def tls(self) -> bool:
        """Whether the world reaches us by https."""
        return self.public_url.startswith("https://")

    @classmethod
    def load(cls, settings: Settings, env: Mapping[str, str] = os.environ) -> "GatewaySettings":
        """Read the environment. Raises: SettingError, starting with the variable's name."""
        if not settings.public_url:
            raise SettingError("CT_PUBLIC_URL is not set, and gateway needs it")
        local = urlsplit(settings.public_url).hostname in LOOPBACK
        return cls(
            host=env.get("CT_HTTP_HOST") or ("127.0.0.1" if local else "0.0.0.0"),  # noqa: S104 - a gateway listens
            port=settings.http_port,
            public_url=settings.public_url,
            proxies=_proxies(env.get("CT_PROXIES") or ""),
            callers=_rate(env, "CT_RATE_CALLERS", Rate(100, 500)),
            strangers=_rate(env, "CT_RATE_STRANGERS", Rate(50, 300)),
        )


def _proxies(text: str) -> Proxies:
    try:
        return Proxies(part.strip() for part in text.split(",") if part.strip())
    except ValueError:
        raise SettingError("CT_PROXIES must be networks such as 10.0.0.0/8, separated by commas") from None


def _rate(env: Mapping[str, str], variable: str, default: Rate) -> Rate:
    text = env.get(variable)
    if not text:
        return default
    try:
        rate, burst = text.split("/")
        found = Rate(float(rate), int(burst))
    except ValueError:
        raise SettingError(f"{variable} must be rate/burst, such as 50/250") from None
    if found.rate <= 0 or found.burst < 1:
        raise SettingError(f"{variable} must let something in")
    return found

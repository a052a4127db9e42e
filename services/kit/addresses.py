"""Which addresses anybody on the internet could have; `is_global` alone says yes to several inner ones."""

import ipaddress
import socket

DENIED = [
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",  # NAT64 carries any IPv4 address, ours too
        "64:ff9b:1::/48",
        "2002::/16",  # 6to4
        "2001::/32",  # Teredo
        "::/96",  # IPv4-compatible
        "fec0::/10",  # site-local
        "192.88.99.0/24",  # 6to4 relays
    )
]


def is_public(address: str) -> bool:
    """True when `address` is one that anybody on the internet could have."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if getattr(ip, "scope_id", None) or ip.is_multicast or not ip.is_global:
        return False
    return not any(ip in network for network in DENIED if network.version == ip.version)


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of `host`, all of them."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

"""The operator's part of the signing keys."""


def show_ring(tokens):
    """Return the ring as it stands."""
    return tokens.ring()


def rotate_signing_keys(command, tokens):
    """Let the next key sign; with `compromised`, drop every key there is, and with them every sign-in."""
    return tokens.begin_anew() if command.compromised else tokens.rotate()

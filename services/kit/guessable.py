"""Secrets that protect nothing: too short, too uniform, or left as somebody's example had them."""

SHORTEST, FEWEST = 16, 8  # characters; different ones
LEFT_AS_THEY_WERE = (
    *("changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me"),
    *("your-secret", "your_secret", "yoursecret", "placeholder", "example", "default"),
)


def why_guessable(text: str) -> str | None:
    """Return what makes `text` no secret, without quoting it; None when nothing is seen."""
    if len(text) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    if len(set(text)) < FEWEST:
        return f"has fewer than {FEWEST} different characters"
    if any(word in text.casefold() for word in LEFT_AS_THEY_WERE):
        return "was left as an example had it"
    return None

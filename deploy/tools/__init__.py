"""The operators' hand: the `commonthread` command and what it does."""

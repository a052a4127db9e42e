"""Doors of people, organizations and imports."""


class PeopleDoors:
    """Who is known to a network."""

"""Doors of programs, enrollments, formations, cohorts and agreements."""


class ProgramDoors:
    """What people enroll in, and the cohorts they form."""

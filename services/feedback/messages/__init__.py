"""Shapes of what feedback is asked and answers."""

"""Shapes of what sessions is asked and answers."""

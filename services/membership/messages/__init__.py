"""Shapes of what membership is asked and answers."""

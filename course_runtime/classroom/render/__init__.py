"""Renderings of a class's grades: pure functions from grades to text."""

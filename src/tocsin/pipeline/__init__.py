"""Introduces the stages to each other."""

"""Writes records in the forms that other tools read."""

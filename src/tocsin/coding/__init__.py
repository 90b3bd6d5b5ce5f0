"""Codes readings into claims, statements, relations and entities."""

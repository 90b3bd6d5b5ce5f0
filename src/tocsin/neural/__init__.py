"""Runs the reader's network; inference only."""

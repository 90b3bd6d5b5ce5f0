"""Forecasts held against what came: scores, and the scoreboard of every question that was asked."""

"""The ground that every layer stands on: errors, ids, dates, text, settings, logs."""

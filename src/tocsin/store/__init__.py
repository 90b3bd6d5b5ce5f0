"""Every record in one place: SQLite on a laptop, PostgreSQL for a team."""

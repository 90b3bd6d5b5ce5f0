"""A data set as tables and views of DuckDB; the one door to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tocsin.base.errors import PlanError
from tocsin.pipeline.columns import TABLES

FILE = "views.sql"

# What a name in the folders' names is read as: DuckDB would take some months for days.
_PARTS = "hive_partitioning = true, hive_types = {'published': VARCHAR}"
VIEWS = {
    "acts": """
SELECT * FROM claims WHERE modality = 'actual' AND content_of IS NULL""",
    "months": """
SELECT published, type, count(*) AS claims,
       count(*) FILTER (WHERE modality = 'actual' AND content_of IS NULL) AS acts,
       count(DISTINCT article) AS articles, count(DISTINCT outlet) AS outlets
FROM claims GROUP BY ALL ORDER BY ALL""",
    "dyads": """
SELECT published, day, id, article, outlet, type, modality, actor, recipient, confidence
FROM (SELECT *, unnest(actors_countries) AS actor FROM claims) AS one,
     unnest(one.recipients_countries) AS two(recipient)
WHERE actor <> '' AND recipient <> '' AND actor <> recipient""",
    "tolls": """
SELECT published, coalesce("from", day) AS day, place_country, place, type, killed_low,
       killed_high, injured_low, injured_high, displaced_low, displaced_high, id, article, outlet
FROM acts
WHERE coalesce(killed_low, injured_low, displaced_low) IS NOT NULL""",
    "voices": """
SELECT published, day, speakers[1] AS speaker, speakers_countries[1] AS country,
       speakers_sectors[1] AS sectors, type, modality, style, sentence, id, article, outlet
FROM claims WHERE len(speakers) > 0""",
}


def script(folder: Path | None = None) -> str:
    """Return SQL that makes the tables and views of a data set.

    Places are those below a folder or, without one, below that in which DuckDB is begun.
    """
    root = "" if folder is None else folder.absolute().as_posix().replace("'", "''") + "/"
    said = [
        f"CREATE OR REPLACE VIEW {table} AS\n"
        f"SELECT * FROM read_parquet('{root}{table}/*/*.parquet', {_PARTS});"
        for table in TABLES
    ]
    said.append(
        "CREATE OR REPLACE VIEW issues AS\n"
        f"SELECT * FROM read_parquet('{root}issues.parquet', hive_partitioning = false);"
    )
    said += [f"CREATE OR REPLACE VIEW {name} AS{query};" for name, query in VIEWS.items()]
    return "\n\n".join(["-- The tables and views of a Tocsin data set, for DuckDB.", *said, ""])


def opened(folder: Path) -> Any:  # noqa: ANN401 - its types are an extra's
    """Return a DuckDB connection in memory with the tables and views of a data set."""
    connection = _imported().connect()
    connection.execute(script(folder))
    return connection


def _imported() -> Any:  # noqa: ANN401 - as above
    try:
        import duckdb  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        raise PlanError("DuckDB is not installed; pip install 'tocsin[duckdb]'") from error
    return duckdb

"""What sense says of the features that matching weighs, before any pair is seen.

`SENSE` is where a weight stands as long as the corpora say little: they seldom date or place an
event, and in news of one conflict it is days, places and numbers that tell events apart. Whatever
the corpora say, a feature that speaks for one event never comes to speak against it, nor the other
way round: more days apart never make one event likelier (`BOUNDS`).
"""

from __future__ import annotations

SENSE = {
    "same_type": 0.8,
    "kin_type": 0.8,
    "no_type": 0.4,
    "same_lemma": 1.0,
    "rare_lemma": 1.5,
    "kin_lemma": 0.6,
    "near_lemma": 0.6,
    "modes_shared": 0.4,
    "modes_clash": -0.8,
    "denied": -0.3,
    "unsure": -0.5,
    "same_day": 1.0,
    "days_overlap": 0.5,
    "days_apart": -1.2,
    "once_dated": 0.0,
    "never_dated": 0.0,
    "reports_apart": -0.7,
    "day_and_report": -0.7,
    "told_before": -2.5,
    "years_apart": -2.0,
    "same_place": 1.3,
    "same_country": 0.2,
    "kilometres": -0.7,
    "abroad": -2.0,
    "places_differ": -0.7,
    "place_told": 0.7,
    "actors_same": 0.5,
    "actors_rare": 0.8,
    "actors_alike": 0.2,
    "actors_foreign": -1.5,
    "actors_differ": -0.5,
    "actors_told": 0.4,
    "recipients_same": 0.5,
    "recipients_rare": 0.8,
    "recipients_alike": 0.2,
    "recipients_foreign": -1.2,
    "recipients_differ": -0.4,
    "recipients_told": 0.4,
    "swapped": -1.5,
    "speakers_same": 0.3,
    "tolls_equal": 0.5,
    "tolls_overlap": 0.3,
    "tolls_apart": -0.5,
    "outcomes_same": 0.5,
    "outcomes_clash": -1.0,
    "sentences": 4.0,
    "wording": 2.5,
    "beside": -2.5,
    "numerals": 0.5,
    "articles": 3.0,
    "copied": 0.5,
    "same_article": 0.5,
    "coder_same": 3.0,
    "same_sentence": -0.5,
    "lines_apart": -0.3,
}
FREE = frozenset({"never_dated", "no_type", "once_dated", "same_article", "same_sentence"})
# What weighs no less than sense says: annotated news has wrong coordinates more often than it has
# two towns that are bombed on one day, and news of a war has not.
FULL = frozenset({"abroad", "days_apart", "kilometres", "places_differ"})
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    name: (value if name in FULL else 0.0, None)
    if value > 0
    else (None, value if name in FULL else 0.0)
    for name, value in SENSE.items()
    if name not in FREE
}
# Articles of the corpora tell of one event or few, so that two like words in one of them nearly
# always mean the same; an article about a war tells of many. Beyond this, merges within articles
# are right too seldom (`evaluation/LOG.md`).
BOUNDS["same_article"] = (None, 2.0)
# Days, places and numbers: the corpora hardly have them, or have few events to a place.
FIRM = frozenset({
    "same_day", "days_overlap", "days_apart", "reports_apart", "day_and_report", "told_before",
    "years_apart", "same_place", "same_country", "kilometres", "abroad", "places_differ",
    "tolls_equal", "tolls_overlap", "tolls_apart", "actors_foreign", "recipients_foreign",
})  # fmt: skip

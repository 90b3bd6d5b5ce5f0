"""A store in which every word that an outlet chooses is an attempt on the reader's browser."""

from __future__ import annotations

from tests.build import a_claim, a_participant, a_span
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.pipeline import project
from tocsin.store.open import Store

SCRIPT = "<script>window.caught=1</script>"
IMAGE = '"><img src=x onerror=window.caught=2>'
LINK = "javascript:window.caught=3"
CLOSING = "</p></main></body></html><svg onload=window.caught=4>"
ODD = "\x00\x1b\u202e{{ 7 * 7 }}{% raw %}"
TITLE = f"{SCRIPT}{IMAGE}"
OUTLET = f"Outlet {IMAGE}{CLOSING}"


def lay(store: Store) -> None:
    """Put articles full of snares into a store, code and fuse them."""
    for number, (actor, url) in enumerate(((SCRIPT, LINK), (IMAGE, f"https://x.example/{IMAGE}"))):
        text = (
            f"{TITLE}\n\n{actor} attacked {CLOSING} in {IMAGE} on Monday, {ODD} {SCRIPT} said. "
            f"Report {number}."
        )
        parcel = a_parcel(
            text, title=TITLE, place=f"{CLOSING}/{number}.txt", url=url, outlet=OUTLET,
            authors=(IMAGE,), wire=(SCRIPT,),
        )  # fmt: skip
        put(store, parcel)
        stored = parcel.article.text
        claim = a_claim(
            parcel.article,
            "attacked",
            actors=(a_participant(a_span(stored, actor, nth=2)),),
            recipients=(a_participant(a_span(stored, CLOSING)),),
            speakers=(a_participant(a_span(stored, SCRIPT, nth=2)),),
        )
        keep(store, a_coded(parcel.article, claim))
    project.fuse(store)

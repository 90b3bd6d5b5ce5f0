"""The manual: it is made of today's code, holds together, and asks nobody outside."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from lxml import html

from manual.pages import DOCS, PAGES
from tests.site import site as built
from tests.site import written
from tocsin.base.errors import InputError
from tocsin.cli import docs

# Where a browser fetches from without being asked; links are followed by people.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "form": "action"}
STYLED = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built manual."""
    return built()


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_code_are_current(name: str) -> None:
    """What the manual takes from the code is what the code says; `make reference` writes it."""
    made, kept = PAGES[name](), (DOCS / name).read_text("utf8")
    assert made == kept, f"docs/{name} is stale: run `make reference`"


def test_every_page_is_in_the_navigation(site: Path) -> None:
    """Each Markdown file of the manual became a page that its front page leads to."""
    front = html.fromstring((site / "index.html").read_bytes())
    listed = {urlsplit(link).path for link in front.xpath("//aside//a/@href | //nav//a/@href")}
    pages = {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in DOCS.rglob("*.md")}
    # Sphinx's own page to search has that name; `searches.md` shows ours.
    assert pages - listed - {"index.html", "search.html"} == set()


def test_links_lead_somewhere(site: Path) -> None:
    """Every link within the manual leads to a page that is there, and to an anchor that it has."""
    lost = [
        f"{page.relative_to(site)}: {link}"
        for page in site.rglob("*.html")
        for link in _tree(page).xpath("//a/@href")
        if not urlsplit(link).scheme and not _found(page, link)
    ]
    assert lost == []


def test_pages_fetch_nothing_from_elsewhere(site: Path) -> None:
    """No page, style or script of the manual makes a browser ask another host."""
    asked = [
        f"{page.name}: {found}"
        for page in site.rglob("*.html")
        for tag, name in FETCHED.items()
        for found in _tree(page).xpath(f"//{tag}/@{name}")
        if urlsplit(found).netloc and not _only_named(tag, page, found)
    ]
    asked += [
        f"{style.name}: {found}"
        for style in site.rglob("*.css")
        for found in STYLED.findall(style.read_text("utf8"))
        if urlsplit(found).netloc
    ]
    assert asked == []


def test_the_manual_is_served_to_this_machine(site: Path) -> None:
    """`tocsin docs` serves the pages under a policy that forbids other hosts, and no lists."""
    with docs.bound(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}") as client:
            front = client.get("/")
            assert "Tocsin" in front.text
            assert "default-src 'none'" in front.headers["content-security-policy"]
            assert client.get("/reference/").status_code == 404
            assert client.get("/../pyproject.toml").status_code == 404
            with pytest.raises(InputError, match="give another by --port"):
                docs.bound(site, server.server_port)
        server.shutdown()


def test_the_pages_are_found(site: Path, tmp_path: Path) -> None:
    """They are looked for in the package, then in the working tree; else what to do is said."""
    package = tmp_path / "src" / "tocsin"
    with pytest.raises(InputError, match="make docs"):
        docs.pages(package)
    for found in (tmp_path / "build" / "docs", package / "data" / "docs"):
        found.parent.mkdir(parents=True)
        found.symlink_to(site)
        assert docs.pages(package) == found


def test_it_is_built_when_something_changed(tmp_path: Path) -> None:
    """What was built of the same files stays, other files build it anew, and a fault fails."""
    root, site = tmp_path / "root", tmp_path / "site"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "conf.py").write_text("extensions = ['myst_parser']\n")
    page = root / "docs" / "index.md"
    page.write_text("# One\n")
    assert [written(root, site), written(root, site)] == [True, False]
    page.write_text("# Two\n")
    assert written(root, site)
    assert "Two" in (site / "index.html").read_text("utf8")
    page.write_text("# Three\n\n[nowhere](lost.md)\n")
    with pytest.raises(subprocess.CalledProcessError):
        written(root, site)
    assert "Two" in (site / "index.html").read_text("utf8")


@cache
def _tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes())


@cache
def _anchors(page: Path) -> frozenset[str]:
    return frozenset(_tree(page).xpath("//@id"))


def _found(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_file():
        return False
    return (
        not parts.fragment
        or target.suffix != ".html"
        or unquote(parts.fragment) in _anchors(target)
    )


def _only_named(tag: str, page: Path, found: str) -> bool:
    """Return whether a link element names another host without fetching from it."""
    kinds: Iterator[str] = (
        one.get("rel", "") for one in _tree(page).xpath("//link") if one.get("href") == found
    )
    return tag == "link" and all(kind in {"canonical", "license"} for kind in kinds)

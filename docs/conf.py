"""How the pages of this folder become the site that `tocsin docs` shows: Sphinx, MyST, Furo.

The site fetches nothing: no fonts, no scripts, no pictures from elsewhere; search runs in the
browser. Nothing of Tocsin is imported here, so that it can be built before Tocsin is installed.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "docs"
# Files that stand in the site as the pages that include them: those outside this folder, and one
# whose name is that of Sphinx's own page to search.
INCLUDED = {
    "docs/search.md": "searches.md",
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "evaluation/results/report.md": "results/coding.md",
    "evaluation/results/alarms.md": "results/alarms.md",
    "evaluation/results/forecasts.md": "results/forecasts.md",
    "training/cards/en-reader-2026.5.md": "card.md",
}
# What readers take along; other files of the repository are named and not linked.
TAKEN = {".json", ".yml", ".csv", ".ipynb", ".svg", ".py"}
# A pattern of pages, in a list of the navigation.
SLOT = re.compile(r"[a-z/]+\*")
INCLUDE = re.compile(r"^```\{include\} (\S+)\n(?:.*\n)*?```$", re.MULTILINE)
NEAR = re.compile(r"(!?\[[^\]\n]*\]\()(?!\w+:|#)([^)\s#]+)")
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)")

project = "Tocsin"
author = "The Tocsin developers"
copyright = f"{author}, Apache-2.0"  # noqa: A001 - Sphinx names it so
release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["version"]
version = release
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
# Links to sections by GitHub's rule, down to the fourth level.
myst_heading_anchors = 4
exclude_patterns = ["**/__pycache__", "search.md"]

html_theme = "furo"
html_title = f"Tocsin {release}"
html_static_path = ["static"]
html_favicon = "static/bell.svg"
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "navigation_with_keys": True,
    "footer_icons": [],
    "light_css_variables": {"color-brand-primary": "#8a2b06", "color-brand-content": "#8a2b06"},
    "dark_css_variables": {"color-brand-primary": "#ff9d6b", "color-brand-content": "#ff9d6b"},
}
# The stamp of a build, which would make two builds of the same pages differ.
html_last_updated_fmt = None
pygments_style = "default"
pygments_dark_style = "monokai"


def outward(app: Sphinx, name: str, content: list[str]) -> None:
    """Lead links to files that pages include to these pages, and leave the words of others."""
    page = Path(app.env.doc2path(name)).parent

    def better(link: re.Match[str]) -> str:
        words, target, anchor = link[1], (page / link[2]).resolve(), link[3] or ""
        if not target.is_relative_to(ROOT):
            return link[0]
        shown = INCLUDED.get(target.relative_to(ROOT).as_posix())
        if shown:
            return f"[{words}]({os.path.relpath(HERE / shown, page)}{anchor})"
        kept = target.is_relative_to(HERE) or (target.suffix in TAKEN and target.is_file())
        return link[0] if kept else words

    # A slot of the navigation whose page is not there is left out.
    whole = INCLUDE.sub(lambda found: _brought((page / found[1]).resolve(), page), content[0])
    lines = whole.splitlines(keepends=True)
    content[0] = LINK.sub(better, "".join(line for line in lines if not _empty(page, line.strip())))


def _brought(file: Path, page: Path) -> str:
    """Return the text of a file that a page includes, its links made for where the page stands."""
    text = file.read_text("utf8")
    return NEAR.sub(lambda link: link[1] + os.path.relpath(file.parent / link[2], page), text)


def _empty(folder: Path, line: str) -> bool:
    return bool(SLOT.fullmatch(line)) and not any(folder.glob(f"{line}.md"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Return what Sphinx must know of this: pages may be read and written at once."""
    app.connect("source-read", outward)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

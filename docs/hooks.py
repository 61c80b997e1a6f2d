"""What the site needs beside its pages.

A page links to files as they lie in the repository, so that it can be read there, too. On the site

- CHANGELOG.md and what benchmarks/ and data/ say of themselves are pages;
- links to other files of the repository, which the site does not have, are their text alone;
- pictures drawn for the pages stand in them, so that they turn dark with the page, and so does what
  a notebook would show;
- the help of every command stands on the page of commands.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from typer.main import get_command

from textcat.cli import app

ROOT = Path(__file__).parents[1]
PAGES = {
    "CHANGELOG.md": "changelog.md",
    "benchmarks/README.md": "benchmarks/index.md",
    "benchmarks/RESULTS.md": "benchmarks/results.md",
    "data/README.md": "data.md",
}
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^():]+?)(#[^)]*)?\)")
SHOWN = re.compile(r"<!-- (pictures/\w+\.html) -->")
PICTURE = re.compile(r'<p><img alt="[^"]*" src="(?:\.\./)*(pictures/\w+\.svg)"[^>]*></p>')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie outside of docs/."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: object) -> str:
    """Lead links to where the site has what they name."""
    place = page.file.src_uri
    source = next((file for file, shown in PAGES.items() if shown == place), f"docs/{place}")

    def led(link: re.Match[str]) -> str:
        text, target, anchor = link.group(1), link.group(2), link.group(3) or ""
        named = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        shown = PAGES.get(named, named.removeprefix("docs/"))
        if files.get_file_from_path(shown) is None:
            return text if (ROOT / named).exists() else link.group()
        return f"[{text}]({posixpath.relpath(shown, posixpath.dirname(place) or '.')}{anchor})"

    markdown = LINK.sub(led, markdown).replace("<!-- commands -->", _commands())
    return SHOWN.sub(lambda found: _figure(found.group(1)), markdown)


def on_page_content(html: str, **_: object) -> str:
    """Put the pictures themselves where they are named."""
    return PICTURE.sub(lambda found: _figure(found.group(1)), html)


def _commands() -> str:
    """The help of every command, in the order of `textcat --help`."""
    group = get_command(app)
    helps = {
        name: command.get_help(command.context_class(command, info_name=f"textcat {name}"))
        for name, command in group.commands.items()
    }
    return "\n\n".join(f"## {name}\n\n```text\n{text}\n```" for name, text in helps.items())


def _figure(path: str) -> str:
    drawing = (ROOT / "docs" / path).read_text("utf-8")
    return f'<figure class="picture">{drawing}</figure>'

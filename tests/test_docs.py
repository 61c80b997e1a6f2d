"""README and docs do what they say; the site has every public name, and fetches nothing."""

from __future__ import annotations

import inspect
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from types import FunctionType

import pytest
from documents import ROOT, Reader, Serve, blocks, commands, masked, name_of

import textcat

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md"))
SHOWN_PAGES = [ROOT / "README.md", ROOT / "README.ru.md", *PAGES]  # those whose blocks are run

# Commands that are shown and not run, by page: they install, run this very test, or train on a
# cluster, which tests/test_joblib_backends.py does.
NOT_RUN = {
    "README.md": [
        "make demo",
        "make test",
        "pip install .",
        'pip install ".[fast]"',
        'pip install ".[pandas]"',
        'pip install ".[excel]"',
        'pip install ".[notebook]"',
        'pip install ".[serve]"',
    ],
    "README.ru.md": ["make demo", "make test"],
    "docs/start.md": ["pip install ."],
    "docs/cluster.md": [
        "python examples/train_on_cluster.py dask data/catalogue.tsv trained",
        "python examples/train_on_cluster.py spark data/catalogue.tsv trained",
    ],
}
# Those that are run where there is what they need.
NEEDING_JAVA = ["python examples/spark_price_list.py model examples/price_list.csv answers"]


@pytest.fixture(scope="session")
def demo_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model that pages call `model`, trained once."""
    directory = tmp_path_factory.mktemp("documents") / "model"
    textcat.train(ROOT / "data" / "catalogue.tsv").save(directory)
    return directory


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where a reader would: in a copy of the repository that may be written to."""
    for name in ("data", "examples", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers, and stop them when the page is read."""
    started: list[subprocess.Popen[str]] = []

    def start(arguments: Sequence[str]) -> str:
        command = [sys.executable, "-m", "textcat", *arguments, "--port", "0"]
        started.append(server := subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        line = server.stderr.readline()  # type: ignore[union-attr]
        assert "http://" in line, line + server.communicate()[1]
        return line

    yield start
    for server in started:
        server.terminate()
        server.communicate(timeout=60)


@pytest.fixture
def reader(
    folder: Path, demo_model: Path, capsys: pytest.CaptureFixture[str], serve: Serve
) -> Reader:
    shutil.copytree(demo_model, folder / "model")
    return Reader(folder, capsys, serve)


@pytest.mark.parametrize("page", SHOWN_PAGES, ids=name_of)
def test_page_does_what_it_says(page: Path, reader: Reader) -> None:
    without_java = NEEDING_JAVA if shutil.which("java") is None else []
    reader.read(page, [*NOT_RUN.get(name_of(page), []), *without_java])
    if reader.different:
        pytest.fail("\n".join(reader.different), pytrace=False)


def test_what_is_not_run_is_named_and_little() -> None:
    shown = {
        name_of(page): [command.line for block in blocks(page) for command in commands(block)]
        for page in SHOWN_PAGES
    }
    assert {
        page: [line for line in lines if line in shown[page]] for page, lines in NOT_RUN.items()
    } == NOT_RUN
    assert sum(map(len, NOT_RUN.values())) == 13


def test_pictures_show_what_the_library_says(
    demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(DOCS / "pictures")
    draw = runpy.run_path(str(DOCS / "pictures" / "draw.py"))["drawings"]
    drawn = draw(textcat.load(demo_model))
    kept = {name: (DOCS / "pictures" / name).read_text("utf-8") for name in drawn}
    assert {name: _words(file) for name, file in kept.items()} == {
        name: _words(file) for name, file in drawn.items()
    }


class HtmlPage(HTMLParser):
    """What a page of the site links to, fetches and can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element has."""
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag == "link" and given.get("rel") not in ("canonical", "next", "prev"):
            self.fetched.add(given["href"])
        if "src" in given:
            self.fetched.add(given["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it: any warning is an error."""
    directory = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(directory)]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    ended = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")
    return directory


@pytest.fixture(scope="module")
def html_pages(site: Path) -> dict[Path, HtmlPage]:
    return {path: HtmlPage(path) for path in sorted(site.rglob("*.html"))}


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    named = re.findall(r": (\S+\.md)$", navigation, re.MULTILINE)
    assert len(named) == len(set(named))
    assert {page.relative_to(DOCS).as_posix() for page in PAGES} <= set(named)


def test_links_lead_somewhere(html_pages: dict[Path, HtmlPage]) -> None:
    broken = [
        (page.parent.name, link)
        for page, html in html_pages.items()
        if page.name != "404.html"  # which is shown at any address, and so links from the root
        for link in html.links
        if not _leads_somewhere(page, link, html_pages)
    ]
    assert broken == []


def test_nothing_is_fetched_from_elsewhere(site: Path, html_pages: dict[Path, HtmlPage]) -> None:
    fetched = {source for html in html_pages.values() for source in html.fetched}
    assert [source for source in fetched if "//" in source] == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)]+", styles) == []
    # for a diagram of this kind the theme would fetch a script
    assert not any("mermaid" in path.read_text("utf-8") for path in html_pages)


def test_every_public_name_is_in_the_reference(html_pages: dict[Path, HtmlPage]) -> None:
    documented = set().union(*(html.ids for html in html_pages.values()))
    assert [name for name in _public_names() if name not in documented] == []


def test_every_public_name_has_an_example_or_a_sentence() -> None:
    assert [name for name in _public_names() if not _docstring(name)] == []


def _words(drawing: str) -> list[str]:
    """What is written in a picture; numbers may differ in their last digits."""
    return [masked(text) for text in re.findall(r">([^<]+)<", drawing)]


def _leads_somewhere(page: Path, link: str, pages: dict[Path, HtmlPage]) -> bool:
    path, _, anchor = link.partition("#")
    if re.match(r"[a-z]+:", link):
        return link.startswith("https://")
    target = (page.parent / path).resolve() if path else page
    if target.is_dir():
        target /= "index.html"
    return target.exists() and (not anchor or anchor in pages[target].ids)


def _public_names() -> Iterator[str]:
    """«textcat.CategoryModel.predict»: what `textcat.__all__` names, and its public methods."""
    for name in textcat.__all__:
        yield f"textcat.{name}"
        own = inspect.getmro(member) if inspect.isclass(member := getattr(textcat, name)) else ()
        kinds = (FunctionType, property, cached_property, classmethod, staticmethod)
        yield from sorted(
            f"textcat.{name}.{attribute}"
            for one in own
            if one.__module__.startswith("textcat")
            for attribute, value in vars(one).items()
            if isinstance(value, kinds) and not attribute.startswith("_")
        )


def _docstring(name: str) -> str | None:
    member: object = textcat
    for part in name.split(".")[1:]:
        member = (
            inspect.getattr_static(member, part)
            if inspect.isclass(member)
            else getattr(member, part)
        )
    return inspect.getdoc(member)

"""What the starter model is made from keeps what data/README.md promises."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from textcat.starter.sources import Sources, read_sources

DATA = Path(__file__).parents[1] / "data"
LEAVES, TOPS = 600, range(25, 31)
ENTRIES, NAMES, KEPT_OUT = 40, 12, 3

_LATIN, _CYRILLIC = "ABEKMHOPCTYXaeopcyx", "АВЕКМНОРСТУХаеорсух"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_CHOICE = re.compile(r"\{([^{}]*)\}")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


def _entries(sources: Sources) -> Iterator[tuple[str, str]]:
    """Whatever is written about every leaf."""
    for leaf, language in sources.languages.items():
        for entry in language.entries():
            yield leaf, entry


def _names(sources: Sources) -> Iterator[tuple[str, str]]:
    """Whole names of the language, and those kept out of it, with the leaf's path."""
    for leaf, language in sources.languages.items():
        for name in language.names:
            yield name, sources.paths[leaf]
    yield from sources.kept_out


def _slips(text: str) -> list[str]:
    """Find words in two alphabets that would be in one if look-alike letters were put right."""
    return [word for word in re.findall(r"[A-Za-zА-яЁё]+", text) if _is_torn(word)]


def _is_torn(word: str) -> bool:
    is_mixed = re.search("[A-Za-z]", word) and re.search("[А-яЁё]", word)
    put_right = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    return bool(is_mixed) and not all(
        re.search("[A-Za-z]", each) and re.search("[А-яЁё]", each) for each in put_right
    )


def _same(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def _in_several(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    places = defaultdict(set)
    for name, place in pairs:
        places[_same(name)].add(place)
    return {name: found for name, found in places.items() if len(found) > 1}


def test_the_tree_is_as_large_as_promised(sources: Sources) -> None:
    tops = [node for node, level in enumerate(sources.tree.levels) if level == 1]
    assert len(sources.tree.leaves) >= LEAVES
    assert len(tops) in TOPS
    assert set(sources.tree.levels[sources.tree.leaves].tolist()) <= {3, 4}


def test_titles_are_unique_among_siblings(sources: Sources) -> None:
    siblings = Counter(
        (parent, _same(title))
        for parent, title in zip(sources.tree.parents.tolist(), sources.tree.titles, strict=True)
    )
    assert {pair: count for pair, count in siblings.items() if count > 1} == {}


def test_ids_are_short_words_in_latin_letters(sources: Sources) -> None:
    assert [
        name for name in sources.tree.ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    ] == []


def test_every_leaf_has_enough_language(sources: Sources) -> None:
    counts = {leaf: sum(1 for _ in each.entries()) for leaf, each in sources.languages.items()}
    assert {leaf: count for leaf, count in counts.items() if count < ENTRIES} == {}


def test_every_leaf_has_a_dozen_whole_names(sources: Sources) -> None:
    counts = {leaf: len(language.names) for leaf, language in sources.languages.items()}
    assert {leaf: count for leaf, count in counts.items() if count < NAMES} == {}


def test_of_every_leaf_names_are_kept_out(sources: Sources) -> None:
    counts = Counter(path for _, path in sources.kept_out)
    few = {leaf: counts[sources.paths[leaf]] for leaf in sources.languages}
    assert {leaf: count for leaf, count in few.items() if count < KEPT_OUT} == {}


def test_no_whole_name_stands_in_two_leaves(sources: Sources) -> None:
    assert _in_several(_names(sources)) == {}


def test_heads_of_several_leaves_are_marked_as_such(sources: Sources) -> None:
    lines = (DATA / "shared_heads.tsv").read_text("utf-8").splitlines()[1:]
    marked = {head: set(leaves.split()) for head, leaves in (line.split("\t") for line in lines)}
    heads = ((head, leaf) for leaf, each in sources.languages.items() for head in each.heads)
    shared = _in_several(heads)
    assert {head: leaves for head, leaves in shared.items() if marked.get(head) != leaves} == {}
    assert marked.keys() - shared.keys() == set()


def test_no_name_that_is_kept_out_is_written_for_training(sources: Sources) -> None:
    kept_out = {_same(name) for name, _ in sources.kept_out}
    assert [name for name, _ in sources.catalogue() if _same(name) in kept_out] == []


def test_no_name_outside_of_the_tree_is_in_it(sources: Sources) -> None:
    known = {_same(name) for name, _ in _names(sources)}
    assert [name for name in sources.outside if _same(name) in known] == []
    assert len(sources.outside) >= 200


def test_no_name_outside_of_the_tree_that_is_kept_out_is_written_for_training(
    sources: Sources,
) -> None:
    written = {_same(name) for name in sources.strange_names()}
    assert [name for name in sources.outside if _same(name) in written] == []
    assert written.isdisjoint(_same(name) for name, _ in _names(sources))


def test_words_are_in_one_alphabet(sources: Sources) -> None:
    slips = [(leaf, entry) for leaf, entry in _entries(sources) if _slips(entry)]
    slips += [(path, name) for name, path in sources.kept_out if _slips(name)]
    assert slips == []


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("Cмеситель", ["Cмеситель"]),
        ("СAMSUNG", ["СAMSUNG"]),
        ("USB-кабель 2м", []),
        ("мAч", ["мAч"]),
    ],
)
def test_a_slip_is_a_word_that_look_alike_letters_tear_apart(text: str, slips: list[str]) -> None:
    assert _slips(text) == slips


def test_what_stands_in_braces_is_a_choice_or_a_common_list(sources: Sources) -> None:
    lists = sources.writing.lists
    wrong = [
        (leaf, entry)
        for leaf, entry in _entries(sources)
        if re.search(r"[{}]", _CHOICE.sub("", entry))
        or any("|" not in each and each not in lists for each in _CHOICE.findall(entry))
    ]
    assert wrong == []


def test_whole_names_have_no_choices(sources: Sources) -> None:
    assert [name for name, _ in _names(sources) if re.search(r"[{}]", name)] == []


def test_texts_are_in_unicode_form_nfc_without_control_characters(sources: Sources) -> None:
    wrong = [
        (leaf, entry)
        for leaf, entry in _entries(sources)
        if not unicodedata.is_normalized("NFC", entry) or not entry.isprintable()
    ]
    assert wrong == []

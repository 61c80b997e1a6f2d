"""The table of chunks: a bounded memory that threads share and that changes no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.arrays.numbered_texts import UNKNOWN
from textcat.features.chunks import LONGEST_NAME, ChunkTable, FeatureIds, NameIds
from textcat.features.extraction import ChunkFeatures


def letters(chunk: str) -> ChunkFeatures:
    """Every letter a feature that pairs up, a capital letter the head."""
    return ChunkFeatures(list(chunk), list(chunk), next(filter(str.isupper, chunk), None))


def in_twos(chunks: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
    """Read chunks in blocks of two."""
    for start in range(0, len(chunks), 2):
        yield [letters(chunk) for chunk in chunks[start : start + 2]]


def ids_of(feature_id: Callable[[str], int]) -> FeatureIds:
    return lambda texts: np.array([feature_id(text) for text in texts], np.int32)


def table(limit: int = 1000, feature_id: Callable[[str], int] = ord) -> ChunkTable:
    return ChunkTable(in_twos, ids_of(feature_id), limit)


def read(ids: NameIds) -> list[tuple[str, set[str]]]:
    """Of every name: the letters of its single features in order, and its pairs."""
    return [
        (
            "".join(map(chr, ids.single_ids[ids.single_rows == row].tolist())),
            {chr(a) + chr(b) for a, b in ids.pair_ids[ids.pair_rows == row].tolist()},
        )
        for row in range(ids.names)
    ]


def test_names_have_the_features_of_their_chunks_pairs_across_them_and_one_head() -> None:
    assert read(table().ids(["ab Cd", "", "E F"])) == [
        ("abCdC", {"ab", "bC", "Cd"}),
        ("", set()),
        ("EEF", {"EF"}),
    ]


def test_no_names_have_no_features() -> None:
    ids = table().ids([])
    assert (ids.names, len(ids.single_ids), ids.pair_ids.shape) == (0, 0, (0, 2))


def test_unknown_features_are_left_out_and_so_are_pairs_with_them() -> None:
    known = table(feature_id=lambda text: UNKNOWN if text in "bE" else ord(text))
    assert read(known.ids(["abcd", "E F"])) == [("acd", {"cd"}), ("F", set())]


def test_a_name_is_read_up_to_a_limit() -> None:
    (found, _), (short, _) = read(table().ids(["a" * LONGEST_NAME + " bc", "bc"]))
    assert (found, short) == ("a" * LONGEST_NAME, "bc")


def test_a_chunk_is_read_once_while_there_is_room() -> None:
    chunks: list[str] = []

    def noted(unseen: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
        chunks.extend(unseen)
        return in_twos(unseen)

    once = ChunkTable(noted, ids_of(ord), 1000)
    once.ids(["ab cd ab"])
    once.ids(["cd ef", "ab"])
    assert chunks == ["ab", "cd", "ef"]  # in the order of their appearance


@given(st.lists(st.lists(st.text("abCD ", max_size=9), max_size=4), max_size=6), st.integers(0, 5))
def test_a_tiny_table_gives_what_a_large_one_gives(batches: list[list[str]], limit: int) -> None:
    tiny, large = table(limit), table()
    for batch in batches:
        assert read(tiny.ids(batch)) == read(large.ids(batch))


def test_an_interrupted_batch_leaves_no_trace() -> None:
    interrupted: list[str] = []

    def feature_id(text: str) -> int:
        if text == "C" and len(interrupted) < 3:  # among the single ones, the pairs, as the head
            interrupted.append(text)
            raise KeyboardInterrupt
        return ord(text)

    broken = table(feature_id=feature_id)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            broken.ids(["ab Cd ef"])
    names = ["ef ab", "Cd gh", "ab Cd ef"]
    assert read(broken.ids(names)) == read(table().ids(names))


@pytest.mark.usefixtures("eager_switching")
@pytest.mark.parametrize("limit", [0, 7, 100_000])
def test_threads_share_a_table(limit: int) -> None:
    names = [f"Чай{number} зелёный{number % 7} {number}" for number in range(480)]
    batches = [names[start : start + 10] for start in range(0, len(names), 10)]
    shared = table(limit)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda batch: read(shared.ids(batch)), batches * 3))
    assert answers == [read(table().ids(batch)) for batch in batches] * 3


def test_a_thread_that_reads_keeps_no_other_waiting() -> None:
    reading, answered = Event(), Event()

    def at_leisure(chunks: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
        if "cd" in chunks:
            reading.set()
            assert answered.wait(60)
        return in_twos(chunks)

    shared = ChunkTable(at_leisure, ids_of(ord), 1000)
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(shared.ids, ["ab cd", "ef Gh"])
        assert reading.wait(60)
        assert read(shared.ids(["ef ij"])) == read(table().ids(["ef ij"]))
        answered.set()
        assert read(long.result()) == read(table().ids(["ab cd", "ef Gh"]))
    assert read(shared.ids(["ij Gh ab"])) == read(table().ids(["ij Gh ab"]))


@pytest.mark.parametrize("limit", [0, 3, 1000])
def test_threads_that_read_the_same_chunks_at_once_get_the_same_answers(limit: int) -> None:
    together = Barrier(3, timeout=60)

    def all_at_once(chunks: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
        for block in in_twos(chunks):
            together.wait()
            yield block

    shared = ChunkTable(all_at_once, ids_of(ord), limit)
    for new in "123":
        batches = [["ab- Cd-", "ef-"], ["Cd- gh- kl-"], ["ab- ef- mn-"], ["kl- ef- Cd-"]]
        *batches, later = [[name.replace("-", new) for name in batch] for batch in batches]
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda batch: read(shared.ids(batch)), batches))
        assert answers == [read(table().ids(batch)) for batch in batches]
        assert read(shared.ids(later)) == read(table().ids(later))


def test_what_was_read_until_an_interruption_is_read_again_and_changes_nothing() -> None:
    def broken(chunks: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
        yield next(in_twos(chunks))
        if not tries.pop():
            raise KeyboardInterrupt
        yield from list(in_twos(chunks))[1:]

    tries = [True, False]
    interrupted = ChunkTable(broken, ids_of(ord), 1000)
    with pytest.raises(KeyboardInterrupt):
        interrupted.ids(["ab cd ef"])
    assert read(interrupted.ids(["ab cd ef"])) == read(table().ids(["ab cd ef"]))

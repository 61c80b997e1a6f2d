"""Mutations of a model's directory, one for every seed: what a damaged disk or a stranger makes.

Most of them are put together again: sizes, checksums, types and shapes in meta.json are those of
the files as they are, so that nothing but what stands in the arrays can be found wrong.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from mutated_arrays import FLOATS, NUMBERS, Array, changed

from textcat.storage.arrays import pack_strings, unpack_strings, write_array
from textcat.storage.meta import META, write_meta

# What may stand in the place of any value in meta.json.
VALUES: list[Any] = [
    None, True, False, *NUMBERS, *FLOATS, "", "x", "../meta.json", "/etc/passwd", "weights.npy",
    "\ud800", "9" * 4000, [], {}, [1], ["x"], [None], {"x": 1}, [-1], [10**12], [0, 10**12], "<f4",
    "|O", "O", "<U9", "|V0", "a5", [["x", "|O"]], "f4,f4", json.loads("[" * 300 + "]" * 300),
]  # fmt: skip
TITLES = [
    "", " ", "\ud800", "\0", "\u202e", "a" * 5000, "[1]", "{}", "[[]]", '[""]', "[]", "[" * 2000,
    "null", " > ", "1e999",
]  # fmt: skip
# Heads of .npy files: those of arrays, and what is no head at all.
HEADS = [
    *(
        f"{{'descr': {type_}, 'fortran_order': False, 'shape': {shape}, }}"
        for type_, shape in [
            ("'|O'", "(3,)"),
            ("[('a', '|O')]", "(1,)"),
            ("'<f4'", "(1000000000000,)"),
            ("'<f4'", "(0, 1000000000000)"),
            ("'<f4'", "(-1,)"),
            ("'<f4'", "(True,)"),
            ("'<f4'", f"({'1, ' * 70})"),
            ("'<f4'", "(" * 150 + ")" * 150),
            ("'|S0'", "(1000000000000,)"),
            ("'|V0'", "(4611686018427387904, 4)"),
            ("'<U1000000000'", "(0,)"),
            ("[('a', '<f4', (1000000000000,))]", "(1,)"),
            ("()", "(1,)"),
            ("[()]", "(1,)"),
            ("'a5'", "(1,)"),
        ]
    ),
    "{'descr': '<f4', 'fortran_order': 7, 'shape': (1,), }",
    "{'descr': '<f4'}",
    "-" * 9000 + "1",
    "[" * 9000,
    "__import__('os').abort()",
    "é" * 100,
    "",
]


class Whole:
    """A copy of a model's directory, in which whatever was changed is put right again."""

    def __init__(self, original: Path, directory: Path) -> None:
        self.directory = Path(shutil.copytree(original, directory))
        self._contents = {path.name: path.read_bytes() for path in directory.iterdir()}
        self._states = {name: self._state(name) for name in self._contents}

    def restore(self) -> None:
        """Make it the copy that it was."""
        for path in self.directory.iterdir():
            if self._states.get(path.name) != self._state(path.name):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for name, content in self._contents.items():
            if not (self.directory / name).exists():
                (self.directory / name).write_bytes(content)
                self._states[name] = self._state(name)

    def _state(self, name: str) -> tuple[int, ...]:
        found = (self.directory / name).lstat()
        return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


def mutated(directory: Path, seed: int) -> str:
    """Mutate a model's directory, and tell what was done."""
    mutation = Mutation(directory, seed)
    kinds = [mutation.file, mutation.content, mutation.meta, mutation.strings, mutation.head]
    return mutation.random.choice([*kinds, *[mutation.array] * 5])()


class Mutation:
    """The ways to mutate a directory; each is taken once."""

    def __init__(self, directory: Path, seed: int) -> None:
        self.directory, self.random = directory, random.Random(seed)
        text = (directory / META).read_bytes().decode("utf-8", "surrogatepass")
        self.described: dict[str, Any] = json.loads(text)

    def file(self) -> str:
        """Something else is in the place of a file."""
        path, other = self._any_file(), self._any_file()
        content, elsewhere = path.read_bytes(), self.directory.with_name("elsewhere")
        elsewhere.write_bytes(content)
        path.unlink()
        put: dict[str, Callable[[], object]] = {
            "missing": lambda: None,
            "a folder": path.mkdir,
            "a pipe": lambda: os.mkfifo(path),
            "a link": lambda: path.symlink_to(elsewhere),
            "a link to itself": lambda: path.symlink_to(path.name),
            "a device": lambda: path.symlink_to("/dev/zero"),
            f"as {other.name}": lambda: path.write_bytes(
                other.read_bytes() if other.exists() else b""
            ),
        }
        kind = self.random.choice([*put])
        put[kind]()
        return f"{path.name} is {kind}"

    def content(self) -> str:
        """Some bytes of a file are others, most often with the checksum of these."""
        path = self._any_file()
        content = bytearray(path.read_bytes())
        place = self.random.randrange(len(content) + 1)
        kind = self.random.choice(["flipped", "flipped", "cut", "longer", "zero", "inserted"])
        if kind == "flipped":
            content[place : place + 1] = bytes(
                byte ^ 1 << self.random.randrange(8) for byte in content[place : place + 1]
            )
        elif kind == "zero":
            content[place : place + 40] = bytes(len(content[place : place + 40]))
        else:
            content[place:] = {
                "cut": b"",
                "longer": content[place:]
                + self.random.randbytes(self.random.choice([1, 64, 5000])),
                "inserted": self.random.randbytes(4) + content[place:],
            }[kind]
        path.write_bytes(content)
        if path.name != META and self.random.random() < 0.8:
            self._describe(path)
        return f"{path.name} {kind} at {place}"

    def meta(self) -> str:
        """Values of meta.json are others or missing."""
        told = []
        for _ in range(self.random.choice([1, 1, 1, 2, 5])):
            holder, key = self._any_value()
            if self.random.random() < 0.15:
                del holder[key]
                told.append(f"no {key!r}")
            else:
                holder[key] = self.random.choice(VALUES)
                told.append(f"{key!r} is {holder[key]!r:.60}")
        self._write_meta()
        if self.random.random() < 0.1:
            path = self.directory / META
            path.write_bytes(path.read_bytes().replace(b'"meta": {', b'"meta": 1, "meta": {'))
            told.append("twice")
        return ", ".join(told)

    def array(self) -> str:
        """An array has other elements, another shape or another type."""
        record = self.random.choice(self._records())
        path = self.directory / record["file"]
        other = np.load(self.directory / self.random.choice(self._records())["file"])
        array, told = changed(np.load(path), other, self.random)
        self._write_array(record, array)
        return f"{path.name}: {told}"

    def strings(self) -> str:
        """A list of strings has others, or more or fewer of them."""
        name, parts = self.random.choice([*self.described["strings"].items()])
        paths = [self.directory / parts[part]["file"] for part in ("text", "offsets")]
        values = unpack_strings(*map(np.load, paths))
        told = []
        for _ in range(self.random.choice([1, 2, 10])):
            place = self.random.randrange(len(values) + 1)
            new = self.random.choice(
                [[], [values[0] if values else ""], [self.random.choice(TITLES)]]
            )
            values[place : place + self.random.choice([0, 1])] = new
            told.append(f"{place} is {new!r:.60}")
        for part, array in zip(("text", "offsets"), pack_strings(values), strict=True):
            self._write_array(parts[part], array)
        return f"{name}: {', '.join(told)}"

    def head(self) -> str:
        """The head of an array's file says something else, and so does meta.json."""
        record = self.random.choice(self._records())
        path, head = self.directory / record["file"], self.random.choice(HEADS)
        version = self.random.choice([(1, 0), (2, 0), (3, 0), (3, 0), (4, 0)])
        length = self.random.choice([len(head.encode())] * 5 + [0, 2**15, 2**31])
        packed = struct.pack("<H", length % 2**16) if version[0] == 1 else struct.pack("<I", length)
        rest = path.read_bytes()[128:] if self.random.random() < 0.7 else b""
        path.write_bytes(b"\x93NUMPY" + bytes(version) + packed + head.encode() + rest)
        record |= _as_in_meta(head)
        self._describe(path)
        return f"{path.name}: version {version}, length {length}, {head:.100}"

    def _any_file(self) -> Path:
        return self.random.choice(sorted(self.directory.iterdir()))

    def _records(self) -> list[dict[str, Any]]:
        lists = [part for parts in self.described["strings"].values() for part in parts.values()]
        return [*self.described["arrays"].values(), *lists]

    def _any_value(self) -> tuple[Any, Any]:
        """Some value in meta.json: what holds it, and its key there."""
        holder: Any = self.described
        keys = [*holder, *["meta"] * (3 if "meta" in holder else 0)]
        key = self.random.choice(keys)
        while isinstance(holder[key], dict | list) and holder[key] and self.random.random() < 0.85:
            holder = holder[key]
            key = self.random.choice([*holder] if isinstance(holder, dict) else range(len(holder)))
        return holder, key

    def _write_array(self, record: dict[str, Any], array: Array) -> None:
        (self.directory / record["file"]).unlink()
        record |= write_array(self.directory / record["file"], array)
        self._write_meta()

    def _describe(self, path: Path) -> None:
        content = path.read_bytes()
        for record in self._records():
            if record["file"] == path.name:
                record |= {"bytes": len(content), "crc32": zlib.crc32(content)}
        self._write_meta()

    def _write_meta(self) -> None:
        self.described.pop("checksum", None)
        write_meta(self.directory / META, self.described)


def _as_in_meta(head: str) -> dict[str, Any]:
    """What meta.json has to say to agree with a head."""
    try:
        said = ast.literal_eval(head)
        return {"dtype": json.loads(json.dumps(said["descr"])), "shape": list(said["shape"])}
    except Exception:  # it says nothing
        return {}

"""A model on its way to the workers of a Dask cluster."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from distributed import Client, WorkerPlugin

from textcat.integrations.shipping import pack, shipped_name
from textcat.prediction.saved import SavedModel


def ship(saved: SavedModel, client: Client) -> None:
    """Have every worker unpack a model, those that join later, too; none if all of them see it."""
    seen = client.run(saved.is_there).values()
    if not seen or not all(seen):
        client.register_plugin(UnpackedModel.of(saved))


class UnpackedModel(WorkerPlugin):
    """Puts a model into a worker's own directory, which goes with the worker."""

    idempotent = True  # it is sent once, however often it is asked

    def __init__(self, name: str, archive: bytes) -> None:
        self.name = name
        self.archive = archive

    @classmethod
    def of(cls, saved: SavedModel) -> UnpackedModel:
        """The model that is in a directory."""
        target = BytesIO()
        pack(saved, target)
        return cls(shipped_name(saved), target.getvalue())

    def setup(self, worker: Any) -> None:
        """Unpack it."""
        ZipFile(BytesIO(self.archive)).extractall(Path(worker.local_directory, self.name))

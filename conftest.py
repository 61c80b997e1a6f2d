"""For all tests and examples: the starter model is kept where no user's is, and made once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

# What these are made for may not be installed; then there is nothing to run in them.
collect_ignore = [
    f"textcat/integrations/{module}.py"
    for module, needed in (("spark", "pyspark"), ("dask", "dask"), ("dask_workers", "distributed"))
    if find_spec(needed) is None
]


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTCAT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield

"""For all tests and examples: the starter model is kept where no user's is, and made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTCAT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield

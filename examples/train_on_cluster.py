"""Train on a cluster: the same model, bit for bit, as on this machine alone.

    python examples/train_on_cluster.py dask CATALOGUE MODEL
    python examples/train_on_cluster.py spark CATALOGUE MODEL
    python examples/train_on_cluster.py ray CATALOGUE MODEL

The catalogue is read here; reading its words and fitting the classifiers are tasks for the cluster.
Spark needs `pip install joblibspark`, Ray `pip install ray`. A small catalogue is trained on sooner
here: its tasks take less time than their way there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import joblib

import textcat


def main(backend: str, catalogue: str, directory: str) -> None:
    """Train on all workers, and save the model here."""
    with STARTERS[backend](), joblib.parallel_config(backend=backend):
        model = textcat.train(catalogue, n_jobs=-1)
    model.save(directory)
    print(f"{model} is in {directory}")


@contextmanager
def _dask() -> Iterator[None]:
    from distributed import Client

    with Client(dashboard_address=None):  # or Client("tcp://10.0.0.5:8786")
        yield


@contextmanager
def _spark() -> Iterator[None]:
    from joblibspark import register_spark
    from pyspark.sql import SparkSession

    register_spark()
    with SparkSession.builder.getOrCreate():
        yield


@contextmanager
def _ray() -> Iterator[None]:
    import ray
    from ray.util.joblib import register_ray

    register_ray()
    with ray.init():
        yield


STARTERS = {"dask": _dask, "spark": _spark, "ray": _ray}


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A price list on Dask: a column of categories for every row, written as Parquet.

    python examples/dask_price_list.py MODEL PRICE_LIST OUTPUT [SCHEDULER]

MODEL is a directory that is seen from here; workers that do not see it are sent what is in it.
SCHEDULER is the address of one, such as tcp://10.0.0.5:8786; without it this machine works alone.
Of what is not sure enough the category is missing.
"""

from __future__ import annotations

import sys

import dask.dataframe
from distributed import Client, LocalCluster

import textcat
from textcat.integrations.dask import predict

PRECISION = 0.95
NAME = "Номенклатура"


def main(model_directory: str, price_list: str, output: str, scheduler: str | None = None) -> None:
    """Plan to read the rows, answer them and write them; only writing starts the work."""
    cluster = scheduler or LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(cluster):
        rows = dask.dataframe.read_csv(price_list, sep=";", encoding="utf-8-sig", dtype=str)
        model = textcat.load(model_directory)
        answered = predict(rows, model, column=NAME, precision=PRECISION)
        answered.to_parquet(output, overwrite=True)
        paths = dask.dataframe.read_parquet(output).path.compute()
    print(f"{paths.count()} of {len(paths)} rows have a category")


if __name__ == "__main__":
    main(*sys.argv[1:])

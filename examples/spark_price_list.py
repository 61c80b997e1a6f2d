"""A price list on Spark: a column of categories for every row, written as Parquet.

    python examples/spark_price_list.py MODEL PRICE_LIST OUTPUT
    spark-submit examples/spark_price_list.py MODEL PRICE_LIST OUTPUT

MODEL is a directory that the driver sees; executors are sent what is in it. Of what is not sure
enough the category is null.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

import textcat
from textcat.integrations.spark import predict

PRECISION = 0.95
NAME = "Номенклатура"


def main(model_directory: str, price_list: str, output: str) -> None:
    """Plan to read the rows, answer them and write them; only writing starts the job."""
    spark = SparkSession.builder.appName("categories").getOrCreate()
    rows = spark.read.csv(price_list, sep=";", header=True, encoding="UTF-8")
    model = textcat.load(model_directory)
    answered = predict(rows, model, column=NAME, precision=PRECISION)
    answered.write.mode("overwrite").parquet(output)
    written = spark.read.parquet(output)
    print(f"{written.filter('path IS NOT NULL').count()} of {written.count()} rows have a category")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A seller's script: write a column of categories beside a price list.

    python examples/price_list.py MODEL PRICE_LIST OUTPUT

Both files are as spreadsheets in Russian have them: CSV with semicolons. What is not sure enough
is left empty, to be filled in by hand.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import textcat

PRECISION = 0.95
NAME = "Номенклатура"


def main(model_directory: str, price_list: str, output: str) -> None:
    """Read the rows, ask for all names at once, write the rows with their categories."""
    model = textcat.load(model_directory)
    with Path(price_list).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    answers = model.predict([row[NAME] for row in rows], precision=PRECISION)
    for row, path in zip(rows, answers.paths, strict=True):
        row["Категория"] = " > ".join(path or ())
    with Path(output).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{sum(path is not None for path in answers.paths)} of {len(rows)} rows have a category")


if __name__ == "__main__":
    main(*sys.argv[1:])

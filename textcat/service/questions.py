"""What a client sends: the bodies of requests, checked before anything is asked of a model.

How many names there may be and how long they are is a matter of the application's `Limits`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from textcat.precision import DEFAULT_PRECISION

MOST_PRECISIONS = 10
NAME = "Чехол силик. д/iPhone 13 прозр."
ASKED: JsonDict = {
    "names": [NAME, "КефирПростоквашино 2,5% 930г"],
    "precision": [0.95, 0.9],
    "top": 3,
    "explain": True,
}


def _listed(value: Any) -> Any:
    """One of something as a list of it; None is a precision, too."""
    return value if isinstance(value, list) else [value]


Share = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]
Names = Annotated[
    list[str],
    BeforeValidator(_listed, json_schema_input_type=str | list[str]),
    Field(description="One name or several, as sellers write them."),
]
Precisions = Annotated[
    Annotated[list[Share | None], Field(min_length=1, max_length=MOST_PRECISIONS)],
    BeforeValidator(_listed, json_schema_input_type=Share | list[Share | None] | None),
    Field(
        description="The share of the answers that has to be right, or several such levels; null "
        "takes the most probable category, whatever it is worth."
    ),
]


class Question(BaseModel):
    """What is common to all of them: nothing is converted, and nothing unknown is let pass."""

    model_config = ConfigDict(strict=True, extra="forbid")


class PredictQuestion(Question):
    """Names whose categories are asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"names": NAME}, ASKED]})

    names: Names
    precision: Precisions = [DEFAULT_PRECISION]
    goods: str | None = Field(
        None,
        description="What the names are about, and so which certificate counts; one of `goods` in "
        "GET /model. If not given: the strictest that there is.",
        examples=["new"],
    )
    top: int = Field(0, ge=0, description="How many of the most probable categories to list.")
    explain: bool = Field(False, description="Whether to tell which words spoke for a category.")


class EncodeQuestion(Question):
    """Names whose vectors are asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"names": [NAME, "чехол книжка"]}]})

    names: Names


class Correction(Question):
    """A name, and the category that it belongs to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "Чехол на диван 160 см", "category": "Дом > Текстиль > Чехлы для мебели"}
            ]
        }
    )

    name: str = Field(min_length=1, description="As a seller wrote it.")
    category: str = Field(min_length=1, description="The id of its category: GET /categories.")

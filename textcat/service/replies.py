"""What a client gets, for the description of the interface; `writing` makes it.

Every reply says the `generation` of the model that gave it: another one is another model.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

GENERATION = "3f9c2a71b0d4"
PHONES, CASES = "Электроника", "Чехлы для телефонов"


class Reply(BaseModel):
    """What is common to all of them: there is nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Level(Reply):
    """A category on the way down, with the probability that the name belongs under it."""

    level: int = Field(examples=[1])
    id: str = Field(examples=["Электроника"])
    title: str = Field(examples=[PHONES])
    probability: float = Field(examples=[0.997515])


class ReliableAnswer(Reply):
    """The deepest category that is reliable at a precision level; nulls if none is."""

    precision: float | None = Field(examples=[0.95])
    category: str | None = Field(examples=["Электроника > Чехлы для телефонов"])
    path: list[str] | None = Field(examples=[[PHONES, CASES]])
    probability: float | None = Field(examples=[0.997515])


class Candidate(Reply):
    """One of the most probable categories."""

    category: str = Field(examples=["Электроника > Чехлы для телефонов"])
    path: list[str] = Field(examples=[[PHONES, CASES]])
    probability: float = Field(examples=[0.997515])


class Word(Reply):
    """A word, and how much it spoke for a category: a difference of log-probability."""

    text: str = Field(examples=["Чехол"])
    weight: float = Field(examples=[3.18])


class Decision(Reply):
    """A level at which there was something to decide: the category taken, and its rival."""

    level: int = Field(examples=[2])
    title: str = Field(examples=[CASES])
    rival: str = Field(examples=["Смартфоны"])
    words: list[Word]


class Explanation(Reply):
    """The words that spoke for the most probable category and against it."""

    levels: list[Decision]
    unknown: list[str] = Field(description="Words that the model does not know.", examples=[["д"]])


class Prediction(Reply):
    """What a model says of a name."""

    name: str = Field(examples=["Чехол силик. д/iPhone 13 прозр."])
    levels: list[Level] = Field(
        description="The whole way to the most probable category; empty if nothing is known."
    )
    answers: list[ReliableAnswer] = Field(description="One for every precision level asked for.")
    top: list[Candidate] | None = Field(None, description="If asked for.")
    explanation: Explanation | None = Field(None, description="If asked for.")


class Predictions(Reply):
    """Predictions in the order of the names."""

    generation: str = Field(examples=[GENERATION])
    predictions: list[Prediction]


class Vectors(Reply):
    """Vectors in the order of the names, each of length 1, or 0 where nothing is known."""

    generation: str = Field(examples=[GENERATION])
    dim: int = Field(examples=[3])
    vectors: list[list[float]] = Field(examples=[[[0.6, 0.0, 0.8]]])


class Corrected(Reply):
    """What the model says of the name now."""

    generation: str = Field(examples=[GENERATION])
    prediction: Prediction


class Category(Reply):
    """A category of the tree."""

    id: str = Field(examples=["Электроника > Чехлы для телефонов"])
    title: str = Field(examples=[CASES])
    path: list[str] = Field(examples=[[PHONES, CASES]])
    level: int = Field(examples=[2])
    parent: str | None = Field(description="Its id; null at the top.", examples=[PHONES])
    leaf: bool = Field(examples=[True])


class Categories(Reply):
    """Some of the categories that were asked for."""

    generation: str = Field(examples=[GENERATION])
    total: int = Field(description="How many there are in all.", examples=[1])
    categories: list[Category]


class LeftOut(Reply):
    """A row of a price list that is no name, or is read otherwise than written."""

    row: int | None = Field(examples=[7])
    value: str = Field(examples=["Итого"])
    reason: str = Field(examples=["too few fields"])


class LeftOutKind(Reply):
    """How many such rows there are, and the first of them."""

    what: str = Field(examples=["rows with too few or too many fields"])
    count: int = Field(examples=[1])
    examples: list[LeftOut]


class PriceList(Reply):
    """The names of a price list."""

    column: str = Field(examples=["Номенклатура"])
    names: list[str] = Field(
        description="One for every row; empty where there is none.", examples=[["Чай зелёный"]]
    )
    left_out: list[LeftOutKind]


class ModelFigures(Reply):
    """What there is to say about a model in numbers."""

    categories: int = Field(examples=[1345])
    leaves: int = Field(examples=[1094])
    levels: int = Field(examples=[3])
    features: int = Field(examples=[123456])
    trained: str = Field(
        description="When it was saved, ISO 8601.", examples=["2026-11-24T00:28:32+00:00"]
    )
    generation: str = Field(examples=[GENERATION])
    corrections: int = Field(examples=[0])


class Health(Reply):
    """The service answers."""

    status: str = Field(examples=["ok"])
    model: ModelFigures


class PrecisionLevel(Reply):
    """What is certified of a precision level; shares are of rows that were kept out of training."""

    goods: str = Field(examples=["new"])
    precision: float = Field(examples=[0.95])
    certified: bool = Field(examples=[True])
    threshold: float | None = Field(
        description="The least probability of an answer.", examples=[0.9]
    )
    right: float | None = Field(description="Of the answers.", examples=[0.96])
    answered: float = Field(examples=[0.8])
    at_leaf: float = Field(examples=[0.5])
    highest: float = Field(description="The highest certified precision.", examples=[0.97])


class AskedLimits(Reply):
    """What a request may ask for at once."""

    names: int = Field(examples=[10_000])
    name_length: int = Field(examples=[10_000])
    body_bytes: int = Field(examples=[16_777_216])
    rows: int = Field(description="Of a price list.", examples=[100_000])
    top: int = Field(examples=[20])
    explained: int = Field(description="Names with explanations.", examples=[1_000])
    page: int = Field(description="Categories in a reply.", examples=[1_000])
    seconds: float = Field(description="Time for an answer.", examples=[30.0])


class ModelDescription(Reply):
    """What a client has to know to ask."""

    generation: str = Field(examples=[GENERATION])
    name_count: int = Field(description="Names that it was trained on.", examples=[111_672])
    precision_levels: list[PrecisionLevel]
    goods: list[str] = Field(
        description="What names may be said to be about.", examples=[["familiar", "new"]]
    )
    corrections: bool = Field(description="Whether POST /correct is on.", examples=[False])
    limits: AskedLimits


class Fault(Reply):
    """A part of a request that is wrong."""

    detail: str = Field(examples=["Input should be a valid string"])
    pointer: str | None = Field(
        None, description="Where in the body, as a JSON pointer.", examples=["#/names/3"]
    )
    parameter: str | None = Field(None, description="Which parameter of the address.")


class ProblemDocument(Reply):
    """Why a request was not answered, after RFC 9457."""

    type: str = Field(examples=["urn:textcat:problem:invalid-request"])
    title: str = Field(examples=["Invalid request"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["#/names/3: Input should be a valid string"])
    errors: list[Fault]

"""Code of somebody who uses textcat and checks its types; nobody runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import textcat
from textcat import Answer, Answers, CategoryModel, CategoryTree

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from typing_extensions import assert_type

    from textcat.auditing import Audit
    from textcat.catalogue import Catalogue
    from textcat.evaluation import Evaluation
    from textcat.precision import PrecisionLevel, PrecisionLevels
    from textcat.prediction.answers import Level
    from textcat.prediction.candidates import Candidate
    from textcat.prediction.explanation import Explanation, Weight
    from textcat.prediction.plain_values import AnswerDict, LevelDict
    from textcat.shift import Shift
    from textcat.tokens import Token

    Vectors = npt.NDArray[np.float32]
    Nodes = npt.NDArray[np.int32]
    Path = tuple[str, ...]


def making() -> CategoryModel:
    assert_type(textcat.read_catalogue("prices.csv", name="Название"), Catalogue)
    assert_type(textcat.audit("prices.csv"), Audit)
    assert_type(textcat.train([("Чай", "Еда > Чай")], n_jobs=1), CategoryModel)
    assert_type(textcat.load_default(), CategoryModel)
    return textcat.load("model", cache_size=1000)


def one_name(model: CategoryModel) -> str | None:
    answer = model.predict("Чай зелёный")
    assert_type(answer, Answer)
    assert_type(answer.path, Path | None)
    assert_type(answer.category, str | None)
    assert_type(answer.probability, float | None)
    assert_type(answer.levels, tuple[Level, ...])
    assert_type(answer.levels[0].title, str)
    assert_type(answer.at(0.9), Answer)
    assert_type(answer.why(), Explanation)
    assert_type(answer.to_dict(), AnswerDict)
    assert_type(answer.to_dict()["levels"][0], LevelDict)
    assert_type(answer.to_dict()["path"], list[str] | None)
    return answer.category if answer else None


def several_names(model: CategoryModel) -> dict[str, Path | None]:
    answers = model.predict(["Чай", "Кофе", None], precision=[0.99, 0.9, None], goods="new")
    assert_type(answers, Answers)
    assert_type(answers[0], Answer)
    assert_type(answers[:10], Answers)
    assert_type([answer.path for answer in answers], list[Path | None])
    assert_type(answers.paths, list[Path | None])
    assert_type(answers.nodes, Nodes)
    assert_type(answers.probabilities, Vectors)
    assert_type(answers.leaf_probabilities, Vectors)
    assert_type(answers.answered_nodes(0.9), Nodes)
    assert_type(answers.columns_at(None).category, list[str | None])
    assert_type(answers.columns_at(None).probability, list[float | None])
    assert_type(answers.to_dicts()[0]["probability"], float | None)
    return dict(zip(answers.names, answers.paths, strict=True))


def more_than_the_answer(model: CategoryModel) -> None:
    assert_type(model.top("Чай"), list[Candidate])
    assert_type(model.top(["Чай", "Кофе"], k=3)[0][0].path, Path)
    explanation = model.explain("Чай")
    assert_type(explanation, Explanation)
    assert_type(explanation.levels[0].words, tuple[Weight, ...])
    assert_type(explanation.unknown, tuple[str, ...])
    assert_type(model.encode("Чай"), Vectors)
    assert_type(model.encode(["Чай", "Кофе"]), Vectors)
    assert_type(model.encode_categories(), Vectors)


def trusting(model: CategoryModel) -> None:
    assert_type(model.precision_levels, PrecisionLevels)
    for level in model.precision_levels:
        assert_type(level, PrecisionLevel)
        assert_type(level.threshold, float | None)
    assert_type(model.evaluate("checked.csv", precision=[0.95, 0.9]), Evaluation)
    assert_type(model.evaluate("checked.csv").leaf_accuracy, float)
    assert_type(model.check(["Чай", "Кофе"]), Shift)
    assert_type(model.check(["Чай"]).shifted, bool | None)
    assert_type(model.audit("checked.csv").suspects[0].likely, Path)


def changing(model: CategoryModel, tree: CategoryTree) -> None:
    assert_type(model.correct("Цикорий", ["Еда", "Кофе"]), CategoryModel)
    assert_type(model.learn([("Цикорий", "Еда > Кофе")]), CategoryModel)
    assert_type(model.certify("checked.csv", delta=0.05), CategoryModel)
    assert_type(model.rename("Еда > Чай", "Чаи"), CategoryModel)
    assert_type(model.remap(tree), CategoryModel)
    assert_type(model.save("model"), None)


def trees() -> CategoryTree:
    tree = CategoryTree.from_paths(["Еда > Чай", ["Еда", "Кофе"]])
    assert_type(tree.ids, tuple[str, ...])
    assert_type(tree.parents, Nodes)
    assert_type(tree.index("Еда > Чай"), int)
    assert_type(tree.path(1), Path)
    assert_type(tree.children(0), Nodes)
    assert_type(tree.depth, int)
    return CategoryTree.from_rows([(1, None, "Еда"), (2, 1, "Чай")])


def words() -> None:
    assert_type(textcat.tokenize("Чай 100г"), list[Token])
    assert_type(textcat.tokenize("Чай 100г")[0].text, str)
    assert_type(textcat.Lemmatizer("stem").lemma("чая"), str)


def failing(model: CategoryModel) -> Literal["answered", "uncertified", "broken"]:
    try:
        model.predict("Чай", precision=0.999)
    except textcat.PrecisionError as error:
        assert_type(error.args, tuple[object, ...])  # type: ignore[assert-type]  # they are Any
        return "uncertified"
    except (textcat.TextcatError, ValueError):
        return "broken"
    return "answered"


def mistaken(model: CategoryModel) -> None:
    """Each of these is an error to a type checker: an unused ignore would be one."""
    model.predict(5)  # type: ignore
    model.predict("Чай", precision="0.9")  # type: ignore
    model.predict("Чай")["path"]  # type: ignore
    model.predict(["Чай"])["path"]  # type: ignore
    model.predict(["Чай"]).to_dicts()[0]["paht"]  # type: ignore
    model.predict("Чай").name = "Кофе"  # type: ignore
    model.predict("Чай").path[0]  # type: ignore
    model.top("Чай", k="5")  # type: ignore
    textcat.load(5)  # type: ignore
    textcat.classify  # type: ignore  # noqa: B018

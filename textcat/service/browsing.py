"""GET /categories: the tree, searched, or level by level."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from textcat.errors import TreeError
from textcat.service import writing
from textcat.service.context import service_of
from textcat.service.documenting import problems
from textcat.service.problems import Problem
from textcat.service.replies import Categories, Category
from textcat.tree import NO_NODE, CategoryTree

router = APIRouter(tags=["categories"])

FARTHEST = 2**31 - 1


@router.get(
    "/categories",
    summary="Categories, searched or level by level",
    response_class=Response,
    responses={200: {"model": Categories}, **problems(404, 422, 503)},
)
async def list_categories(
    request: Request,
    search: Annotated[
        str,
        Query(
            max_length=200,
            description="Words that have to be in the path, in any case.",
            examples=["чехлы телефон"],
        ),
    ] = "",
    parent: Annotated[
        str | None,
        Query(description="The id of a category: only those below it. Empty: the first level."),
    ] = None,
    limit: Annotated[int, Query(ge=0, description="How many to list.")] = 100,
    offset: Annotated[int, Query(ge=0, le=FARTHEST, description="How many to skip.")] = 0,
) -> Response:
    """List categories in the order of the tree."""
    service = service_of(request)
    loaded = service.current.loaded
    nodes = loaded.categories.find(search) if search.strip() else range(len(loaded.model.tree))
    if parent is not None:
        above = _node(loaded.model.tree, parent) if parent else NO_NODE
        nodes = [node for node in nodes if loaded.model.tree.parents[node] == above]
    shown = nodes[offset : offset + min(limit, service.limits.page)]
    return writing.json_response(
        {
            "generation": loaded.generation,
            "total": len(nodes),
            "categories": [writing.category(loaded.model.tree, node) for node in shown],
        }
    )


@router.get(
    "/categories/{category_id:path}",
    summary="A category by its id",
    response_class=Response,
    responses={200: {"model": Category}, **problems(404, 422, 503)},
)
async def read_category(category_id: str, request: Request) -> Response:
    """Tell what there is to say about a category."""
    tree = service_of(request).current.loaded.model.tree
    return writing.json_response(writing.category(tree, _node(tree, category_id)))


def _node(tree: CategoryTree, category_id: str) -> int:
    """Node of an id, and of nothing else: several categories may have the same path."""
    try:
        node = tree.index(category_id)
    except TreeError as error:
        raise Problem(404, "no-such-category", str(error)) from error
    return node

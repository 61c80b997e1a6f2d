"""POST /read: a price list of any kind -> the names in it."""

from __future__ import annotations

import asyncio
import io
from time import monotonic
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from textcat.catalogue.columns import find_name_column
from textcat.catalogue.kinds import readable
from textcat.catalogue.readers import open_table
from textcat.catalogue.report import Finding
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError, MissingExtraError
from textcat.service.context import service_of
from textcat.service.documenting import problems
from textcat.service.limits import Limits
from textcat.service.problems import Problem, writable
from textcat.service.replies import PriceList
from textcat.service.writing import json_response
from textcat.values import as_text

router = APIRouter(tags=["names"])

UNEVEN, NO_NAMES, LONG = (
    "rows with too few or too many fields",
    "values that are no names",
    "names that were cut, being too long",
)
BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post(
    "/read",
    summary="The names in a price list",
    description=f"Read a file's column of names. What can be read: {readable()}.",
    response_class=Response,
    responses={200: {"model": PriceList}, **problems(408, 413, 415, 422, 503)},
    openapi_extra={"requestBody": BODY},
)
async def read(
    request: Request,
    filename: Annotated[
        str, Query(max_length=300, description="Its suffix may tell the kind of file.",
                   examples=["прайс.xlsx"]),
    ] = "",
    column: Annotated[
        str | None,
        Query(description="The title of the column; found by the usual ones.",
              examples=["Номенклатура"]),
    ] = None,
) -> Response:  # fmt: skip
    """Read a price list; it is not kept."""
    service, body = service_of(request), await request.body()
    until = monotonic() + service.limits.seconds
    names = await asyncio.to_thread(_read, _File(body, filename), column, until, service.limits)
    return json_response(names)


class _File(io.BytesIO):
    """A file that was sent; its name says what kind it is, and is opened by nobody."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name or "the file"


def _read(file: _File, column: str | None, until: float, limits: Limits) -> dict[str, Any]:
    try:
        return _names_in(file, column, until, limits)
    except MissingExtraError as error:
        raise Problem(415, "unsupported-body", str(error)) from error
    except CatalogueError as error:
        raise Problem(422, "unreadable-file", str(error)) from error


def _names_in(file: _File, column: str | None, until: float, limits: Limits) -> dict[str, Any]:
    table = open_table(file, Options((column,), names_only=True))
    place = find_name_column(table, column)
    names: list[str] = []
    for row in table.rows([place]):
        if len(names) == limits.rows:
            detail = f"{file.name} has more than {limits.rows:,} rows; send it in parts"
            raise Problem(413, "limit-exceeded", detail)
        if monotonic() > until:  # nobody waits for it any more
            break
        names.append(writable(_name(row, table, limits.name_length)))
    left_out = [_left_out(what, finding) for what, finding in table.left_out.items()]
    return {"column": writable(table.columns[place]), "names": names, "left_out": left_out}


def _name(row: Row, table: Table, longest: int) -> str:
    """The name in a row, whatever stands there; what is odd about it is counted."""
    (value,) = row.values
    if row.missing or row.surplus:
        table.leave_out(UNEVEN, row.number, value, "answered all the same")
    try:
        name = as_text(value) or ""
    except CatalogueError as error:
        table.leave_out(NO_NAMES, row.number, value, str(error))
        return ""
    if len(name) > longest:
        table.leave_out(LONG, row.number, name, f"{len(name):,} characters")
    return name[:longest]


def _left_out(what: str, finding: Finding) -> dict[str, Any]:
    examples = [
        {"row": row, "value": writable(value), "reason": writable(reason)}
        for row, value, reason in finding.examples
    ]
    return {"what": what, "count": finding.count, "examples": examples}

"""An attribute that is calculated when it is first asked for, and waits for nobody.

Before Python 3.12 `functools.cached_property` has one lock for the instances of all models: threads
that answer wait for each other, and a process that is forked meanwhile waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class calculated_once(Generic[Value]):  # noqa: N801 - it stands where a decorator stands
    """As `functools.cached_property`, but threads that ask at once may calculate it twice.

    >>> class Name(str):
    ...     @calculated_once
    ...     def words(self) -> list[str]:
    ...         return self.split()
    >>> name = Name("чай зелёный")
    >>> name.words, name.words is name.words
    (['чай', 'зелёный'], True)
    """

    def __init__(self, calculate: Callable[[Any], Value]) -> None:
        self.calculate = calculate
        self.__doc__ = calculate.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> calculated_once[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Value: ...

    def __get__(
        self, instance: object | None, owner: type | None = None
    ) -> calculated_once[Value] | Value:
        if instance is None:
            return self
        value = self.calculate(instance)
        vars(instance)[self.name] = value
        return value

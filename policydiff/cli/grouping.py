"""Options that belong together, declared once as a group and spread over the command line."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with each parameter that is a group replaced by the options of the group.

    A group is a NamedTuple whose fields bear typer's annotations and have defaults. Typer itself takes options
    one by one only; the command still receives its groups as values.
    """
    parameters = inspect.signature(command).parameters.values()
    groups = {each.name: each.annotation for each in parameters if _is_group(each.annotation)}
    spread: list[inspect.Parameter] = []
    for each in parameters:
        group = groups.get(each.name)
        spread += _options(group) if group else [each.replace(kind=inspect.Parameter.KEYWORD_ONLY)]

    def run(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        command(**given)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(spread)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in spread}
    return run


def _is_group(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields")


def _options(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, kind, default=group._field_defaults[name], annotation=hints[name])
        for name in group._fields
    ]

"""Dictionaries and lists that cannot be changed: options are shared by every dossier of a scheme."""

from __future__ import annotations

from typing import Any, NoReturn, cast

__all__ = ["closed"]


def closed(value: Any) -> Any:
    """Give a dictionary or a list as one that refuses every change, whatever it holds included."""
    if isinstance(value, dict):
        return _ClosedDict({key: closed(item) for key, item in cast("dict[Any, Any]", value).items()})
    if isinstance(value, list):
        return _ClosedList(map(closed, cast("list[Any]", value)))
    return value


def _refuse(*_arguments: Any, **_named: Any) -> NoReturn:
    raise TypeError("options cannot be changed: they serve every dossier")


class _ClosedDict(dict[Any, Any]):
    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse


class _ClosedList(list[Any]):
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

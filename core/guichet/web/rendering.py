"""Templates to HTML: one MiniJinja environment per language, compiled once, strict about everything.

Templates receive text ready to show: a float, a Decimal, a date or any other object is refused before rendering,
because each would be written its own way. A name that does not exist is an error, never an empty place.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, cast

from minijinja import Environment, escape, safe
from minijinja import load_from_path as _loader_of

from guichet.locale import LANGUAGES, Language, Texts

__all__ = [
    "PACKAGED_STATIC",
    "PACKAGED_TEMPLATES",
    "Renderer",
    "StaticFiles",
    "UnknownWidgetError",
    "UnsafeValueError",
    "csrf_field",
    "safe",
]

PACKAGED_TEMPLATES = Path(__file__).parent / "templates"
PACKAGED_STATIC = Path(__file__).parent / "static"

_PLAIN = frozenset({str, int, bool, type(None), type(safe(""))})


class UnsafeValueError(TypeError):
    """Raised when a template would receive something else than text, whole numbers, and structures of them."""


class UnknownWidgetError(LookupError):
    """Raised when a question asks for a widget that `components/question.html` does not have."""


class StaticFiles:
    """Addresses of static files that change with their content, so that browsers may keep them for ever."""

    def __init__(self, directory: Path = PACKAGED_STATIC, prefix: str = "/static") -> None:
        self._urls: dict[str, str] = {}
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                name = path.relative_to(directory).as_posix()
                digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
                self._urls[name] = f"{prefix}/{name}?v={digest}"

    def url(self, name: str) -> str:
        """Gives the address of a file of the static folder; a file that is not there raises LookupError."""
        return self._urls[name]


class Renderer:
    """Renders templates by name; safe to share between threads."""

    def __init__(
        self,
        directories: Sequence[Path] = (PACKAGED_TEMPLATES,),
        static: StaticFiles | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        script: str = "",
    ) -> None:
        """Compiles nothing yet: each template is compiled at its first use and kept.

        Args:
            directories: folders of templates; the first that holds a name wins.
            static: where `static("name")` finds its addresses.
            functions: further functions for templates.
            script: the static file of a script that every page loads besides its own.
        """
        files = static or StaticFiles()
        load = _loader_of([str(directory) for directory in directories])
        self._environments: dict[str, Environment] = {}
        for language in LANGUAGES:
            environment = Environment(
                loader=load,
                undefined_behavior="strict",
                auto_escape_callback=lambda _name: "html",
                trim_blocks=True,
                lstrip_blocks=True,
                debug=False,  # a debug error quotes the values of the page: personal data would reach the log
            )
            environment.add_global("language", language)
            environment.add_global("t", Texts(language))
            environment.add_global("static", files.url)
            environment.add_global("more_script", files.url(script) if script else "")
            environment.add_global("unknown_widget", _unknown_widget)
            for name, function in (functions or {}).items():
                environment.add_global(name, function)
            self._environments[language] = environment

    def render(self, name: str, /, language: Language = "fr", **context: Any) -> str:
        """Gives the HTML of a template.

        Raises:
            UnsafeValueError: a value is neither text, whole number, boolean nor a structure of these.
            minijinja.TemplateError: no such template, or a name it uses is not given.
        """
        if not _is_plain(context):
            for key, value in context.items():
                _require_plain(value, key)
        # MiniJinja escapes "/" as well; nothing else can give this entity, since a typed one comes out as "&amp;#x2f;".
        return self._environments[language].render_template(name, **context).replace("&#x2f;", "/")


def csrf_field(token: str, name: str = "_csrf_token") -> str:
    """Gives the hidden input that carries the CSRF token, ready for a template."""
    return safe(f'<input type="hidden" name="{escape(name)}" value="{escape(token)}">')


@cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _unknown_widget(name: str) -> str:
    raise UnknownWidgetError(name)


def _is_plain(context: Mapping[str, Any]) -> bool:
    """Whether all that a page is made of is plain, as it is but for a mistake, which is then looked for by its path."""
    waiting: list[Any] = [context]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        items: Iterable[object]
        if kind is dict:
            items = value.values()
        elif kind is list or kind is tuple:
            items = value
        elif dataclasses.is_dataclass(kind):
            items = _values_of(kind)(value)
        else:
            return False
        if not _PLAIN.issuperset(map(type, items)):
            waiting += [item for item in items if type(item) not in _PLAIN]
    return True


@cache
def _values_of(kind: type[Any]) -> Callable[[Any], tuple[object, ...]]:
    names = _names_of(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _require_plain(value: object, path: str) -> None:
    kind = type(value)
    if kind in _PLAIN:
        return
    inside = _inside(value, kind)
    if inside is None:
        if isinstance(value, str):
            return
        raise UnsafeValueError(f"{path} is a {kind.__name__}; templates receive formatted text")
    if _PLAIN.issuperset(map(type, inside.values())):
        return
    for name, item in inside.items():
        if type(item) not in _PLAIN:
            _require_plain(item, f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}")


def _inside(value: Any, kind: type[Any]) -> Mapping[Any, object] | None:
    """What a structure holds, by key, number or name; None for anything else."""
    if isinstance(value, dict):
        return cast("dict[Any, object]", value)
    if isinstance(value, (list, tuple)):
        return dict(enumerate(cast("list[object]", value)))
    if dataclasses.is_dataclass(kind):
        return {name: getattr(value, name) for name in _names_of(kind)}
    return None

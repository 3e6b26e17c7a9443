"""Everything an editor asks about the declarations of a folder, from open texts and the disk's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guichet.editor.schemas import FileKind, kind_of
from guichet.editor.workspace.files import OpenFiles, Version
from guichet.editor.workspace.sites import READ_BY_NAME, Role, Site, sites_of, sites_of_text
from guichet.editor.workspace.worth import Worth
from guichet.errors import Language, ProblemsFound
from guichet.language.words import Words
from guichet.loader.blocks import Block, load_blocks
from guichet.loader.declaration import find
from guichet.loader.library import Library, Regions, survey_library
from guichet.loader.places import shown
from guichet.loader.reader import Node, Scalar
from guichet.loader.schemes import scheme_folders
from guichet.loader.territories import load_regions
from guichet.plugin import Plugins
from guichet.runtime import roots_of, scheme_roots
from guichet.settings import Settings, shipped_folder

__all__ = ["SchemeFiles", "Workspace"]


@dataclass(frozen=True, slots=True)
class SchemeFiles:
    """One scheme under an author's hands: its folder, its own files, its Markdown texts, its overlays."""

    name: str
    folder: Path
    files: tuple[Path, ...]
    texts: tuple[Path, ...]
    overlays: tuple[Path, ...]


class Workspace:
    """The declarations of one folder.

    Args:
        folder: Where the author works; messages name files from there.
    """

    def __init__(self, settings: Settings, plugins: Plugins, folder: Path, language: Language = "fr") -> None:
        self.plugins = plugins
        self.folder = folder
        self.language: Language = language
        self.files = OpenFiles()
        self.worth: dict[str, Worth] = {}
        roots = roots_of(settings.instance)
        self.schemes, self.regions = scheme_roots(roots, plugins), roots.regions
        self._schemes: dict[Path, SchemeFiles] = {}
        self._sites: dict[Path, tuple[Node, Words, list[Site]]] = {}
        self._regions: tuple[tuple[Version, ...], Regions] | None = None
        self._blocks: tuple[tuple[Version, ...], dict[str, Block]] | None = None

    def shown(self, path: Path) -> str:
        """A file as messages name it."""
        return shown(path, self.folder)

    def kind(self, path: Path) -> FileKind | None:
        """The kind of a file; a text of `texts/` has none."""
        return kind_of(path)

    def scheme_of(self, path: Path) -> SchemeFiles | None:
        """The scheme that a file belongs to, as part of it or as an overlay of it."""
        for folder in (path.parent, path.parent.parent):
            if (folder / "scheme.yaml").is_file():
                return self._scheme(folder)
        if path.parent.name == "overlays":
            found = scheme_folders(self.schemes).get(path.stem)
            return self._scheme(found) if found is not None else None
        return None

    def words(self, scheme: SchemeFiles | None) -> Words:
        """The words of a scheme's expressions; French for a block."""
        file = scheme.folder / "scheme.yaml" if scheme is not None else None
        root = self.files.last(file, self.shown(file)) if file is not None else None
        said = find(root, ("language",)) if root is not None else None
        return "en" if isinstance(said, Scalar) and said.text == "en" else "fr"

    def tree(self, path: Path) -> Node | None:
        """The tree of a file, the last good one while it is being written."""
        return self.files.good(path, self.shown(path))

    def sites(self, path: Path, words: Words, *, fresh: bool = True) -> list[Site]:
        """The names of one file; read again only when the file changed, and not even then unless they must be fresh."""
        if path.suffix == ".md":
            return sites_of_text(self.files.text(path), self.shown(path))
        kind = self.kind(path)
        node = self.tree(path) if fresh else self.files.last(path, self.shown(path))
        if node is None or kind is None:
            return []
        known = self._sites.get(path)
        if known is None or known[0] is not node or known[1] != words:
            known = (node, words, sites_of(node, kind.name, words))
            self._sites[path] = known
        return known[2]

    def every_site(self, scheme: SchemeFiles, *, fresh: bool = True) -> Iterator[tuple[Path, Site]]:
        """The names of a scheme's files, then those of its overlays, then those of the blocks it uses."""
        words = self.words(scheme)
        used: dict[str, None] = {}
        for path in (*scheme.files, *(scheme.texts if fresh else ()), *scheme.overlays):
            for site in self.sites(path, words, fresh=fresh):
                if site.role == "block":
                    used[site.name] = None
                yield path, site
        waiting = list(used)
        while waiting:
            block = self.block_file(waiting.pop())
            for site in self.sites(block, words, fresh=fresh) if block is not None else ():
                if site.role == "block" and site.name not in used:
                    used[site.name] = None
                    waiting.append(site.name)
                if block is not None:
                    yield block, site

    def declarations(self, scheme: SchemeFiles, name: str, role: Role) -> list[tuple[Path, Site]]:
        """Where a name of a role is declared; a `name` may be any that rules can read."""
        wanted = _NAMED if role == "name" else {role}
        found = [(path, one) for path, one in self.every_site(scheme) if one.declares and one.name == name]
        return [(path, one) for path, one in found if one.role in wanted]

    def block_file(self, name: str) -> Path | None:
        """The file of a block: the last root that has it wins."""
        files = [root / "_blocks" / f"{name}.yaml" for root in self.schemes]
        return next((path for path in reversed(files) if path.is_file()), None)

    def blocks(self) -> dict[str, Block]:
        """The blocks that can be used."""
        paths = sorted(path for root in self.schemes for path in (root / "_blocks").glob("*.yaml"))
        versions = tuple((path, *self.files.version(path)) for path in paths)
        if self._blocks is None or self._blocks[0] != versions:
            try:
                self._blocks = (versions, load_blocks(list(self.schemes), self.folder, self.files))
            except ProblemsFound:
                return self._blocks[1] if self._blocks is not None else {}
        return self._blocks[1]

    def territories(self) -> Regions:
        """The territories, read again only when one of their files changed; raises ProblemsFound."""
        paths = sorted(
            path for root in self.regions for path in root.glob("**/*.yaml") if path.parent.name != "overlays"
        )
        versions = tuple((path, *self.files.version(path)) for path in paths)
        if self._regions is None or self._regions[0] != versions:
            self._regions = (versions, load_regions(self.regions, self.files))
        return self._regions[1]

    def library(self, scheme: SchemeFiles) -> Library:
        """The library with one scheme, as `guichet check` reads it; raises ProblemsFound for blocks, territories."""
        inside = any(scheme.folder.parent == root for root in self.schemes)
        roots = self.schemes if inside else (*self.schemes, scheme.folder.parent)
        return survey_library(
            roots,
            self.regions,
            self.plugins,
            shown_from=self.folder,
            only=[scheme.name],
            files=self.files,
            regions=self.territories(),
        )

    def is_shipped(self, path: Path) -> bool:
        """Whether a file came with the program or a plugin: an author changes no such file from a scheme."""
        own = self.schemes[-1] if len(self.schemes) > 1 else None
        if path.is_relative_to(self.folder) or (own is not None and path.is_relative_to(own)):
            return False
        return path.is_relative_to(shipped_folder("schemes")) or any(path.is_relative_to(root) for root in self.schemes)

    def look_again(self) -> None:
        """Forgets which files there are: one may have come or gone."""
        self._schemes.clear()

    def _scheme(self, folder: Path) -> SchemeFiles:
        known = self._schemes.get(folder)
        if known is None:
            known = self._schemes[folder] = self._found(folder)
        return known

    def _found(self, folder: Path) -> SchemeFiles:
        files = [path for path in sorted(folder.rglob("*.yaml")) if self.kind(path) is not None]
        overlays = [path for root in self.regions for path in sorted(root.glob(f"*/overlays/{folder.name}.yaml"))]
        texts = sorted((folder / "texts").glob("*.md"))
        return SchemeFiles(folder.name, folder, tuple(files), tuple(texts), tuple(overlays))


_NAMED: frozenset[Role] = READ_BY_NAME | frozenset[Role]({"criterion", "list"})
"""Among what the declaration of a `name` is looked for."""

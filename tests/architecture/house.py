"""The house rules as functions over source files, so that the tests can also feed them broken ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# What each piece of furniture must not touch (house rules: the table of a room's files).
FORBIDDEN = {
    "events": {"flask", "sqlalchemy", "wtforms", "flask_wtf"},
    "models": {"flask", "wtforms", "flask_wtf"},
    "rules": {"flask", "sqlalchemy", "wtforms", "flask_wtf"},
    "queries": {"flask", "wtforms", "flask_wtf"},
    "forms": {"sqlalchemy"},
    "emails": {"flask", "wtforms", "flask_wtf"},
    "operations": {"flask", "wtforms", "flask_wtf"},
    "receivers": {"flask", "wtforms", "flask_wtf"},
    "routes": {"sqlalchemy"},
    "desk": {"sqlalchemy"},
    "commands": set(),
}
# The glue may be used where a room faces outward, not where it thinks.
MAY_USE_WEB = {"forms", "routes", "desk", "commands"}
BANNED_NAMES = {"utils", "helpers", "common", "misc"}


@dataclass(frozen=True)
class Import:
    """One import statement: the module it stands in, what it names, and where."""

    module: str
    target: str
    line: int
    inside_function: bool


@dataclass(frozen=True)
class House:
    """A package laid out as the house rules say: its root folder, rooms and layers in order."""

    root: Path
    features: tuple[str, ...]
    layers: tuple[str, ...]

    @property
    def package(self) -> str:
        return self.root.name

    def files(self) -> Iterator[tuple[str, Path]]:
        for path in sorted(self.root.rglob("*.py")):
            parts = path.relative_to(self.root.parent).with_suffix("").parts
            if "migrations" in parts:
                continue
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path

    def imports(self) -> Iterator[Import]:
        for module, path in self.files():
            is_package = path.name == "__init__.py"
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inside = {
                id(node)
                for function in ast.walk(tree)
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                for node in ast.walk(function)
            }
            for node in ast.walk(tree):
                for target in _targets(node, module, is_package):
                    yield Import(module, target, node.lineno, id(node) in inside)  # type: ignore[attr-defined]

    def place(self, module: str) -> tuple[str, str]:
        """The feature and the layer of a module; ("foundation", "") for what is no room."""
        parts = module.split(".")[1:]
        if not parts:
            return "", ""
        if parts[0] not in self.features:
            return parts[0], ""
        return parts[0], parts[1] if len(parts) > 1 else ""

    def complaints(self) -> list[str]:
        """Every breach of the import rule and of the furniture's table, in words."""
        found = [complaint for item in self.imports() for complaint in self._judge(item)]
        found += self._misnamed()
        return sorted(set(found))

    def _judge(self, item: Import) -> Iterator[str]:
        feature, layer = self.place(item.module)
        where = f"{item.module}:{item.line}"
        top = item.target.split(".")[0]
        if top != self.package:
            if layer and top in FORBIDDEN.get(layer, set()):
                yield f"{where} touches {top}, which {layer} must not"
            return
        if item.inside_function and item.module != self.package:
            yield f"{where} hides an import of {item.target} in a function"
        target_feature, target_layer = self.place(item.target)
        if not target_feature or feature == "":
            return
        if feature not in self.features:
            yield from self._judge_ground(where, feature, item.target, target_feature)
        elif target_feature not in self.features:
            if target_feature == "web" and layer not in MAY_USE_WEB:
                yield f"{where} uses the glue ({item.target}) in {layer}"
        elif target_layer:
            yield from self._judge_rooms(where, (feature, layer), (target_feature, target_layer), item.target)

    def _judge_ground(self, where: str, ground: str, target: str, target_feature: str) -> Iterator[str]:
        allowed = {
            "texts": {"texts"},
            "foundation": {"foundation"},
            "config": {"config", "foundation"},
            "web": {"web", "foundation", "texts", "config"},
        }.get(ground)
        if allowed is not None and target_feature not in allowed:
            yield f"{where}: {ground} must not know {target}"

    def _judge_rooms(self, where: str, here: tuple[str, str], there: tuple[str, str], target: str) -> Iterator[str]:
        if here[1] not in self.layers or there[1] not in self.layers:
            return
        own, other = self.layers.index(here[1]), self.layers.index(there[1])
        earlier = self.features.index(there[0]) <= self.features.index(here[0])
        if other > own or (other == own and not earlier):
            yield f"{where} must not import {target}: it stands above or beside in a later room"

    def _misnamed(self) -> Iterator[str]:
        for module, path in self.files():
            parts = module.split(".")
            if BANNED_NAMES & set(parts):
                yield f"{module} has a name that says nothing"
            feature, layer = self.place(module)
            if feature in self.features and layer and layer not in self.layers:
                if path.relative_to(self.root / feature).parts[0] != "content":
                    yield f"{module} stands in no layer"
            if feature in self.features and not layer and _has_code(path):
                yield f"{module}: a room's __init__ is a docstring, not code"

    def unguarded_operations(self) -> list[str]:
        """Public functions of operations that demand no rule of their own."""
        found = []
        for module, path in self.files():
            if self.place(module)[1] != "operations":
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not _demands(node):
                    found.append(f"{module}.{node.name} demands no rule")
        return found


def _targets(node: ast.AST, module: str, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = module.split(".")
        kept = len(parts) - node.level + (1 if is_package else 0)
        base = ".".join([*parts[:kept], *([node.module] if node.module else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def _has_code(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body)


def _demands(function: ast.FunctionDef) -> bool:
    """The function calls demand(may_...(...)), plainly or on the first refusal of several."""
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and _name(node.func) == "demand" and node.args):
            continue
        if any(
            isinstance(inner, ast.Call) and _name(inner.func).startswith("may_") for inner in ast.walk(node.args[0])
        ):
            return True
    return False


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""

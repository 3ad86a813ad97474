"""Reads Python source without running it: who imports whom, how long things are, what they catch.

Everything takes source text by module name, so that the rules can be tried on made-up programs.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Sources = Mapping[str, str]


@dataclass(frozen=True)
class Import:
    """One import, wherever in a module it stands; `from a import b` is an import of `a.b`."""

    importer: str
    target: str
    line: int


def read_sources(root: Path, rooms: tuple[str, ...]) -> dict[str, str]:
    """The text of every module of `rooms` by its dotted name; a package has its own name."""
    paths = [path for room in rooms for path in sorted((root / room).rglob("*.py"))]
    paths += [path for room in rooms if (path := root / f"{room}.py").exists()]
    return {
        _module_name(path.relative_to(root)): path.read_text(encoding="utf-8") for path in paths
    }


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(sources: Sources) -> Iterator[Import]:
    """Every import there is, those in functions and those for type checkers too.

    Raises ValueError for a relative one, which would hide its target.
    """
    for module, source in sources.items():
        for node in ast.walk(ast.parse(source, module)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(module, alias.name, node.lineno)
            elif isinstance(node, ast.ImportFrom):
                if node.level:
                    raise ValueError(f"{module}:{node.lineno}: relative import")
                for alias in node.names:
                    yield Import(module, f"{node.module}.{alias.name}", node.lineno)


def is_within(name: str, room: str) -> bool:
    """Whether dotted `name` is `room` or something in it."""
    return name == room or name.startswith(room + ".")


def cycle(sources: Sources) -> list[str]:
    """Modules that import each other in a circle, or nothing if there is no circle."""
    edges: dict[str, set[str]] = {module: set() for module in sources}
    for found in imports(sources):
        target = _module_of(found.target, sources)
        if target and target != found.importer:
            edges[found.importer].add(target)
    # Take away, again and again, the modules that import none of those that are left.
    while free := [module for module, targets in edges.items() if not targets & edges.keys()]:
        for module in free:
            del edges[module]
    return _walk(edges)


def _module_of(target: str, sources: Sources) -> str | None:
    """The module that `target` is, or is a name of."""
    for name in (target, target.rpartition(".")[0]):
        if name in sources:
            return name
    return None


def _walk(edges: Mapping[str, set[str]]) -> list[str]:
    """Follow edges, each of which leads on, until a module comes again."""
    path: list[str] = []
    module = min(edges, default=None)
    while module is not None and module not in path:
        path.append(module)
        module = min(edges[module] & edges.keys())
    return path[path.index(module) :] if module else []


def functions(module: str, source: str) -> Iterator[tuple[str, int]]:
    """The name and the length in lines of every function."""
    for node in ast.walk(ast.parse(source, module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


def catch_alls(sources: Sources) -> list[str]:
    """The modules that catch every exception, once for each place where they do.

    What is caught only to tidy up, and raised again at the end, is not meant.
    """
    return [
        module
        for module, source in sources.items()
        for node in ast.walk(ast.parse(source, module))
        if isinstance(node, ast.ExceptHandler)
        and _catches_all(node.type)
        and not _raises_again(node.body[-1])
    ]


def _raises_again(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Raise) and statement.exc is None


def _catches_all(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_catches_all(element) for element in caught.elts)
    return caught is None or (
        isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException")
    )


def callers_of_method(sources: Sources, method: str) -> list[str]:
    """The modules that call a method of this name on anything, once for each call."""
    return [
        module
        for module, source in sources.items()
        for node in ast.walk(ast.parse(source, module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
    ]

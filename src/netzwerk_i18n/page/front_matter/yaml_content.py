"""YAML front matter: the spans of its strings. PyYAML's nodes carry the offsets; nothing is ever printed by it."""

import re
from functools import cached_property
from typing import Any

import yaml

from netzwerk_i18n.page.front_matter.content import MAX_DEPTH, NotFrontMatterError, Scalar, UnreadableError
from netzwerk_i18n.page.front_matter.yaml_strings import BLOCK_LINE, HEADER, STR, YamlStrings, content_spaces

_FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
# libyaml's composer recurses in C without a guard and dies with the process somewhere above 10,000 levels; its
# scanner needs quadratic time long before.
_SAFE_BOUND = 400
_MAX_NESTING = 100
_MOST_ALIASED = 10_000  # aliases of aliases double and double again
_Path = tuple[str | int, ...] | None

_PROPERTIES = re.compile(
    r"(?:[&!][^ \t\r\n\x85\u2028\u2029]*+(?:[ \t\r\n\x85\u2028\u2029]|#[^\r\n\x85\u2028\u2029]*+)*+)++"
)


class YamlContent(YamlStrings):
    """The YAML between two delimiter lines, or that of a data file, which `may_be_list`.

    Raises:
        UnreadableError: it is not YAML, or nested deeper than any front matter is.
        NotFrontMatterError: it is YAML, but no mapping.
    """

    def __init__(self, source: str, *, may_be_list: bool = False) -> None:
        super().__init__(source)
        root = _compose(source)
        if root is not None and not isinstance(root, yaml.MappingNode) and not may_be_list:
            raise NotFrontMatterError
        self._root = root

    @cached_property
    def data(self) -> Any:
        """The mapping, or what else a data file says.

        Keys are as written; merge keys are plain keys; what no type can hold stays a string.
        """
        return {} if self._root is None else _built(self._root)

    @cached_property
    def _walked(self) -> tuple[list[Scalar], list[object]]:
        return ([], []) if self._root is None else _walk(self._root, self._source)

    @property
    def scalars(self) -> list[Scalar]:
        """The strings that are not blank, in reading order, each aliased one once."""
        return self._walked[0]

    @property
    def shape(self) -> list[object]:
        """The nodes in reading order, with their tags."""
        return self._walked[1]


def _compose(source: str) -> Any:
    # libyaml drops a byte order mark and counts its offsets without it.
    loader = yaml.SafeLoader if "\ufeff" in source else _FAST_LOADER
    try:
        if not _surely_shallow(source):
            _refuse_deep_nesting(source, loader)
        return yaml.compose(source, Loader=loader)
    except yaml.reader.ReaderError as error:
        raise UnreadableError(
            "it holds a character that YAML forbids",
            error.position if isinstance(error.position, int) else 0,
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "not YAML"
        raise UnreadableError(str(message), _offset(mark)) from None
    except RecursionError:
        raise UnreadableError("it is nested too deeply", 0) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(type(error).__name__, 0) from None


def _offset(mark: Any) -> int:
    return 0 if mark is None else int(mark.index)


def _surely_shallow(source: str) -> bool:
    """Whether no more than 400 levels can be in it: each takes a bracket, or (but for lists in mappings) a column."""
    brackets = source.count("[") + source.count("{")
    return brackets + 2 * max(map(len, source.splitlines()), default=0) <= _SAFE_BOUND


def _refuse_deep_nesting(source: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(source, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_NESTING:
                raise UnreadableError("it is nested too deeply", _offset(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _walk(root: Any, source: str) -> tuple[list[Scalar], list[object]]:
    scalars: list[Scalar] = []
    nodes: list[int] = []  # of the scalars
    shape: list[object] = []
    seen: dict[int, int] = {}
    aliases: list[tuple[Any, _Path]] = []
    # Two paths to each node. The first is None below a key that is no scalar, a merge key, or the deepest level: nothing
    # there is text. The second leads through merge keys, to where their values are read.
    pending: list[tuple[Any, _Path, _Path]] = [(root, (), ())]
    while pending:
        node, path, place = pending.pop()
        if id(node) in seen:
            shape.append(("alias", seen[id(node)]))
            aliases.append((node, place))
            continue
        seen[id(node)] = position = len(shape)
        if isinstance(node, yaml.ScalarNode):
            value = node.value
            shape.append((node.tag, value))
            if path is not None and node.tag == STR and value and not value.isspace():
                start, end = _span(node, source)
                scalars.append(Scalar(path, value, start, end, node.style or "", position))
                nodes.append(id(node))
            continue
        shape.append((node.tag, type(node), len(node.value)))
        pending.extend(reversed(_children(node, path, place)))
    if aliases:
        places = _places(aliases)
        scalars = [
            scalar._replace(aliases=tuple(places.get(node, ())))
            for scalar, node in zip(scalars, nodes, strict=True)
        ]
    return scalars, shape


def _children(node: Any, path: _Path, place: _Path) -> list[tuple[Any, _Path, _Path]]:
    """The keys and values of a mapping, or the items of a list, with the paths that lead to them."""
    if path is not None and len(path) >= MAX_DEPTH:
        path = None
    if place is not None and len(place) >= MAX_DEPTH:
        place = None
    children: list[tuple[Any, _Path, _Path]] = []
    if not isinstance(node, yaml.MappingNode):
        for index, item in enumerate(node.value):
            children.append((item, _below(path, index), _below(place, index)))
        return children
    for key, value in node.value:
        children.append((key, None, None))
        if not isinstance(key, yaml.ScalarNode):
            children.append((value, None, None))
        elif key.tag == _MERGE:
            children.append((value, None, place))
        else:
            children.append((value, _below(path, key.value), _below(place, key.value)))
    return children


def _below(path: _Path, step: str | int) -> _Path:
    return None if path is None else (*path, step)


def _places(aliases: list[tuple[Any, _Path]]) -> dict[int, list[_Path]]:
    """Of each node that aliases lead to, by its identity: the paths. None stands for more of them than can be told."""
    found: dict[int, list[_Path]] = {}
    pending = aliases[::-1]
    left = _MOST_ALIASED
    while pending and left > 0:
        node, place = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            left -= 1
            found.setdefault(id(node), []).append(place)
            continue
        left -= 1 + len(node.value)
        if left > 0:
            pending.extend((child, below) for child, _, below in reversed(_children(node, None, place)))
    if left > 0:
        return found
    found = {}
    nodes = [node for node, _ in aliases]
    while nodes:
        node = nodes.pop()
        if id(node) not in found:
            found[id(node)] = [None]
            if not isinstance(node, yaml.ScalarNode):
                nodes.extend(child for child, _, _ in _children(node, None, None))
    return found


def _span(node: yaml.ScalarNode, source: str) -> tuple[int, int]:
    """The offsets of a scalar's own token: without its anchor and tag, and without what is blank or a comment behind it."""
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    if source[start] in "&!":
        properties = _PROPERTIES.match(source, start, end)
        if properties is not None:
            start = properties.end()
    if node.style in ("|", ">"):
        end = _block_end(source, start, end, node.value)
    return start, end


def _block_end(source: str, start: int, end: int, value: str) -> int:
    """Where the last line with content in a block scalar ends, its line break left out."""
    header = HEADER.match(source, start, end)
    if header is None:
        return end
    last, position = header.start(1), header.end()
    indentation: int | None = None
    while position < end:
        line = BLOCK_LINE.match(source, position, end)
        if line is None:
            break
        spaces = len(line[1])
        if indentation is None and line[2]:
            indentation = spaces - content_spaces(value)
        if indentation is not None:
            if line[2] and spaces < indentation:
                break
            if line[2] or spaces > indentation:
                last = line.end(2)
        position = line.end()
    return last


def _built(root: Any) -> Any:
    """Plain objects from nodes, each node once: an alias is a reference, so that a bomb of aliases stays small."""
    scalars = yaml.constructor.SafeConstructor()
    built: dict[int, Any] = {}
    pending: list[Any] = []

    def begin(node: Any) -> Any:
        if id(node) not in built:
            if isinstance(node, yaml.ScalarNode):
                built[id(node)] = _scalar(node, scalars)
            else:
                built[id(node)] = {} if isinstance(node, yaml.MappingNode) else []
                pending.append(node)
        return built[id(node)]

    data = begin(root)
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    built[id(node)][key.value] = begin(value)
        else:
            built[id(node)].extend([begin(item) for item in node.value])
    return data


def _scalar(node: yaml.ScalarNode, constructor: yaml.constructor.SafeConstructor) -> Any:
    try:
        return constructor.construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError, LookupError):
        return node.value

"""Reading the package's own YAML data: strict, and without YAML 1.1's surprise that ``on`` and ``no`` are booleans."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable

import yaml

from rejoinder.errors import DataError

__all__ = ["parse_yaml", "read_yaml"]

Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(Base):  # type: ignore[misc, valid-type]
    """A safe loader in which only ``true`` and ``false`` are booleans: ``on``, ``off``, ``no`` are words."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the attribute PyYAML reads
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tfTF"]
        for first, resolvers in Base.yaml_implicit_resolvers.items()
    }


def read_yaml(path: Traversable) -> Mapping[str, object]:
    """The mapping at the top of a YAML file. Raises :class:`DataError` where it is not YAML or not a mapping."""
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise DataError(f"{path.name} is not YAML: {fault}") from fault
    return parse_yaml(source, path.name)


def parse_yaml(source: str, name: str) -> Mapping[str, object]:
    """The mapping at the top of ``source``, the YAML of a file called ``name``. Raises as :func:`read_yaml`."""
    try:
        raw = yaml.load(source, Loader=PlainLoader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as fault:
        raise DataError(f"{name} is not YAML: {fault}") from fault
    if not isinstance(raw, dict):
        raise DataError(f"{name}: expected a mapping at the top.")
    return raw

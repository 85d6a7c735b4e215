"""What a user calls a thing: the values of parameters to IRIs and plain values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from kg.errors import BadParameter, BadQuery, UnknownName
from kg.names import Prefixes, identity, is_iri
from kg.query.catalogue import Catalogue
from kg.query.header import Parameter
from kg.query.parameters import serialise
from kg.store.answers import IRI, Store, Value

EVERY_NAME = "`kg ask names-of-things` lists all names"
"""What to do where there is no thing of a name."""

NAMES = "names-of-things"
"""The question for all names of things."""
_DIGITS = 18
_LONGEST = 2_000
"""Letters that a name may have; what is longer is compared with none."""


class Lookup:
    """Finds things by key, compact IRI, IRI, label, alias or code.

    Args:
        store: the graph.
        catalogue: has the query `names-of-things`.
        prefixes: tell the kind of an IRI.
    """

    def __init__(self, store: Store, catalogue: Catalogue, prefixes: Prefixes) -> None:
        self._store, self._catalogue, self._prefixes = store, catalogue, prefixes
        self._index: dict[str, set[IRI]] | None = None

    def thing(self, name: str, kinds: tuple[str, ...] = ()) -> IRI:
        """The IRI of the thing of that name; of the given kinds only, where some are given.

        Raises:
            UnknownName: none has it; the nearest names are in the message.
            BadParameter: several have it.
        """
        if any("\ud800" <= character <= "\udfff" for character in name):
            raise BadParameter(f"{name!r} is not text in UTF-8. Type it as UTF-8")
        kind = " or ".join(k for k in kinds if k != "thing") or "thing"
        if len(name) > _LONGEST:
            raise UnknownName(kind, name, (), EVERY_NAME)
        for candidate in self._candidates(name, kinds):
            if self._exists(candidate) and self._of_kind(candidate, kinds):
                return candidate
        found = {iri for iri in self._names().get(identity(name), ()) if self._of_kind(iri, kinds)}
        if not found and (not kinds or "thing" in kinds):
            found = self._by_key(name)
        if len(found) > 1:
            raise BadParameter(f"{name} is ambiguous. Say {' or '.join(sorted(map(self._prefixes.shorten, found)))}")
        if found:
            return found.pop()
        known = (n for n, iris in self._names().items() if any(self._of_kind(iri, kinds) for iri in iris))
        raise UnknownName(kind, name, known, EVERY_NAME)

    def values(self, parameter: Parameter, given: str | int | Decimal | Iterable[str]) -> list[Value]:
        """The values that a parameter is given: one, or several separated by commas for kinds of things.

        Raises:
            BadParameter: not of the parameter's type.
            UnknownName: no such thing.
        """
        if parameter.type == "string":
            return [str(given)]
        if parameter.type in ("integer", "number"):
            try:
                number = Decimal(str(given))
            except InvalidOperation:
                number = Decimal("NaN")
            storable = number.is_finite() and (not number or -_DIGITS <= number.adjusted() < _DIGITS)
            if not storable or (parameter.type == "integer" and number != number.to_integral_value()):
                raise BadParameter(f"{parameter.name}={given}: not a {parameter.type}. Give {parameter.description}")
            return [int(number) if parameter.type == "integer" else number]
        if isinstance(given, str):
            given = [given] if self._is_name(given, parameter.kinds) else given.split(",")
        elif not isinstance(given, Iterable):
            raise BadParameter(f"{parameter.name}={given}: not a name. Give {parameter.description}")
        return [self.thing(name.strip(), parameter.kinds) for name in given]

    def _is_name(self, text: str, kinds: tuple[str, ...]) -> bool:
        if "," not in text:
            return True
        if len(text) > _LONGEST:
            return False
        return any(self._of_kind(i, kinds) for i in self._names().get(identity(text), ()))

    def _candidates(self, name: str, kinds: tuple[str, ...]) -> Iterable[IRI]:
        if "://" in name and is_iri(name):
            yield IRI(name)
        expanded = self._prefixes.expand(name)
        if expanded and is_iri(expanded):
            yield IRI(expanded)
        if name and all(c.isalnum() or c == "-" for c in name):
            yield from (IRI(self._prefixes.mapping[k] + name) for k in kinds if k in self._prefixes.mapping)

    def _of_kind(self, iri: str, kinds: tuple[str, ...]) -> bool:
        if not kinds or "thing" in kinds:
            return True
        return any(iri.startswith(self._prefixes.mapping[kind]) for kind in kinds if kind in self._prefixes.mapping)

    def _by_key(self, name: str) -> set[IRI]:
        """The things of any kind that have a name as their key."""
        if not name or not all(c.isalnum() or c == "-" for c in name):
            return set()
        every = [IRI(namespace + name) for namespace in self._prefixes.mapping.values()]
        rows = self._store.select(self._catalogue[NAMES].bound({"thing": every})).rows
        return {thing for thing, *_rest in rows if isinstance(thing, IRI)}

    def _exists(self, iri: IRI) -> bool:
        try:
            return self._store.query(f"ASK {{ {serialise(iri)} ?property ?value }}") is True
        except BadQuery:  # the engine is stricter about IRIs than the grammar: ports, escapes
            return False

    def _names(self) -> dict[str, set[IRI]]:
        if self._index is None:
            index: dict[str, set[IRI]] = {}
            for thing, name, *_rest in self._store.select(self._catalogue[NAMES].bound({})).rows:
                if isinstance(thing, IRI) and name is not None:
                    index.setdefault(identity(str(name)), set()).add(thing)
            self._index = index  # once it is whole: other threads look, and a query may be ended before it is answered
        return self._index

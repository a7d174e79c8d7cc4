"""The user's own losses, layers, functions and models: tables of a configuration to rows like ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flake8_logits.configuration.errors import ConfigurationError, unknown
from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge.namespaces import canonical
from flake8_logits.knowledge.rows import (
    Application,
    Effect,
    Form,
    Gives,
    Keeps,
    Layer,
    Loses,
    Loss,
    Operation,
    Parameter,
    Trainer,
    Weighted,
)
from flake8_logits.knowledge.settings import Declared

SOURCE = "declared by the user"

EXPECTS: dict[str, tuple[Expects, Family]] = {
    "softmax": (Expects.PROBABILITIES, Family.CATEGORICAL),
    "sigmoid": (Expects.PROBABILITIES, Family.BINARY),
    "probabilities": (Expects.PROBABILITIES, Family.ANY),
    "logits": (Expects.LOGITS, Family.ANY),
    "anything": (Expects.SCORES, Family.ANY),
}
"""What a loss may be said to expect (as long as it is not told ``from_logits=True``)."""

GIVES: dict[str, Scale | None] = {
    "logits": Scale.LOGITS,
    "softmax": Scale.SOFTMAX,
    "sigmoid": Scale.SIGMOID,
    "log_softmax": Scale.LOG_SOFTMAX,
    "log_sigmoid": Scale.LOG_SIGMOID,
    "other": None,
}
"""What a layer, function or model may be said to give; ``other`` is none of these."""

SAME = "same"
"""What a layer or function gives that leaves its input's scale as it is."""

Values = Mapping[str, Any]


def declared_rows(table: str, value: Any) -> tuple[Declared, ...]:
    """The rows of one of the tables; raises ConfigurationError, which names the entry and its key."""
    make, keys = TABLES[table]
    if not isinstance(value, dict):
        raise ConfigurationError(f"'{table}' must be a table of dotted names")
    rows = []
    for name, entry in value.items():
        where = f"{table}.'{name}'"
        if not all(part.isidentifier() for part in name.split(".")):
            raise ConfigurationError(f'{where}: the name must be dotted, as in "acme.losses.FocalLoss", and quoted')
        if not isinstance(entry, dict):
            raise ConfigurationError(f"{where} must be a table of keys, as in {{ {next(iter(keys))} = ... }}")
        for key in entry:
            if key not in keys and isinstance(entry[key], dict):
                raise ConfigurationError(f'{table}.{name}.{key}: quote the dotted name, as in "{name}.{key}"')
            if key not in keys:
                raise ConfigurationError(f"{where}: {unknown('key', key, keys)}")
        try:
            rows.append(make(canonical(name), entry))
        except ConfigurationError as error:
            raise ConfigurationError(f"{where}: {error}") from None
    return tuple(rows)


def _loss(name: str, entry: Values) -> Declared:
    expects, family = _one_of(entry, "expects", EXPECTS)
    switch = _parameter(entry, "from_logits", default=_flag(entry, "from_logits_default"))
    if switch is None and "from_logits_default" in entry:
        raise ConfigurationError("'from_logits_default' needs 'from_logits'")
    if switch is not None:
        if expects is not Expects.PROBABILITIES:
            raise ConfigurationError("'from_logits' goes with expects = 'softmax', 'sigmoid' or 'probabilities' alone")
        expects = Expects.SWITCHED
    form = _one_of(entry, "kind", {kind.value: kind for kind in Form}, _form(name))
    uses_keras = _flag(entry, "uses_keras", None)
    support = {None: Support.UNKNOWN, True: Support.FULL, False: Support.NONE}[uses_keras]
    prediction = _parameter(entry, "prediction", "y_pred") or Parameter("y_pred", 1)
    target = _parameter(entry, "target", "y_true") or Parameter("y_true", 0)
    return Loss(name, form, Contract(expects, family), prediction, target, switch, support, source=SOURCE)


def _layer(name: str, entry: Values) -> Declared:
    return Layer(name, _effect(entry), SOURCE)


def _function(name: str, entry: Values) -> Declared:
    return Operation(name, _effect(entry), _parameter(entry, "tensor", "x") or Parameter("x", 0), SOURCE)


def _effect(entry: Values) -> Effect:
    activation = _parameter(entry, "activation", default=_activation_default(entry))
    gives = _one_of(entry, "gives", {**GIVES, SAME: SAME}, Scale.LOGITS if activation is not None else ...)
    units = _parameter(entry, "units")
    if activation is not None or (gives is Scale.LOGITS and units is not None):
        if gives is not Scale.LOGITS:
            raise ConfigurationError("'activation' goes with gives = 'logits' alone: what stands before the activation")
        return Weighted(activation, units)
    if units is not None:
        raise ConfigurationError("'units' goes with gives = 'logits' alone")
    if gives == SAME:
        return Keeps(frozenset(Scale))
    if not isinstance(gives, Scale):
        return Loses("it is declared to give neither logits nor probabilities")
    return Gives(gives, Rescue.UNKNOWN)


def _model(name: str, entry: Values) -> Declared:
    activation = _parameter(entry, "activation", default=_activation_default(entry))
    gives = _one_of(entry, "gives", GIVES, Scale.LOGITS if activation is not None else ...)
    if activation is not None and gives is not Scale.LOGITS:
        raise ConfigurationError("'activation' goes with gives = 'logits' alone: what stands before the activation")
    if "top_default" in entry and "top" not in entry:
        raise ConfigurationError("'top_default' needs 'top'")
    top = _parameter(entry, "top", "include_top", _flag(entry, "top_default", True))
    attribute = entry.get("attribute", "")
    if not isinstance(attribute, str):
        raise ConfigurationError("'attribute' must be a string")
    # A top that is never there leaves features, of which nothing is said.
    top = Parameter("", None, False) if gives is None else top
    scale = None if activation is not None else gives
    return Application(name, top, activation, scale, attribute, SOURCE, Rescue.UNKNOWN)


def _trainer(name: str, entry: Values) -> Declared:
    model, loss = _parameter(entry, "model"), _parameter(entry, "loss")
    if model is None or loss is None:
        raise ConfigurationError("needs the keys 'model' and 'loss': where it is given each")
    return Trainer(name, model, loss, source=SOURCE)


def _one_of(entry: Values, key: str, known: Mapping[str, Any], default: Any = ...) -> Any:
    if key not in entry:
        if default is ...:
            raise ConfigurationError(f"needs the key '{key}', one of {', '.join(known)}")
        return default
    if entry[key] not in list(known):
        raise ConfigurationError(unknown(f"{key} =", str(entry[key]), known))
    return known[entry[key]]


def _parameter(entry: Values, key: str, name: str = "", default: str | bool | None = None) -> Parameter | None:
    """Where an argument is read: a place, ``true`` for by keyword alone, its name, or place and name."""
    value = entry.get(key)
    name = name or key
    if value is None:
        return None
    if value is True:
        return Parameter(name, None, default)
    place: Any = value
    if key != "from_logits":
        if isinstance(value, list) and len(value) == 2:
            place, name = value
        elif isinstance(value, str):
            place, name = None, value
    if not isinstance(name, str) or not name.isidentifier() or not (place is None or _is_place(place)):
        forms = "a place counted from 0, or true (by keyword alone)"
        more = "" if key == "from_logits" else ", a name, or [place, name]"
        raise ConfigurationError(f"'{key}' must be {forms}{more}, not {value!r}")
    return Parameter(name, place, default)


def _is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 256


def _flag(entry: Values, key: str, default: bool | None = False) -> bool | None:
    value = entry.get(key, default)
    if value is not default and not isinstance(value, bool):
        raise ConfigurationError(f"'{key}' must be true or false, not {value!r}")
    return value


def _activation_default(entry: Values) -> str | None:
    value = entry.get("activation_default")
    if value is not None and "activation" not in entry:
        raise ConfigurationError("'activation_default' needs 'activation'")
    if not isinstance(value, (str, type(None))):
        raise ConfigurationError(f"'activation_default' must be the name of an activation, not {value!r}")
    return value


def _form(name: str) -> Form:
    return Form.CLASS if name.rpartition(".")[2].lstrip("_")[:1].isupper() else Form.FUNCTION


Maker = Callable[[str, Values], Declared]

TABLES: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "losses": (
        _loss,
        ("expects", "from_logits", "from_logits_default", "prediction", "target", "kind", "uses_keras"),
    ),
    "layers": (_layer, ("gives", "activation", "activation_default", "units")),
    "functions": (_function, ("gives", "activation", "activation_default", "units", "tensor")),
    "trainers": (_trainer, ("model", "loss")),
    "models": (_model, ("gives", "activation", "activation_default", "top", "top_default", "attribute")),
}
"""The tables, each with what makes a row of an entry, and the entry's keys."""

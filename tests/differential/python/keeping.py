"""The ways to keep an activation somewhere, and those that only look so."""

from __future__ import annotations

from tests.differential.python.pen import Pen

_BOX = (
    "box.last = {}",
    "setattr(box, 'last', {})",
    "vars(box)['last'] = {}",
    "vars(box).update(last={})",
    "box.__init__({})",
    "box = Box({})",
    "copy(box).last = {}",
    "deepcopy(box).last = {}",
    "other = box; other.last = {}",
    "box = copy(box); box.last = {}",
    "other = Box({}); box.last = other.last",
    "object.__setattr__(box, 'last', {})",
    "box.later = {}",
)
_ITEMS = (
    "items[0] = {}",
    "items[:] = [{}]",
    "items[0:1] = [{}]",
    "items.insert(0, {})",
    "items.pop(0); items.insert(0, {})",
    "items.append({})",
    "items.__setitem__(0, {})",
    "setitem(items, 0, {})",
    "items.clear(); items += [{}]",
    "items = [{}] + items",
    "items = list(items); items[0] = {}",
    "list(items)[0] = {}",
    "items.append({}); items.reverse()",
    "items[0], *_ = ({}, 1)",
    "other = items; other[0] = {}",
    "del items[0]; items.insert(0, {})",
)
_TABLE = (
    "table['last'] = {}",
    "table.update(last={})",
    "table.update({{'last': {}}})",
    "table |= {{'last': {}}}",
    "table = {{**table, 'last': {}}}",
    "table.setdefault('last', {})",
    "dict(table)['last'] = {}",
    "table.pop('last'); table['last'] = {}",
    "table = dict(zip(('last',), ({},)))",
    "table = dict(table, last={})",
    "table = {{key: {} for key in table}}",
    "table.copy().update(last={})",
)
_NET = (
    "net[1] = {}",
    "net = nn.Sequential(head, {})",
    "net[0], net[1] = head, {}",
    "nn.Sequential(head, {})",
    "net = nn.Sequential(*[head, {}])",
)
_SHARED = (
    "Shared.last = {}",
    "setattr(Shared, 'last', {})",
    "Shared().last = {}",
    "type(Shared()).last = {}",
    "Shared.later = {}",
)
_MODEL = (
    "model.last = {}",
    "setattr(model, 'last', {})",
    "model.add_module('last', {})",
    "model.__init__({})",
    "model = Net({})",
    "other = model; other.last = {}",
    "Net({}).eval()",
    "model.train().last = {}",
)
_NAME = (
    "{place} = {}",
    "[{place}] = [{}]",
    "{place}, *_ = ({}, 1)",
    "({place} := {})",
    "_ = {place} = {}",
    "{place} = (lambda given: given)({})",
    "{place} = [{}, 1][0]",
    "{place} = None or {}",
    "{place} = next(iter([{}]))",
    "{place} = {{'a': {}}}.get('a')",
    "{place} = (lambda: {})()",
)
_ANEW = ("box = ", "items = ", "table = ", "net = ", "model = ")
_NEEDED = {
    "copy(": "from copy import copy, deepcopy",
    "setitem(items": "from operator import setitem",
}
_WAYS = {
    "box.last": _BOX,
    "items[0]": _ITEMS,
    "table['last']": _TABLE,
    "net[1]": _NET,
    "Shared.last": _SHARED,
    "model.last": _MODEL,
}


def keep(w: Pen, place: str, value: str) -> None:
    """Keep an activation, or seem to."""
    way = w.pick(_WAYS.get(place, _NAME))
    if w.level and way.startswith(_ANEW):
        # What a generator changes of a thing that took the place of another is not followed.
        way = _WAYS[place][0]
    for words, statement in _NEEDED.items():
        if words in way:
            w.need(statement)
    w.tag(f"keeps: {way}")
    for name in ("box", "items", "table", "net", "model", "_", "other"):
        if f"{name} = " in way or f"{name} += " in way or f"{name} |= " in way or f"*{name}" in way:
            w.sets(name)
    w.sets(place)
    w.line(way.format(value, place=place))

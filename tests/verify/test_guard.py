"""What the guard lets be asked of each kind of object."""

from __future__ import annotations

import os
import sys
from dataclasses import InitVar
from typing import Any, ClassVar

import numpy as np
import pytest

from flake8_logits.verify.child import libraries
from flake8_logits.verify.child.deserialising import checked
from flake8_logits.verify.child.examining import said
from flake8_logits.verify.child.libraries import Missing, library
from flake8_logits.verify.child.made import Depends, Made
from flake8_logits.verify.child.replacing import replaced
from flake8_logits.verify.child.running import NotReached, Program
from flake8_logits.verify.child.vocabularies import keep_from_files


def _run(text: str) -> dict[str, Any]:
    program = Program([text], False)
    with pytest.raises(NotReached):
        program.run()
    return program.spaces[0]


OWN = "class Own:\n    size = 3\n    def __init__(self):\n        self._unit = self.__hidden = 4\n"


def test_programs_objects_have_what_the_program_gave_them() -> None:
    space = _run(OWN + "    def hidden(self):\n        return self.__hidden\nown = Own()\nown.late = 5\n"
                 "found = [own.size, own._unit, own.hidden(), own.late]\n"
                 "found += [getattr(own, 'none', 6), hasattr(own, 'none')]\n"
                 "own.late += 1\ndel own._unit\nleft = [own.late, hasattr(own, '_unit')]\n")  # fmt: skip
    assert space["found"] == [3, 4, 4, 5, 6, False]
    assert space["left"] == [6, False]


def test_programs_names_are_no_names_of_other_objects() -> None:
    space = _run(OWN + "    def gi_frame(self):\n        pass\ndef each():\n    yield 1\nfound = each().gi_frame\n")
    assert isinstance(space["found"], Made)


@pytest.mark.parametrize(
    "asked", ["own.__dict__", "Own.__init__.__globals__", "Own.__mro__", "each.__code__", "own.__reduce__"]
)
def test_what_python_means_is_not_handed_out(asked: str) -> None:
    assert isinstance(_run(f"{OWN}def each():\n    pass\nown = Own()\nfound = {asked}\n")["found"], Made)


def test_annotations_are_made_of_classes_alone() -> None:
    asked = ("dataclasses.dataclass", "dataclasses.InitVar", "typing.ClassVar", "typing.Optional")
    space = _run(
        "".join(f"{one.partition('.')[2]} = __library__({one!r}, {one!r})\n" for one in asked)
        + "text = '1 // 0'\n@dataclass\nclass Own:\n    a: text\n    b: list[text]\n    c: Optional[int]\n"
        "    d: dict[str, int]\n    e: ClassVar[text] = 5\n    f: InitVar[text] = 6\n    g: list[int] = ()\n"
        "    def __post_init__(self, f):\n        self.given = f\nown = Own(1, 2, 3, 4)\nfound = [own.e, own.given]\n"
    )  # fmt: skip
    assert space["found"] == [5, 6]
    kept = space["Own"].__annotations__
    assert [kept["a"], kept["b"], kept["e"], kept["f"]] == [object, object, ClassVar, InitVar]
    assert [kept["c"], kept["d"], kept["g"]] == [int | None, dict[str, int], list[int]]


def test_methods_of_libraries_are_called_on_their_own_objects() -> None:
    space = _run(
        "Fraction = __library__('fractions.Fraction', 'Fraction')\nclass Own(Fraction):\n"
        "    def limit_denominator(self, most):\n        return Fraction.limit_denominator(self, most)\n"
        "    @classmethod\n    def above(cls):\n        return super().limit_denominator(cls(7, 22), 5)\n"
        "found = [Own(7, 22).limit_denominator(5), Fraction.limit_denominator(Fraction(7, 22), 5), Own.above()]\n"
        "listed = [callable(Fraction.from_float), Fraction.from_float(0.5)]\n"
    )
    assert [str(one) for one in space["found"]] == ["1/3", "1/3", "1/3"]
    assert [str(one) for one in space["listed"]] == ["True", "1/2"]


FOREIGN = "Fraction = __library__('fractions.Fraction', 'Fraction')\nclass Own:\n    pass\n"


@pytest.mark.parametrize(
    "asked", ["Fraction.limit_denominator", "Fraction.__add__", "super(Fraction, Fraction).__rpow__"]
)
def test_methods_of_libraries_are_called_on_nothing_else(asked: str) -> None:
    program = Program([f"{FOREIGN}{asked}(Own(), 5)\n"], False)
    with pytest.raises(Depends, match="of something else"):
        program.run()


def test_fields_of_the_programs_own_are_told() -> None:
    asked = ("dataclass", "asdict", "astuple", "replace")
    space = _run(
        "".join(f"{one} = __library__('dataclasses.{one}', '{one}')\n" for one in asked)
        + "@dataclass\nclass Inner:\n    x: int\n@dataclass\nclass Own:\n    inner: object\n    many: list = ()\n"
        "own = Own(Inner(1), [Inner(2), {'a': Inner(3)}])\n"
        "found = [asdict(own), astuple(own), replace(own, inner=4).inner]\n"
    )
    told = {"inner": {"x": 1}, "many": [{"x": 2}, {"a": {"x": 3}}]}
    assert space["found"] == [told, ((1,), [(2,), {"a": (3,)}]), 4]


def test_text_is_formatted_through_the_guard() -> None:
    space = _run(OWN + "own = Own()\nfound = '{0.size}{1:>3}{a[0]}'.format(own, 2, a='xy')\n"
                 "kept = '{0.__init__.__globals__}'.format(own) + str.format('{0.__class__.__mro__}', own)\n"
                 "more = '{a.__init__.__globals__}'.format_map(dict(a=own))\n")  # fmt: skip
    assert space["found"] == "3  2x"
    assert "__builtins__" not in space["kept"] + space["more"] and "object" not in space["kept"]


def test_own_getattr_is_not_asked_for_what_reaches_into_memory() -> None:
    space = _run("import_np = __library__('numpy', 'numpy')\nasked = []\nclass Out:\n    def __getattr__(self, name):\n"
                 "        asked.append(name)\n        raise AttributeError(name)\nimport_np.asarray([Out()])\n"
                 "import_np.asarray(Out())\nOut().plain if hasattr(Out(), 'plain') else None\n")  # fmt: skip
    assert [name for name in space["asked"] if name.startswith("__")] == [] and "plain" in space["asked"]


@pytest.mark.parametrize("vocabulary", ["/etc/passwd", b"/etc/passwd", ("a", Made("x")), {"a"}])
@pytest.mark.parametrize("taking", ["__init__", "set_vocabulary"])
def test_vocabularies_are_lists(taking: str, vocabulary: object) -> None:
    class Layer:
        taken: object = None

        def __init__(self, size: int = 0, vocabulary: object = None) -> None:
            self.set_vocabulary(vocabulary)

        def set_vocabulary(self, vocabulary: object) -> None:
            self.taken = vocabulary

        def adapt(self, data: object) -> None:
            self.taken = data

    keep_from_files(Layer)

    layer = Layer()
    layer.adapt(Made("texts"))
    assert "film" in str(layer.taken)
    layer.adapt(["own"])
    assert layer.taken == ["own"]

    class Kept(list[str]):
        """A list as libraries keep it."""

    for good in (["a", "b"], Kept("ab"), np.array([1, 2])):
        assert Layer(0, good).taken is good
    layer = Layer()
    take: Any = Layer if taking == "__init__" else layer.set_vocabulary
    for given, named in (((0, vocabulary), {}), ((), {"vocabulary": vocabulary})):
        with pytest.raises(Depends):
            take(*given[taking == "set_vocabulary" :], **named)


def test_finished_models_have_fresh_weights() -> None:
    def plain(shape: object = None, include_top: bool = True, weights: object = "imagenet") -> tuple[object, ...]:
        return shape, include_top, weights

    for dotted in ("keras.applications.NASNetMobile", "keras.applications.nasnet.NASNetMobile"):
        build = replaced(dotted, plain)
        assert build(weights="a.h5") == build() == (None, True, None)
        assert build(None, False, "a.h5") == (None, False, None)


@pytest.mark.parametrize("handler", ["except:", "except BaseException:", "except (ValueError, BaseException):"])
def test_handlers_catch_nothing_of_ours(handler: str) -> None:
    program = Program([f"try:\n    __meet_value__(1)\n{handler}\n    pass\n"], False)
    assert program.run().kind == "value"
    assert _run(f"try:\n    {{}}[1]\n{handler}\n    found = 1\n").get("found", 1) == 1


@pytest.mark.parametrize(
    "name",
    [
        "__array_interface__",
        "__reduce__",
        "__reduce_ex__",
        "__annotations__",
        "__class__",
        "__match_args__",
        "__deepcopy__",
    ],
)
@pytest.mark.parametrize(
    "binding", ["{} = 1", "def {}(self):\n        pass", "for {} in [1]:\n        pass", "x = [({} := 1)]"]
)
def test_special_names_are_not_bound(name: str, binding: str) -> None:
    with pytest.raises(Depends):
        Program([f"class Own:\n    {binding.format(name)}\n"], False).run()


class _AnswersForItself(dict[str, object]):
    """A configuration that says one thing to who checks it and another to who uses it."""


_AnswersForItself.__module__ = "__main__"
FUNCTION = {"class_name": "function", "module": "os", "config": "system"}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (_AnswersForItself(class_name="Dense", module="keras.layers", config={}), None),
        ({**FUNCTION, "registered_name": "known"}, None),
        ({"class_name": "system", "module": "os", "registered_name": "other", "config": {}}, None),
        ({**FUNCTION, "module": "keras.applications", "config": "VGG16"}, None),
        ({"class_name": "get_file", "module": "keras.utils", "config": "__tensor__"}, None),
        ({"class_name": "get_file", "module": "keras.utils", "config": "known"}, None),
        ({"class_name": "__lambda__", "registered_name": "known", "config": {}}, None),
        ("__builtins__", {"eval": eval}),
        ("os", sys),
        ("system", os.system),
    ],
)
def test_keras_makes_nothing_else(tensorflow_installed: None, given: object, made: object) -> None:
    import keras

    keras.utils.get_custom_objects().update(known=int)
    try:
        with pytest.raises(Depends):
            checked(lambda config: made)(given)
    finally:
        del keras.utils.get_custom_objects()["known"]
    dense = {"class_name": "Dense", "module": "keras.layers", "config": {"units": 3}}
    assert checked(lambda config: keras.layers.Dense)(dense) is keras.layers.Dense
    assert checked(lambda config: keras.losses.Huber)("Huber") is keras.losses.Huber


def test_arrays_have_a_class() -> None:
    space = _run("np = __library__('numpy', 'numpy')\narray = np.zeros(2)\nkind = type(array)\n"
                 "found = [kind is np.ndarray, isinstance(array, np.ndarray), isinstance([], np.ndarray)]\n"
                 "found += [issubclass(kind, np.ndarray), kind.__name__, type(3) is np.ndarray]\n")  # fmt: skip
    assert space["found"] == [True, True, False, True, "ndarray", False]


def test_what_programs_often_build_on_works() -> None:
    space = _run(
        "typing, enum, copy, dataclasses, functools = [__library__(name, name) for name in "
        "('typing', 'enum', 'copy', 'dataclasses', 'functools')]\n"
        "class Listed(typing.List[int]):\n    pass\nclass Of(typing.Generic[typing.TypeVar('T')]):\n    pass\n"
        "class Named(typing.NamedTuple):\n    size: int = 1\nclass Typed(typing.TypedDict):\n    size: int\n"
        "class Kind(enum.Enum):\n    A = 1\nclass Slotted:\n    __slots__ = ('size',)\n"
        "@dataclasses.dataclass\nclass Data:\n    size: int = 1\n"
        "class Lazy:\n    @functools.cached_property\n    def size(self):\n        calls.append(1)\n        return 4\n"
        "calls, lazy, slotted = [], Lazy(), Slotted()\nslotted.size = 3\n"
        "found = [Listed(), Of() is None, Named().size, Typed(size=2), copy.copy(Kind.A) is Kind.A, slotted.size]\n"
        "found += [dataclasses.replace(Data(), **{'size': 2}).size, copy.deepcopy(lazy).size, lazy.size, lazy.size]\n"
        "found += [len(calls)]\n"
    )
    assert space["found"] == [[], False, 1, {"size": 2}, True, 3, 2, 4, 4, 4, 2]


@pytest.mark.parametrize("name", ["numpy.ndarray.T", "functools.partial.func"])
def test_what_is_never_handed_out_is_not_found_by_its_name_either(name: str) -> None:
    with pytest.raises(Missing):
        library(name, name)


def test_library_that_is_not_installed_is_said_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_resolve", lambda dotted: libraries._NOTHING)
    with pytest.raises(Missing, match="the installed numpy has no zeros"):
        library("numpy.zeros", "zeros")
    monkeypatch.setattr(libraries, "find_spec", lambda name: None)
    with pytest.raises(Missing, match="numpy is not installed"):
        library("numpy.zeros", "zeros")


def test_custom_objects_have_names_that_are_plain_texts() -> None:
    class Name(str):
        """A text that could be equal to another one time, and not the next."""

    build = checked(lambda config, custom_objects=None: config)
    assert build({}, custom_objects={"own": 1}) == {}
    with pytest.raises(Depends, match="answer for themselves"):
        build({}, custom_objects={Name("own"): 1})
    scope = replaced("keras.utils.custom_object_scope", dict)
    assert scope({"own": 1}) == {"own": 1}
    with pytest.raises(Depends, match="answer for themselves"):
        scope({Name("own"): 1})


@pytest.mark.parametrize("left", ["True", "len(left) < 2"])
def test_place_is_the_first_that_is_come_to(left: str) -> None:
    text = (
        "left = []\nclass Swallow:\n    def __enter__(self):\n        return self\n"
        f"    def __exit__(self, *given):\n        left.append(1)\n        return {left}\n"
        "for model in ('first', 'second'):\n    with Swallow():\n        __meet_compile__(model, loss='mse')\n"
        "__meet_compile__('third', loss='mse')\n"
    )
    assert Program([text], False).run().subject == "first"


def test_what_is_imported_of_a_class_is_what_the_class_may_be_asked() -> None:
    assert library("fractions.Fraction.from_float", "from_float")(0.5) * 2 == 1
    with pytest.raises(Missing):
        library("fractions.Fraction.conjugate", "conjugate")


ON_THE_WAY_OUT = {
    "a block": "class Own:\n    def __enter__(self):\n        return self\n"
    "    def __exit__(self, *given):\n        model.append(1)\nwith Own():\n    {}\n",
    "the end of a try": "for _ in range(2):\n    try:\n        {}\n    finally:\n        model.append(1)\n",
    "a generator": "def walk():\n    try:\n        yield 1\n    finally:\n        model.append(1)\n"
    "for _ in walk():\n    {}\n",
    "a handler in a generator": "def walk():\n    try:\n        yield 1\n    except BaseException:\n"
    "        model.append(1)\nfor _ in walk():\n    {}\n",
    "a handler that asks a library": "errors = __library__('decimal', 'decimal')\n"
    "try:\n    {}\nexcept errors.Decimal:\n    model.append(1)\n",
}


@pytest.mark.parametrize("around", ON_THE_WAY_OUT.values(), ids=ON_THE_WAY_OUT.keys())
def test_nothing_is_changed_on_the_way_out(around: str) -> None:
    met = Program(["model = []\n" + around.format("__meet_compile__(model, loss='mse')")], False).run()
    assert met.subject == []


NOTICED = {
    "an object that ends": "class Own:\n    def __del__(self):\n        model.append(1)\n"
    "def train():\n    own = Own()\n    {}\ntrain()\n",
    "objects in a circle": "class Own:\n    def __del__(self):\n        model.append(1)\n"
    "def train():\n    circle = [Own()]\n    circle.append(circle)\n    {}\ntrain()\n",
    "what a generator walks": "class Own:\n    def __iter__(self):\n        return self\n"
    "    def __next__(self):\n        return 1\n    def close(self):\n        model.append(1)\n"
    "def walk():\n    yield from Own()\nfor _ in walk():\n    {}\n",
}


@pytest.mark.parametrize("around", NOTICED.values(), ids=NOTICED.keys())
def test_what_runs_on_the_way_out_makes_nothing_sure(around: str) -> None:
    program = Program(["model = []\n" + around.format("__meet_compile__(model, loss='mse')")], False)
    with pytest.raises(Depends, match="as the program ends"):
        program.run()


SWALLOWED = {
    "and comes to it again": "__meet_compile__(model, loss='mse')",
    "and ends": "__used__(model)",
}


@pytest.mark.parametrize("met", SWALLOWED.values(), ids=SWALLOWED.keys())
def test_a_program_that_goes_on_from_the_place_makes_nothing_sure(met: str) -> None:
    text = (
        "model = []\nnumpy = __library__('numpy', 'numpy')\n__meet_compile__(model, loss='mse')\n"
        f"class Own:\n    def __len__(self):\n        {met}\n    def __getitem__(self, index):\n        pass\n"
        "numpy.asarray(Own())\nmodel += [1]\n"
    )
    with pytest.raises(Depends, match="place"):
        Program([text], False, through=True).run()


class _Text(str):
    def split(self, *_: object) -> list[str]:
        raise Depends("split")


class _Mute:
    def __init__(self, text: object) -> None:
        self.text = text

    def __repr__(self) -> str:
        if isinstance(self.text, Depends):
            raise self.text
        return self.text  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "expected"), [("a\n b", "a b"), (_Text("a\n b"), "a b"), (3, ""), (Depends("__repr__"), "")]
)
def test_error_that_cannot_say_what_it_is_is_an_error_all_the_same(text: object, expected: str) -> None:
    assert said(KeyError(_Mute(text))) == expected


def test_no_call_makes_an_enumeration() -> None:
    class Space(dict[str, Any]):
        _member_names: ClassVar[dict[str, None]] = {}
        _last_values: ClassVar[list[Any]] = []

    space = Space({"__array_interface__": {"version": 3}})
    kind: Any = type(library("enum.Enum", "enum.Enum"))
    with pytest.raises(Depends, match="enumeration"):
        kind(name="Own", bases=(library("enum.Enum", "enum.Enum"),), space=space)

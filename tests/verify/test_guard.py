"""What the guard lets be asked of each kind of object."""

from __future__ import annotations

from typing import Any

import pytest

from flake8_logits.verify.child.made import Depends, Made
from flake8_logits.verify.child.replacing import replaced
from flake8_logits.verify.child.running import NotReached, Program


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
@pytest.mark.parametrize("layer", ["StringLookup", "IntegerLookup", "TextVectorization"])
def test_vocabularies_are_lists(layer: str, vocabulary: object) -> None:
    listed = replaced(f"keras.layers.{layer}", lambda **named: named)
    with pytest.raises(Depends):
        listed(vocabulary=vocabulary)
    assert listed(vocabulary=["a", "b"]) == {"vocabulary": ["a", "b"]}


def test_finished_models_have_fresh_weights() -> None:
    build = replaced("keras.applications.VGG16", lambda *args, **named: (args, named))
    assert build(weights="a.h5") == ((), {"weights": None})
    assert build(True, "a.h5") == ((True, None), {})


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

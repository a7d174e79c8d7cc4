"""What is computed once holds nobody up."""

from __future__ import annotations

import threading

from flake8_logits.once import computed_once


class Thing:
    """Computes as long as another of its kind has not been asked."""

    def __init__(self, waits_for: threading.Event | None = None) -> None:
        self.begun = threading.Event()
        self.waits_for = waits_for
        self.computed = 0

    @computed_once
    def number(self) -> int:
        """A number."""
        self.begun.set()
        self.computed += 1
        assert self.waits_for is None or self.waits_for.wait(60)
        return self.computed


def test_it_is_computed_when_it_is_first_read() -> None:
    thing = Thing()
    assert [thing.computed, thing.number, thing.number, thing.computed] == [0, 1, 1, 1]
    assert isinstance(Thing.number, computed_once) and Thing.number.__doc__ == "A number."


def test_one_that_is_computed_holds_up_no_other() -> None:
    asked = threading.Event()
    slow, other = Thing(asked), Thing()
    thread = threading.Thread(target=lambda: slow.number)
    thread.start()
    assert slow.begun.wait(60)
    reader = threading.Thread(target=lambda: other.number, daemon=True)
    reader.start()
    reader.join(30)
    held_up = reader.is_alive()
    asked.set()
    thread.join(60)
    assert not held_up and slow.computed == other.computed == 1


def test_of_two_that_compute_at_once_the_first_stays() -> None:
    both = threading.Barrier(2, timeout=60)

    class Together:
        @computed_once
        def thing(self) -> object:
            both.wait()
            return object()

    one = Together()
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(one.thing)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(seen) == 2 and seen[0] is seen[1] is one.thing

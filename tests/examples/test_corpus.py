"""The example that runs over a table says what a plain run says, whatever happens to its workers."""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client

from examples.corpus import run
from examples.corpus.run import Result, Source
from flake8_logits.api import Options, analyse, analyse_file
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, UNDECIDED, notebook

PROGRAMS: list[tuple[str | None, str | bytes | None]] = [
    ("clashing.py", CLASHING),
    ("contradicting.ipynb", notebook("import os", CONTRADICTING)),
    ("quiet.py", QUIET),
    ("broken.py", BROKEN),
    ("undecided.py", UNDECIDED),
    ("latin.py", f"# coding: latin-1\nname = 'é'\n{CLASHING}".encode("latin-1")),
    (None, CLASHING.replace("Dense(10)", "Dense(20)")),
    ("nothing.py", None),
    ("no_text.py", b"\xff\xfe\x00"),
]
ROWS = [(path, content) for number in range(60) for path, content in PROGRAMS if number < 2 or "clash" in (path or "")]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A table with programs of all kinds, in more batches than there are workers."""
    path = tmp_path_factory.mktemp("corpus") / "sources.parquet"
    contents = [content.encode() if isinstance(content, str) else content for _, content in ROWS]
    rows = pa.table({"path": [path for path, _ in ROWS], "other": list(range(len(ROWS))), "content": contents})
    pq.write_table(rows, path)
    assert len(ROWS) > run.BATCH
    return str(path)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two workers, each a process."""
    with run.local_cluster(2) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
        yield client


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are so small that there are many."""
    monkeypatch.setattr(run, "BATCH", 5)


@functools.cache
def _plain() -> list[Result]:
    """What one gets without any of it."""
    rows = enumerate(ROWS)
    return [
        (number, analyse(content or "", path or "<string>", Options(isolated=True))) for number, (path, content) in rows
    ]


def test_command_writes_what_a_plain_run_finds(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, failed = tmp_path / "findings.parquet", tmp_path / "problems.parquet"
    run.main([table, str(found), "--problems", str(failed), "--workers", "1"])
    findings, problems = run.tables_of(_plain())
    assert pq.read_table(found).equals(findings)
    assert pq.read_table(failed).equals(problems)
    assert set(findings["code"].to_pylist()) == {"LGT101", "LGT102"}
    assert set(problems["kind"].to_pylist()) == {"unreadable"}
    assert capsys.readouterr().out == f"{findings.num_rows} findings, {problems.num_rows} problems\n"


def test_findings_are_those_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    monkeypatch.chdir(tmp_path)
    for number, path, content in list(run.sources_in(table))[: len(PROGRAMS)]:
        if PROGRAMS[number][0] is not None and PROGRAMS[number][1] is not None:
            Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
            assert run.analyse_batch([(number, path, content)]) == [
                (number, analyse_file(path, Options(isolated=True)))
            ]


@pytest.mark.usefixtures("small")
def test_worker_that_is_killed_loses_nothing(client: Client, table: str) -> None:
    results = run.analyse_all(client, run.sources_in(table))
    found = [next(results)]
    victim = next(iter(client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    found.extend(results)
    assert sorted(found, key=lambda result: result[0]) == _plain()
    client.wait_for_workers(2, timeout=120)
    assert victim not in client.run(os.getpid).values()


def _die_of_some(sources: Sequence[Source]) -> list[Result]:
    """A worker that a certain source ends."""
    if any(path == "undecided.py" for _, path, _ in sources):
        os.kill(os.getpid(), signal.SIGKILL)
    return run.analyse_batch(sources)


@pytest.mark.usefixtures("small")
def test_source_that_ends_its_process_is_found_and_costs_no_other(client: Client, table: str) -> None:
    sources = list(run.sources_in(table))[:12]
    killers = {number for number, path, _ in sources if path == "undecided.py"}
    found = dict(run.analyse_all(client, sources, _die_of_some))
    assert found.keys() == {number for number, _, _ in sources}
    plain = dict(_plain())
    assert killers and all(
        found[number].problems[0].message == "its process ended unexpectedly"
        if number in killers
        else found[number] == plain[number]
        for number in found
    )

"""Analyses a table of sources on several processes and writes what is found as Parquet.

    python examples/corpus/run.py sources.parquet findings.parquet --problems problems.parquet --workers 8

The table has the columns ``path`` and ``content``, text or bytes.  In what is written, ``source`` is the row's number.
"""

import argparse
import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator, Sequence

import dask
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from flake8_logits.api import Options, Problem, Report, analyse

BATCH = 50
"""Sources that go to a worker at once: enough to be worth the way, few enough to be shared out evenly."""
AHEAD = 4
"""Batches for each worker that are under way: the table may be larger than the memory."""

Source = tuple[int, str, str | bytes]
Result = tuple[int, Report]
Work = Callable[[Sequence[Source]], list[Result]]

_RANGE = pa.struct(
    {
        "path": pa.string(),
        "cell": pa.int32(),
        "line": pa.int32(),
        "column": pa.int32(),
        "end_line": pa.int32(),
        "end_column": pa.int32(),
    }
)
_FIX = pa.struct(
    {
        "applicability": pa.string(),
        "message": pa.string(),
        "edits": pa.list_(pa.struct({"range": _RANGE, "text": pa.string()})),
    }
)
FINDINGS = pa.schema(
    {
        "source": pa.int64(),
        "path": pa.string(),
        "code": pa.string(),
        "rule": pa.string(),
        "message": pa.string(),
        "range": _RANGE,
        "related": pa.list_(pa.struct({"range": _RANGE, "message": pa.string()})),
        "consequence": pa.string(),
        "fix": _FIX,
        "fix_declined": pa.string(),
        "severity": pa.string(),
        "url": pa.string(),
    }
)
PROBLEMS = pa.schema(
    {
        "source": pa.int64(),
        "path": pa.string(),
        "kind": pa.string(),
        "message": pa.string(),
        "cell": pa.int32(),
        "line": pa.int32(),
        "column": pa.int32(),
    }
)


def sources_in(path: str) -> Iterator[Source]:
    """Yield number, path and content of each row."""
    number = 0
    for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=["path", "content"]):
        for row in batch.to_pylist():
            yield number, row["path"] or "<string>", row["content"] or ""
            number += 1


def analyse_batch(sources: Sequence[Source]) -> list[Result]:
    """Runs on a worker."""
    return [(number, analyse(content, path, Options(isolated=True))) for number, path, content in sources]


def analyse_all(client: Client, sources: Iterable[Source], work: Work = analyse_batch) -> Iterator[Result]:
    """Yield the report of each source, as they come.

    What a worker had not handed in when it died is done by another.  A source that ends every process it comes to is
    found, and has a problem as its report.
    """
    suspects: list[Source] = []
    for batch, future in _under_way(client, sources, work):
        try:
            yield from future.result()
        except KilledWorker:
            suspects.extend(batch)
    # One at a time, with nothing else under way: who dies now dies of this.
    for source in suspects:
        try:
            yield from client.submit(work, [source], pure=False).result()
        except KilledWorker:
            number, path, _ = source
            ended = Problem(path, "internal-error", "its process ended unexpectedly", None, None, None)
            yield number, Report(path, (), (), (ended,))


def _under_way(client: Client, sources: Iterable[Source], work: Work) -> Iterator[tuple[list[Source], Future]]:
    """Yield batches with their futures once these are done, a limited number of which are under way at a time."""
    most = AHEAD * max(len(client.scheduler_info()["workers"]), 1)
    batches: dict[str, list[Source]] = {}
    done = as_completed()
    for batch in _batches(sources):
        future = client.submit(work, batch, pure=False)
        batches[future.key] = batch
        done.add(future)
        if len(batches) >= most:
            future = next(done)
            yield batches.pop(future.key), future
    for future in done:
        yield batches.pop(future.key), future


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    for source in sources:
        batch.append(source)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def tables_of(results: Iterable[Result]) -> tuple[pa.Table, pa.Table]:
    """Return the findings and the problems, in the order of the sources."""
    findings, problems = [], []
    for number, report in sorted(results, key=lambda result: result[0]):
        row = {"source": number, "path": report.path}
        findings.extend({**row, **dataclasses.asdict(found)} for found in report.diagnostics)
        problems.extend({**dataclasses.asdict(problem), **row} for problem in report.problems)
    return pa.Table.from_pylist(findings, FINDINGS), pa.Table.from_pylist(problems, PROBLEMS)


def local_cluster(workers: int) -> LocalCluster:
    """Return a cluster on this machine; Python's threads share one core, so each worker is a process with one."""
    # A batch that was there when a process ended is tried once more, then its sources are looked at one by one.
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the table, analyse it on a cluster of this machine, write what is found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", help="a Parquet file with the columns path and content")
    parser.add_argument("findings", help="the Parquet file to write")
    parser.add_argument("--problems", help="another, for what could not be analysed")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    with local_cluster(options.workers) as cluster, Client(cluster) as client:
        findings, problems = tables_of(analyse_all(client, sources_in(options.sources)))
    pq.write_table(findings, options.findings)
    if options.problems:
        pq.write_table(problems, options.problems)
    print(f"{findings.num_rows} findings, {problems.num_rows} problems")


if __name__ == "__main__":
    main()

"""A Dask cluster of two workers builds the same bytes, though one of them is killed on the way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from storymap.building.cluster import Cluster, do_checked_batch, miss_files
from storymap.building.executors import Batch
from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.errors import Report, StorymapError
from storymap.model.streets import StreetFile
from storymap.project import load_project

pytest.importorskip("distributed")


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and two workers of one thread that it has, all of them programs of their own."""
    python = [sys.executable, "-m"]
    scheduler = subprocess.Popen(
        [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
    )  # fmt: skip
    assert scheduler.stderr
    found = next(found for line in scheduler.stderr if (found := re.search(r"Scheduler at: +(tcp\S+)", line)))
    programs = [
        subprocess.Popen(
            [*python, "distributed.cli.dask_worker", found[1], "--nthreads", "1", "--no-nanny", "--no-dashboard",
             "--host", "127.0.0.1", "--local-directory", str(tmp_path / name)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path,
        )
        for name in ("a", "b")
    ]  # fmt: skip
    yield found[1], programs
    for worker in programs:
        worker.kill()
        worker.wait()
    scheduler.kill()
    scheduler.communicate()


def test_a_cluster_that_loses_a_worker_builds_the_same_site(
    repository: Path, own_site: Mapping[str, bytes], workers: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, programs = workers
    told: list[str] = []
    site: dict[str, bytes | None] = {}
    cluster = Cluster(address, tell=told.append)
    cluster._client.wait_for_workers(2, timeout=120)
    project, report = load_project(repository), Report()
    runner = Runner(executor=cluster)
    plan = plan_site(project, report, runner=runner)
    for task, result in runner.run(plan.tasks):
        if len(site) == 30:
            os.kill(programs[0].pid, signal.SIGKILL)
        site.update(task.divide(result.content or b""))
    cluster.close()
    assert {path for path in own_site if own_site[path] != site[path]} == set()
    assert own_site.keys() == site.keys()
    assert len(told) == 1
    assert "is gone" in told[0]


class FarWorkers:
    """A client whose workers see no file."""

    def nthreads(self) -> dict[str, int]:
        return {"far": 1}

    def run(self, function: Callable[..., object], sizes: dict[str, int]) -> dict[str, object]:
        return {"near": function(sizes), "far": set(sizes)}


def test_street_data_that_a_worker_does_not_see_are_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "town.osm"
    file.write_bytes(b"<osm/>")
    assert miss_files({str(file): 6}) == set()
    assert miss_files({str(file): 7, str(tmp_path): 0, "gone": 6}) == {str(file), str(tmp_path), "gone"}
    monkeypatch.setattr("storymap.building.cluster._connect", lambda address, timeout: FarWorkers())
    told: list[str] = []
    cluster = Cluster("tcp://far", tell=told.append)
    town = StreetFile(str(file), "streets/town.osm", "0" * 64)
    task, other = (Runner().task("a", describe, *given) for given in (((town,), 1), ("text", 2)))
    assert cluster._choose_local([task, other]) == [task]
    assert cluster._choose_local([task]) == [task]
    assert told == ["Not all workers have streets/town.osm: what is drawn of that is drawn here."]


def describe(files: object, number: int, *, report: Report) -> bytes:
    return b""


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(StorymapError) as told:
        Cluster("tcp://127.0.0.1:1", timeout="0.2s")
    assert [problem.code for problem in told.value.problems] == ["no-cluster"]


def test_a_worker_with_another_version_is_told() -> None:
    with pytest.raises(StorymapError) as told:
        do_checked_batch(Batch((), {}), "another version")
    assert [problem.code for problem in told.value.problems] == ["other-version"]

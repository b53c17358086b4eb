"""A fit on a cluster is that of one process, whatever happens to its workers."""

import os
import signal
import warnings

import pytest

import isoloss
from isoloss import _cluster

distributed = pytest.importorskip("distributed", reason="Dask is not installed")

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def client():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster, distributed.Client(cluster) as client:
        yield client


def assert_same(made, expected):
    assert made.to_json() == expected.to_json()
    assert made.summary() == expected.summary()
    assert made.draws.tobytes() == expected.draws.tobytes()
    assert [str(w) for w in made.warnings] == [str(w) for w in expected.warnings]


def test_ranges_hold_every_resample_once():
    for num in (1, 4095, 4096, 100_000, 1_234_567):
        seen = [r for first, size in _cluster.ranges(num, 3) for r in (first, first + size)]
        assert seen[0] == 0 and seen[-1] == num and seen[1:-1:2] == seen[2::2]


def test_the_last_ranges_are_short_so_that_slots_end_together():
    sizes = [size for _, size in _cluster.ranges(10_000_000, 2)]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) < 60
    assert max(sizes) <= _cluster._MOST and min(sizes[:-1]) <= 10_000_000 / 100


def test_same_as_one_process(client, runs, runs_path, monkeypatch):
    monkeypatch.setattr(_cluster, "_FEWEST", 100)
    options = {"bootstrap": 900, "seed": 3, "drop_highest_loss": 5, "compute": [1e24]}
    assert_same(isoloss.fit(runs, client=client, **options), isoloss.fit(runs, **options))
    monkeypatch.setattr(_cluster, "_EMBEDDED_BYTES", 0)
    law = {"law": "E + A/N^alpha", "bootstrap": 300}
    assert_same(isoloss.fit(runs_path, client=client, **law), isoloss.fit(runs_path, **law))
    assert_same(
        isoloss.fit(runs, client=client, bootstrap=0), isoloss.fit(runs, bootstrap=0)
    )


def test_a_worker_that_is_killed_costs_nothing_but_time(client, runs, monkeypatch):
    monkeypatch.setattr(_cluster, "_FEWEST", 100)
    victims = [*client.run(os.getpid).values()][:1]
    seen = []

    def kill_one(done, num):
        seen.append(done)
        if victims:
            os.kill(victims.pop(), signal.SIGKILL)

    made = isoloss.fit(runs, bootstrap=60_000, client=client, progress=kill_one)
    assert not victims
    assert seen[:-1] and sorted(set(seen)) == seen  # each result once
    assert_same(made, isoloss.fit(runs, bootstrap=60_000))


def test_the_scheduler_knows_of_few_shards(client, runs, monkeypatch):
    monkeypatch.setattr(_cluster, "_FEWEST", 100)
    known = []
    number = lambda dask_scheduler: len(dask_scheduler.tasks)  # noqa: E731
    isoloss.fit(
        runs, bootstrap=4_000, client=client,
        progress=lambda done, num: known.append(client.run_on_scheduler(number)),
    )  # fmt: skip
    assert len(known) > 10 and max(known) <= 8


@pytest.mark.parametrize(
    "question, options",
    [
        (isoloss.coverage, {"sets": 12, "bootstrap": 60, "noise": "gauss:sd=0.01"}),
        (isoloss.compare_laws, {"laws": "chinchilla,kaplan", "bootstrap": 60, "compute": [1e24]}),
        (isoloss.backtest, {"bootstrap": 60}),
        (isoloss.isoflop, {"tolerance": 0.3, "bootstrap": 90}),
    ],
)
def test_other_answers_are_those_of_one_process(client, runs, runs_path, question, options):
    data = isoloss.dataset("cs336_isoflop") if question is isoloss.isoflop else runs
    made, expected = question(data, client=client, **options), question(data, **options)
    assert made.to_json() == expected.to_json()
    assert made.summary() == expected.summary()
    assert made.is_sound == expected.is_sound
    assert [str(w) for w in made.warnings] == [str(w) for w in expected.warnings]
    assert made.charts() == expected.charts()


def test_errors_are_those_of_one_process(client, runs):
    with pytest.raises(isoloss.InputError, match="row 3"):
        loss = runs["loss"].copy()
        loss[3] = -1
        isoloss.fit({**runs, "loss": loss}, client=client)
    with pytest.raises(isoloss.InputError, match="no_such_file"):
        isoloss.fit("no_such_file.csv", client=client)

"""Many photos and many trainings on a cluster: a real one of Dask, in processes of this computer."""

import os
import signal
import sys

import joblib
import numpy as np
import pytest

import facelab

CONDITIONS = {"balanced": {"joy": 20, "sadness": 20}, "imbalanced": {"joy": 30, "sadness": 5}}


@pytest.fixture
def cluster():
    """A cluster of two workers, one of which a test may kill."""
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
        joblib.parallel_config("dask"),
    ):
        yield client


def describe(detections):
    """Return what makes a detection another: its problem, and the points of its faces."""
    return [(found.problem, [face.points.round(3).tolist() for face in found.faces]) for found in detections]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_cluster_finds_the_same_faces_even_if_a_worker_is_killed(cluster, sample, capsys):
    images = [*sample.images[:30], np.zeros((80, 80, 3), np.uint8)]  # the last has no face

    [worker, _] = cluster.run(os.getpid).values()

    def hand_out():
        for number, image in enumerate(images):
            if number == 24:
                os.kill(worker, signal.SIGKILL)
            yield image

    found = facelab.find_faces_in(hand_out())
    assert worker not in cluster.run(os.getpid).values()
    assert "31it" in capsys.readouterr().err  # nobody knows beforehand how many a generator gives
    with joblib.parallel_config("sequential"):
        here = facelab.find_faces_in(images)
    assert "31/31" in capsys.readouterr().err
    assert describe(found) == describe(here)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_cluster_compares_with_the_same_result_even_if_a_worker_is_killed(cluster, sample, capsys):
    [worker, _] = cluster.run(os.getpid).values()

    def watch(done):
        if done == 2:
            os.kill(worker, signal.SIGKILL)

    there = facelab.compare(CONDITIONS, sample, repeats=40, stop=watch)
    assert worker not in cluster.run(os.getpid).values()
    assert "40/40" in capsys.readouterr().err
    with joblib.parallel_config("sequential"):
        here = facelab.compare(CONDITIONS, sample, repeats=40, progress=False)
    assert there.table.equals(here.table)
    stopped = facelab.compare(CONDITIONS, sample, repeats=40, progress=False, stop=lambda done: done == 3)
    assert stopped.table.equals(here.table[here.table["repeat"] < 3].reset_index(drop=True))

"""Extraction takes as long for each photo, and as much memory, whether 300 or 3,000 photos are there."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import facelab

SIZES = (300, 1000, 3000)
WORK = """
import re, sys, time
import numpy as np
from facelab.dataset.labelled import load_sample
from facelab.dataset.mine import MyData
from facelab.faces.detection import find_faces
from facelab.faces.photo import encode_jpeg, read_photo
from facelab.files import write_atomically

mine, sample, number = MyData(sys.argv[1]), load_sample(), int(sys.argv[2])
for place in range(number):  # as if put there by hand: no two the same
    image = np.roll(sample.images[place % 20], place, axis=1)
    write_atomically(mine.folder / "photos" / f"{place:04}.jpg", encode_jpeg(image))
start = time.process_time()
for photo in mine.waiting_photos():
    mine.add_faces(photo, find_faces(read_photo(photo)))
seconds = time.process_time() - start
assert not mine.waiting_photos()
print(seconds, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the most memory a process had")
def test_extraction_is_linear_in_time_and_flat_in_memory(benchmark, tmp_path):
    def extract(number):
        command = [sys.executable, "-c", WORK, str(tmp_path / str(number)), str(number)]
        environment = {**os.environ, "PYTHONPATH": str(Path(facelab.__file__).parents[1])}
        answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        return [float(word) for word in answer.stdout.split()]

    costs = benchmark.pedantic(lambda: np.array([extract(number) for number in SIZES]), rounds=1)
    slope = np.polyfit(np.log(SIZES), np.log(costs[:, 0]), 1)[0]
    benchmark.extra_info |= {"seconds": costs[:, 0].tolist(), "megabytes": costs[:, 1].tolist(), "slope": slope}
    assert slope <= 1.15 and costs[-1, 1] - costs[0, 1] <= 100

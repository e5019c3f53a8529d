"""Times what OpenCV takes for the effects' work on planar YUV. One line in asks for one measurement, one line out answers it.

in:  NAME WIDTH HEIGHT CELLS DEVIATION REPETITIONS
out: the shortest time of one repetition, in microseconds
"""
import sys
import time

import cv2
import numpy

cv2.setNumThreads(1)
planes = {}


def of_size(width, height):
    if (width, height) not in planes:
        random = numpy.random.default_rng(1)
        planes[width, height] = [
            random.integers(0, 256, shape, dtype=numpy.uint8)
            for shape in ((height, width), (height // 2, width // 2), (height // 2, width // 2))
        ]
    return planes[width, height]


def mosaic(plane, cells, _):
    height, width = plane.shape
    short = min(width, height)
    grid = (max(1, round(cells * width / short)), max(1, round(cells * height / short)))
    small = cv2.resize(plane, grid, interpolation=cv2.INTER_AREA)
    cv2.resize(small, (width, height), dst=plane, interpolation=cv2.INTER_NEAREST)


def gaussian(plane, _, deviation):
    cv2.GaussianBlur(plane, (0, 0), deviation * min(plane.shape), dst=plane)


def boxes(plane, _, deviation):
    # Three boxes of width w have the variance (w² − 1) / 4 of one Gaussian.
    width = max(3, int(round((4 * (deviation * min(plane.shape)) ** 2 + 1) ** 0.5)) | 1)
    for _ in range(3):
        cv2.blur(plane, (width, width), dst=plane)


def small(plane, _, deviation):
    height, width = plane.shape
    cell = max(2.0, deviation * min(plane.shape))
    grid = (max(1, round(width / cell)), max(1, round(height / cell)))
    little = cv2.resize(plane, grid, interpolation=cv2.INTER_AREA)
    little = cv2.GaussianBlur(little, (5, 5), 0.8)
    cv2.resize(little, (width, height), dst=plane, interpolation=cv2.INTER_LINEAR)


kinds = {"mosaic": mosaic, "gaussian": gaussian, "boxes": boxes, "small": small}
for line in sys.stdin:
    name, width, height, cells, deviation, repetitions = line.split()
    work = kinds[name]
    best = float("inf")
    for _ in range(int(repetitions)):
        begin = time.perf_counter()
        for plane in of_size(int(width), int(height)):
            work(plane, float(cells), float(deviation))
        best = min(best, time.perf_counter() - begin)
    print(f"{best * 1e6:.1f}", flush=True)

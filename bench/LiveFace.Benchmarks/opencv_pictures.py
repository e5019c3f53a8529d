"""Times what OpenCV takes to resize planar YUV and to make detector inputs of it. One line in asks, one line out answers.

in:  NAME WIDTH HEIGHT TO_WIDTH TO_HEIGHT REPETITIONS
out: the shortest time of one repetition, in microseconds
"""
import sys
import time

import cv2
import numpy

cv2.setNumThreads(1)
pictures = {}


def of_size(width, height):
    if (width, height) not in pictures:
        random = numpy.random.default_rng(1)
        pictures[width, height] = random.integers(0, 256, (height * 3 // 2, width), dtype=numpy.uint8)
    return pictures[width, height]


def planes(picture, width, height):
    flat = picture.reshape(-1)
    luma, chroma = width * height, width * height // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma:luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma:luma + 2 * chroma].reshape(height // 2, width // 2),
    )


def resize(interpolation):
    def work(picture, width, height, to_width, to_height):
        y, u, v = planes(picture, width, height)
        cv2.resize(y, (to_width, to_height), interpolation=interpolation)
        cv2.resize(u, (to_width // 2, to_height // 2), interpolation=interpolation)
        cv2.resize(v, (to_width // 2, to_height // 2), interpolation=interpolation)

    return work


def tensor(picture, width, height, to_width, to_height):
    colour = cv2.cvtColor(picture, cv2.COLOR_YUV2BGR_I420)
    cv2.dnn.blobFromImage(colour, 1 / 128, (to_width, to_height), (127, 127, 127), swapRB=True)


kinds = {"linear": resize(cv2.INTER_LINEAR), "area": resize(cv2.INTER_AREA), "tensor": tensor}
for line in sys.stdin:
    name, *sizes = line.split()
    width, height, to_width, to_height, repetitions = map(int, sizes)
    work, picture = kinds[name], of_size(width, height)
    best = float("inf")
    for _ in range(repetitions):
        begin = time.perf_counter()
        work(picture, width, height, to_width, to_height)
        best = min(best, time.perf_counter() - begin)
    print(f"{best * 1e6:.1f}", flush=True)

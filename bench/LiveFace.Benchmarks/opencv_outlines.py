"""OpenCV's grabCut on one thread. One line in asks for one outline, one line out answers it.

in:  PICTURE LEFT TOP RIGHT BOTTOM SIDE REPETITIONS   (a SIDE over 0 scales the box's surroundings to so many points, as ours does)
out: the shortest time in milliseconds, and a file with the mask, a byte for each pixel of the picture
"""
import sys
import tempfile
import time

import cv2
import numpy

cv2.setNumThreads(1)
for line in sys.stdin:
    name, *numbers = line.split()
    left, top, right, bottom, side, repetitions = map(int, numbers)
    picture = cv2.imread(name)
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = 0, 0, width, height
    scale = 1.0
    if side:
        dx, dy = max(8, int(0.35 * (right - left))), max(8, int(0.35 * (bottom - top)))
        x0, y0, x1, y1 = max(0, left - dx), max(0, top - dy), min(width, right + dx), min(height, bottom + dy)
        scale = min(1.0, side / max(x1 - x0, y1 - y0))
    best = float("inf")
    for _ in range(repetitions):
        cv2.setRNGSeed(1)
        begin = time.perf_counter()
        seen = cv2.resize(picture[y0:y1, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        mask = numpy.zeros(seen.shape[:2], numpy.uint8)
        box = tuple(int(round(scale * v)) for v in (left - x0, top - y0, right - left, bottom - top))
        cv2.grabCut(seen, mask, box, numpy.zeros((1, 65)), numpy.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
        best = min(best, time.perf_counter() - begin)
    whole = numpy.zeros((height, width), numpy.uint8)
    whole[y0:y1, x0:x1] = cv2.resize(mask & 1, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(whole.tobytes())
    print(f"{best * 1e3:.1f} {file.name}", flush=True)

"""OpenCV's inpainting of brightness on one thread. One line in asks for one fill, one line out answers it.

in:  FILE WIDTH HEIGHT LEFT TOP RIGHT BOTTOM   (the file holds 8-bit RGB, row by row)
out: the time in milliseconds; the file then holds Telea's fill of the box, and the Navier-Stokes one behind it
"""
import sys
import time

import cv2
import numpy

cv2.setNumThreads(1)
for line in sys.stdin:
    name, *numbers = line.split()
    width, height, left, top, right, bottom = map(int, numbers)
    picture = numpy.fromfile(name, numpy.uint8).reshape(height, width, 3)
    mask = numpy.zeros((height, width), numpy.uint8)
    mask[top:bottom, left:right] = 255
    begin = time.perf_counter()
    telea = cv2.inpaint(picture, mask, 5, cv2.INPAINT_TELEA)
    taken = time.perf_counter() - begin
    flow = cv2.inpaint(picture, mask, 5, cv2.INPAINT_NS)
    with open(name, "wb") as file:
        file.write(telea.tobytes())
        file.write(flow.tobytes())
    print(f"{taken * 1e3:.1f}", flush=True)

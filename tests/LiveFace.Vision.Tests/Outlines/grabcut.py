"""Writes OpenCV's mask of what is in a box, a byte a pixel: grabcut.py PICTURE LEFT TOP WIDTH HEIGHT"""
import sys

import cv2
import numpy

cv2.setNumThreads(1)
cv2.setRNGSeed(1)
picture = cv2.imread(sys.argv[1])
mask = numpy.zeros(picture.shape[:2], numpy.uint8)
cv2.grabCut(picture, mask, tuple(map(int, sys.argv[2:6])), numpy.zeros((1, 65)), numpy.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
sys.stdout.buffer.write((mask & 1).tobytes())

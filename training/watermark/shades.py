"""A mark of two colours, or of those between them: letters with a shadow or an edge, a shape that goes from one colour to another.

What a marked pixel shows beyond the picture around it, (J - outside) / c + a outside, is a C and the picture's own detail. Over a whole mark the
detail falls to both sides alike; where the mark has two colours, what is left lies along the line between them. So the line is what
these shifts have most of their spread along, its two ends are the means of two groups of them, and each pixel's colour is what lies
nearest to it between the ends. src/LiveFace.Restoration/Fit is the same, number by number.
"""
import math

import cv2
import numpy as np

INSIDE, COVERED, OUTSIDE = 128, 77, 26  # of 255, as in fit.py
NEAR, WIDE = 3, 13  # of the grid's cells: sides of boxes, laid on twice
WIDE_COUNTS, ALL_COUNTS = 3e-5, 1e-9  # beside what is near
LEAST_NEAR = 15  # of what is outside, as often as boxes hold it
FLATNESS, UNSEEN = 25.0, 375.0  # variances: one that makes no pixel count less, and what is taken where no outside is near
MOST_SAMPLES = 60_000
LINES, GROUPS, PLAIN = 4, 12, 6  # rounds; in the first of a group's all count
GROUP = 20.0  # what is so far from its group counts a quarter


def grid_of(picture, mask, step):
    """Sums over the grid's cells of what is outside: pixels, three colours, squares."""
    height, width = mask.shape
    outside = (mask < OUTSIDE).astype(np.float64)
    colours = picture.astype(np.float64) * outside[..., None]
    planes = np.concatenate([outside[..., None], colours, (colours ** 2).sum(2, keepdims=True)], 2)
    rows, columns = -(-height // step), -(-width // step)
    planes = np.pad(planes, ((0, rows * step - height), (0, columns * step - width), (0, 0)))
    return planes.reshape(rows, step, columns, step, 5).sum((1, 3))


def twice(planes, side):
    box = lambda x: cv2.boxFilter(x, cv2.CV_64F, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.stack([box(box(np.ascontiguousarray(planes[..., k]))) for k in range(planes.shape[2])], 2)


class Ground:
    """The picture around the mark: its mean on the grid, and how much a pixel there counts."""

    def __init__(self, picture, mask, step):
        self.step, cells = step, grid_of(picture, mask, step)
        near, wide, total = twice(cells, NEAR), twice(cells[..., :4], WIDE), cells.sum((0, 1))
        count = near[..., 0] + WIDE_COUNTS * wide[..., 0] + ALL_COUNTS * total[0]
        self.mean = (near[..., 1:4] + WIDE_COUNTS * wide[..., 1:4] + ALL_COUNTS * total[1:4]) / np.maximum(count, 1e-12)[..., None]
        n = np.maximum(near[..., 0], 1)
        variance = np.maximum((near[..., 4] / n - ((near[..., 1:4] / n[..., None]) ** 2).sum(2)) / 3, 0)
        self.counts = 1 / (FLATNESS + np.where(near[..., 0] >= LEAST_NEAR, variance, UNSEEN))

    def at(self, y, x):
        """The mean around pixels, between the middles of cells."""
        rows, columns = self.mean.shape[:2]
        def between(v, n):
            place = np.clip((v + 0.5) / self.step - 0.5, 0, n - 1)
            low = place.astype(int)
            return low, np.minimum(low + 1, n - 1), (place - low)[:, None]
        (top, bottom, down), (left, right, along) = between(y, rows), between(x, columns)
        above = self.mean[top, left] * (1 - along) + self.mean[top, right] * along
        under = self.mean[bottom, left] * (1 - along) + self.mean[bottom, right] * along
        return above * (1 - down) + under * down


def shifts(pixels, outside, cover, opacity):
    """a C, and the picture's own detail, of pixels."""
    part = np.maximum(cover / 255.0, COVERED / 255.0)[:, None]
    return (pixels - outside) / part + opacity * outside


def ends(picture, mask, cover, opacity, ground):
    """The two ends of the shifts' line; None where nothing is inside."""
    y, x = np.nonzero((mask >= INSIDE) & (cover >= COVERED))
    if not len(y):
        return None
    every = -(-len(y) // MOST_SAMPLES)
    y, x = y[::every], x[::every]
    counts = (cover[y, x] / 255.0) ** 2 * ground.counts[y // ground.step, x // ground.step]
    shift = shifts(picture[y, x].astype(np.float64), ground.at(y, x), cover[y, x], opacity)
    weight = counts
    for _ in range(LINES):
        share = weight / weight.sum()
        middle = share @ shift
        off = shift - middle
        along = np.linalg.eigh((off * share[:, None]).T @ off)[1][:, -1]
        at = off @ along
        beside = np.sqrt(np.maximum(((off ** 2).sum(1) - at ** 2) / 3, 0))
        weight = counts / (1 + (beside / (1.5 * float(np.median(beside)) + 1)) ** 2) ** 2
    high = math.sqrt(float(weight @ at ** 2 / weight.sum()))
    low = -high
    for turn in range(GROUPS):
        upper = np.abs(at - high) < np.abs(at - low)
        near = weight if turn < PLAIN else weight / (1 + ((at - np.where(upper, high, low)) / GROUP) ** 2) ** 2
        low, high = (float(near[some] @ at[some] / max(near[some].sum(), 1e-12)) for some in (~upper, upper))
    return middle + low * along, middle + high * along


def nearest(shift, first, second):
    """What of the line between two ends is nearest to each shift."""
    way = second - first
    part = np.clip((shift - first) @ way / max(float(way @ way), 1e-9), 0, 1)
    return first + part[:, None] * way

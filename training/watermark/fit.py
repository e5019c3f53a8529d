"""How strong a mark is and which colour it has, read off the picture; and the mark taken off.

A marked picture is J = (1 - a c) I + a c C, with coverage c, opacity a and colour C. Along the mark's edges both sides are seen: in
a small window with `inside` and `outside` means, mean(I inside) is like mean(I outside), so `inside`, brought to full coverage, is
s * outside + a C with s = 1 - a. Inside and outside are the same kind of thing, so s is the ratio of their spreads (a regression of
one on the other would make it too small: the outside is only like what is under the mark). Windows that do not fit, objects' own
edges among them, count less and less; and where a whole neighbourhood does not fit, what was taken for marked there is none of
this mark (`kept`). src/LiveFace.Restoration/Fit is the same, number by number.
"""
import math

import numpy as np
import cv2

import shades

WINDOW = 11
INSIDE, COVERED, OUTSIDE = 128, 77, 26  # of 255: mask and coverage from which a pixel is inside, mask below which it is outside
LEAST_INSIDE, LEAST_OUTSIDE, LEAST_WINDOWS = 5.0, 12, 8
MOST_PLACES = 60_000  # windows lie on a grid, of every third pixel or wider
FLATNESS = 25.0  # variance that makes no window count less
PRIOR, PRIOR_SLOPE = 20.0, 0.7  # spread and slope that are taken for granted: what a window or two must not overrule
ROUNDS = 8
SLOPES = (0.25, 0.97)
BETTER = 0.6  # of the step at the mark's edges no more than this may be left
SURE, SURE_ALONG = 0.2, 0.7  # where no more than this is left in the neighbourhood, all of the mask is kept, and where all is left, none
BETTER_FAR = 0.7  # nor more than this, with two colours that are far apart
HARDLY_APART, APART, FAR_APART = 10.0, 20.0, 30.0  # of the shifts of two colours: to keep more of the mask; to be two where one does not fit, and where it does
ALONE_WINDOWS, ALONE_OPACITY = 100, 0.2  # at least, where one colour does not fit: of less, pictures have things that look so
NEIGHBOURHOOD = 4.0  # of the grid's cells, the deviation of a bell


def step_of(shape):
    return max(3, math.ceil(math.sqrt(shape[0] * shape[1] / MOST_PLACES)))


def windows(picture, mask, cover):
    """Inside (at full coverage) and outside means of each window, three columns each; what it counts; where on the grid it lies; the grid's step."""
    step = step_of(mask.shape)
    grid = np.s_[::step, ::step]
    box = lambda x: cv2.boxFilter(x, cv2.CV_64F, (WINDOW, WINDOW), normalize=False, borderType=cv2.BORDER_CONSTANT)[grid]
    part = cover / 255.0
    inside = np.where((mask >= INSIDE) & (cover >= COVERED), part, 0.0)
    outside = (mask < OUTSIDE).astype(np.float64)
    colours = picture.astype(np.float64)
    n, m = box(inside), box(outside)
    usable = (n >= LEAST_INSIDE) & (m >= LEAST_OUTSIDE)
    n, m = n[usable], m[usable]
    mean = lambda weight, total: np.stack([box(weight * colours[..., k])[usable] / total for k in range(3)], 1)
    within, beside = mean(inside, n), mean(outside, m)
    squares = np.stack([box(outside * colours[..., k] ** 2)[usable] / m for k in range(3)], 1)
    variance = np.maximum((squares - beside ** 2).mean(1), 0)
    covered = box(inside * part)[usable] / n
    within = beside + (within - beside) / covered[:, None]
    return within, beside, np.minimum(n, m) / (FLATNESS + variance), usable, step


def possible(outside, inside):
    """The largest slope that makes a colour between 0 and 255 of these means."""
    dark, light = inside / np.maximum(outside, 1), (255 - inside) / np.maximum(255 - outside, 1)
    return float(min(dark.min(), light.min()))


def fitted(picture, mask, cover):
    """Opacity and colour (0 to 255, three) of a picture's mark, and what of the mask is its; None where none can be read off. All 8 bits."""
    within, beside, counts, usable, step = windows(picture, mask, cover)
    if len(counts) < LEAST_WINDOWS:
        return None
    weight = counts
    for _ in range(ROUNDS):
        share = weight / weight.sum()
        middle, level = share @ beside, share @ within
        spread = float(share @ ((beside - middle) ** 2).sum(1))
        spread_within = float(share @ ((within - level) ** 2).sum(1))
        together = float(share @ ((beside - middle) * (within - level)).sum(1))
        slope = math.sqrt((spread_within + PRIOR * PRIOR_SLOPE ** 2) / (spread + PRIOR)) if together > 0 else PRIOR_SLOPE
        slope = max(min(slope, SLOPES[1], possible(middle, level)), SLOPES[0])
        shift = level - slope * middle
        off = np.sqrt(((within - slope * beside - shift) ** 2).mean(1))
        far = 1.5 * float(np.median(off)) + 1
        weight = counts / (1 + (off / far) ** 2) ** 2
    opacity, before = 1 - slope, counts * np.abs(within - beside).mean(1)
    left = lambda line: counts * np.abs(within - slope * beside - line).mean(1) / slope
    one, colours = left(shift), np.clip(shift / opacity, 0, 255)
    after = one
    fits = after.sum() <= BETTER * before.sum()
    two = shades.ends(picture, mask, cover, opacity, shades.Ground(picture, mask, step))
    apart = 0 if two is None else math.sqrt(((two[1] - two[0]) ** 2).sum())
    if apart >= HARDLY_APART:
        two = [np.clip(end, 0, 255 * opacity) for end in two]
        along = left(shades.nearest(within - slope * beside, *two))
        if along.sum() <= (BETTER_FAR if apart >= FAR_APART else BETTER) * before.sum():
            after = along
            alone = len(counts) >= ALONE_WINDOWS and opacity >= ALONE_OPACITY
            if apart >= FAR_APART if fits else apart >= APART and alone:
                colours, fits = np.stack(two) / opacity, True
    if not fits:
        return None
    return opacity, colours, kept(mask, before, after, usable, step, SURE if after is one else SURE_ALONG)


def kept(mask, before, after, usable, step, sure):
    """The mask, without what lies where the steps at its edges stay when the mark is taken off. Where no edges are near, it is as it was."""
    spread = lambda values: cv2.GaussianBlur(values, (33, 33), NEIGHBOURHOOD, borderType=cv2.BORDER_CONSTANT)
    steps, left = np.zeros(usable.shape), np.zeros(usable.shape)
    steps[usable], left[usable] = before, after
    steps, left = spread(steps), spread(left)
    part = np.where(steps > 0, np.clip((1 - left / np.where(steps > 0, steps, 1)) / (1 - sure), 0, 1), 1).astype(np.float32)
    x, y = (np.arange(n, dtype=np.float32) / step for n in mask.shape[::-1])
    part = cv2.remap(part, *np.meshgrid(x, y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return (mask * part + 0.5).astype(np.uint8)


def undone(picture, mask, cover, opacity, colour):
    """The picture without the mark, where it is covered; floats. `mask` is the net's; of a mark of two colours each pixel has its own."""
    picture = picture.astype(np.float64)
    if colour.ndim == 2:
        step = step_of(mask.shape)
        y, x = np.nonzero(mask)
        shift = shades.shifts(picture[y, x], shades.Ground(picture, mask, step).at(y, x), cover[y, x], opacity)
        colour, two = np.zeros(picture.shape), colour
        colour[y, x] = shades.nearest(shift, *(two * opacity)) / opacity
    alpha = (cover / 255.0 * opacity)[..., None]
    return ((picture - alpha * colour) / (1 - alpha)).clip(0, 255)

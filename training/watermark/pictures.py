"""Pictures of a run: python3 pictures.py curves OUT/log.jsonl curves.png
                      python3 pictures.py sheet PARTS OUT/checkpoint.pt sheet.jpg [--free]

The sheet: held-out pictures marked, the mask found, the mark taken off, the original. --free takes those twelve whose licences
allow handing on (README), else the first twelve of the test set.
"""
import json
import os
import sys

import cv2
import numpy as np
import torch

import evaluate
from net import DOUBT, UnmarkNet

FREE = ("aitzgorri", "friends_by", "life_by", "picosdeeuropa", "Picture_0B", "Picture_1A", "seeding", "sunset_by", "umang", "Wine_by", "hubble", "coffee")
INK = ((60, 60, 60), (190, 90, 20), (30, 110, 200), (60, 140, 40))


def panel(canvas, box, title, lines):
    """Lines (name, [(x, y)]) on one axis, the axis labelled with its ends."""
    x0, y0, x1, y1 = box
    cv2.rectangle(canvas, (x0, y0), (x1, y1), (200, 200, 200), 1)
    cv2.putText(canvas, title, (x0, y0 - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    points = [p for _, line in lines for p in line]
    if not points:
        return
    right, low, high = max(p[0] for p in points), min(p[1] for p in points), max(p[1] for p in points)
    high = high if high > low else low + 1
    for number, (name, line) in enumerate(lines):
        at = np.array([(x0 + (x1 - x0) * x / right, y1 - (y1 - y0) * (y - low) / (high - low)) for x, y in line], np.int32)
        cv2.polylines(canvas, [at], False, INK[number], 1, cv2.LINE_AA)
        cv2.putText(canvas, name, (x0 + 8, y0 + 18 + 18 * number), cv2.FONT_HERSHEY_SIMPLEX, 0.45, INK[number], 1, cv2.LINE_AA)
    for text, place in ((f"{high:.3g}", (x1 + 4, y0 + 10)), (f"{low:.3g}", (x1 + 4, y1)), (f"{right} crops", (x1 - 90, y1 + 18))):
        cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (0, 0, 0), 1, cv2.LINE_AA)


def curves(log, path):
    rows = [json.loads(line) for line in open(log)]
    canvas = np.full((560, 1000, 3), 255, np.uint8)
    get = lambda key: [(r["crops"], r[key]) for r in rows if key in r]
    panel(canvas, (20, 40, 430, 250), "loss: mask", [("mask", get("mask"))])
    panel(canvas, (520, 40, 930, 250), "loss: coverage", [("cover", get("cover"))])
    panel(canvas, (20, 310, 430, 520), "validation: mask's overlap, what is found, what of it is right", [("overlap", get("overlap")), ("recall", get("recall")), ("precision", get("precision"))])
    panel(canvas, (520, 310, 930, 520), "validation: error of the coverage", [("error", get("cover_error"))])
    cv2.imwrite(path, canvas)


def sheet(parts, checkpoint, path, free):
    net = UnmarkNet(doubt=DOUBT)
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    method = evaluate.ours(net.eval())
    test = evaluate.TestSet(os.path.join(parts, "test.npz"), False)
    chosen = [i for i, name in enumerate(test.names) if any(f in os.path.basename(name) for f in FREE)] if free else range(len(test))
    cells = []
    for i in list(chosen)[:12]:
        marked, clean, _ = test[i]
        out, mask = method(marked, None)
        shown = [marked, np.repeat((mask * 255).astype(np.uint8)[..., None], 3, 2), out, clean]
        cells.append(np.concatenate([cv2.resize(s, (150, 150), interpolation=cv2.INTER_AREA) for s in shown], 1))
    rows = [np.concatenate(cells[i:i + 2], 1) for i in range(0, len(cells) - 1, 2)]
    cv2.imwrite(path, cv2.cvtColor(np.concatenate(rows), cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])
    print([test.names[i] for i in list(chosen)[:12]], os.path.getsize(path))


if __name__ == "__main__":
    if sys.argv[1:2] == ["curves"] and len(sys.argv) == 4:
        curves(*sys.argv[2:])
    elif sys.argv[1:2] == ["sheet"] and len(sys.argv) in (5, 6):
        torch.set_num_threads(1)
        sheet(*sys.argv[2:5], "--free" in sys.argv)
    else:
        raise SystemExit(__doc__)

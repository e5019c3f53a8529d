"""Writes the card's reference histograms: python3 reference.py PARTS PICTURES OUT/checkpoint.pt card.json

The README says what each is, and how the population stability index is taken from it.
"""
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

import evaluate
import fit
import gather
from net import DOUBT, UnmarkNet

BINS = 8
ROUNDS = 2  # each picture with this many of the held-out marks


def measures(picture, mask, cover):
    """Of one picture (RGB) and the net's mask and coverage, all 8 bits. None where nothing is marked."""
    mark = fit.fitted(picture, mask, cover)
    mask = mask if mark is None else mark[2]
    found = mask >= 128
    h, w = picture.shape[:2]
    y, x = max(0, (h - 512) // 2), max(0, (w - 512) // 2)
    luma = picture.astype(np.float64) @ (0.299, 0.587, 0.114)
    middle = luma[y:y + 512, x:x + 512]
    sharp = np.abs(np.diff(middle, axis=0)).mean() + np.abs(np.diff(middle, axis=1)).mean()
    energy = ((fit.undone(picture, mask, cover, *mark[:2]) - picture)[found] ** 2).mean() ** 0.5 if found.any() and mark else None
    return dict(mask_share=float(found.mean()), confidence=float(mask[found].mean()) / 255 if found.any() else None, residual_energy=energy,
                brightness=float(luma.mean()), sharpness=float(sharp))


def histogram(values):
    """Bins of about equal share; the first and last also hold what lies outside."""
    values = np.array([v for v in values if v is not None], float)
    if not len(values):
        raise SystemExit("reference: the net found no mark at all; it is not trained enough to be a reference.")
    edges = np.unique(np.round(np.quantile(values, np.linspace(0, 1, BINS + 1)), 6))
    if len(edges) < 3:
        edges = np.array([values.min() - 1, values.min(), values.max() + 1])
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    return dict(edges=edges.tolist(), shares=[round(float((place == i).mean()), 5) for i in range(len(edges) - 1)], count=len(values))


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    parts, pictures, checkpoint, path = sys.argv[1:]
    torch.set_num_threads(1)
    net = UnmarkNet(doubt=DOUBT)
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    net.eval()
    rows = []
    for turn in range(ROUNDS):
        test = evaluate.TestSet(os.path.join(parts, "test.npz"), lossy=turn % 2 == 1)
        test.pictures = np.roll(test.pictures, 7 * turn, axis=0)
        for i in range(len(test)):
            marked, _, _ = test[i]
            rows.append(measures(marked, *evaluate.seen(net, marked)))
    histograms = {name: histogram([r[name] for r in rows]) for name in rows[0]}
    sizes = []
    for _, picture in gather.find(pictures):
        try:
            size = Image.open(picture).size
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
        if min(size) >= 288:
            sizes.append((size[0] * size[1]) ** 0.5)
    histograms["size"] = histogram(sizes)
    card = json.load(open(path)) if os.path.exists(path) else {}
    card.update(version=1, model="watermark.onnx", mask_threshold=0.5, blend=dict(low=evaluate.LOW, high=evaluate.HIGH), histograms=histograms)
    with open(path, "w") as file:
        json.dump(card, file, indent=1)
    print({k: v["count"] for k, v in histograms.items()})


if __name__ == "__main__":
    main()

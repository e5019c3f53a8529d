"""A tiny net, trained for half a minute on made pictures and exported: python3 tiny.py OUT

`make test-training` runs it: nothing is read but fonts. It fails unless training finds marks, going on from
a checkpoint continues the same run, and writes OUT/tiny.onnx and OUT/tiny.bin for ONNX Runtime to be held to (README).
"""
import os
import random
import sys

import numpy as np
import torch

import export
import marks
from compose import Crops
from net import UnmarkNet
from train import Run, validated

WIDTHS, EYES = (8, 12, 16, 24), (8, 12)
STEPS = 300


def made(chance, n=24, side=256):
    """Pictures of slopes, discs and noise."""
    y, x = np.mgrid[0:side, 0:side] / side
    out = []
    for _ in range(n):
        wave = np.sin(x * chance.uniform(2, 30) + y * chance.uniform(2, 30))
        disc = ((x - chance.random()) ** 2 + (y - chance.random()) ** 2 < chance.uniform(0.02, 0.2)).astype(float)
        planes = [chance.random() * x + chance.random() * (1 - y) + chance.uniform(-0.3, 0.3) * wave + chance.uniform(-0.5, 0.5) * disc for _ in range(3)]
        noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 0.02, (side, side, 3))
        out.append(((np.stack(planes, 2) * 0.7 + 0.1 + noise).clip(0, 1) * 255).astype(np.uint8))
    return np.stack(out)


def step_of(run, crops, step):
    """On strong marks throughout."""
    return run.once(run.batch(crops, 0, 0.0, 1, False), 0.5)


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    chance = random.Random(5)
    painter = marks.Painter(chance, marks.fonts(["/usr/share/fonts"], "train"), "train")
    layers = [painter.layer(256) for _ in range(40)]
    crops = Crops(made(chance), np.stack([l for l, _, _ in layers]), np.array([m for _, m, _ in layers]), "cpu")
    run = Run(UnmarkNet(WIDTHS, EYES), 6e-3, "cpu")
    for step in range(STEPS):
        if step == STEPS // 2:  # from a checkpoint, as after a power cut
            run.save(os.path.join(out, "checkpoint.pt"))
            again = Run(UnmarkNet(WIDTHS, EYES), 6e-3, "cpu")
            again.load(os.path.join(out, "checkpoint.pt"), True)
            mine, its = (step_of(r, crops, step) for r in (run, again))
            if any(abs(float(mine[k] - its[k])) > 1e-4 for k in mine):
                raise SystemExit(f"tiny: going on from the checkpoint gave other losses: {mine} and {its}")
            continue
        step_of(run, crops, step)
    figures = validated(run.average, crops, "cpu", False, count=3, ease=1.0)
    print(figures)
    if figures["overlap"] < 0.5:
        raise SystemExit("tiny: training did not find the marks.")
    export.written(run.average, os.path.join(out, "tiny.onnx"))
    export.parity(run.average, os.path.join(out, "tiny.bin"))


if __name__ == "__main__":
    main()

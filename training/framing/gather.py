"""Packs pictures with masks into features: python3 gather.py PICTURES MASKS RESNET18.onnx OUT

PICTURES and MASKS hold files of the same names but for their endings. Each picture is packed as it is, mirrored, and cut and coloured
in other ways; the box is the one round the mask. OUT is an .npz: eighth (n x v x 128 x 28 x 28), sixteenth (256 x 14 x 14), mask
(28 x 28), box (4), names, folds. A picture's fold is that of its hash, so that near-duplicates stay together.
"""
import argparse
import os
import random

import numpy as np
import torch
from PIL import Image, ImageEnhance

import backbone
from net import CELLS

WAYS = 10
FOLDS = 5
LEAST = 0.3  # of the object's area that a cut leaves


def box_of(mask):
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return np.array((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1), np.float32)


def cut(mask, chance):
    """A part of the picture with most of the object in it."""
    height, width = mask.shape
    for _ in range(40):
        part = chance.uniform(0.55, 1)
        w, h = int(width * min(1, part * chance.uniform(0.85, 1.15))), int(height * min(1, part * chance.uniform(0.85, 1.15)))
        x, y = chance.randint(0, width - w), chance.randint(0, height - h)
        if mask[y:y + h, x:x + w].sum() >= max(LEAST + 0.5 * chance.random(), 0.6) * mask.sum():
            return x, y, w, h
    return 0, 0, width, height


def ways(picture, mask, chance):
    """The picture and its mask, as they are and changed."""
    yield picture, mask
    yield picture.transpose(Image.FLIP_LEFT_RIGHT), mask[:, ::-1]
    for i in range(WAYS - 2):
        x, y, w, h = cut(mask, chance)
        one, its = picture.crop((x, y, x + w, y + h)), mask[y:y + h, x:x + w]
        for change in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
            one = change(one).enhance(chance.uniform(0.7, 1.3))
        if i % 2:
            one, its = one.transpose(Image.FLIP_LEFT_RIGHT), its[:, ::-1]
        yield one, its


def hashed(picture):
    grey = np.asarray(picture.convert("L").resize((5, 4), Image.BOX)).astype(int)
    return int("".join("1" if b else "0" for b in (grey[:, 1:] > grey[:, :-1]).ravel()), 2)


def main():
    parser = argparse.ArgumentParser()
    for name in ("pictures", "masks", "backbone", "out"):
        parser.add_argument(name)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    net = backbone.load(arguments.backbone)
    names = sorted(name for name in os.listdir(arguments.pictures) if name.endswith((".jpg", ".png")))
    n, side = len(names), backbone.SIDE
    out = {
        "eighth": np.zeros((n, WAYS, 128, CELLS, CELLS), np.float16), "sixteenth": np.zeros((n, WAYS, 256, CELLS // 2, CELLS // 2), np.float16),
        "mask": np.zeros((n, WAYS, CELLS, CELLS), np.float16), "box": np.zeros((n, WAYS, 4), np.float32),
        "folds": np.zeros(n, np.int8), "names": np.array(names),
    }
    for i, name in enumerate(names):
        picture = Image.open(os.path.join(arguments.pictures, name)).convert("RGB")
        mask = np.asarray(Image.open(os.path.join(arguments.masks, os.path.splitext(name)[0] + ".png")).convert("L").resize(picture.size, Image.NEAREST)) > 127
        hash_ = hashed(picture)
        out["folds"][i] = min(hash_, 0x7FFF ^ hash_) * 2654435761 % 2**32 % FOLDS
        batch = []
        for way, (one, its) in enumerate(ways(picture, mask, random.Random(name))):
            batch.append(np.asarray(one.resize((side, side), Image.BILINEAR)))
            out["box"][i, way] = box_of(its) / np.array((one.width, one.height) * 2)
            small = Image.fromarray((its * 255).astype(np.uint8)).resize((CELLS, CELLS), Image.BOX)
            out["mask"][i, way] = np.asarray(small) / 255
        with torch.no_grad():
            eighth, sixteenth = net(backbone.prepared(np.stack(batch)))
        out["eighth"][i], out["sixteenth"][i] = eighth.numpy(), sixteenth.numpy()
        if i % 50 == 0:
            print(f"{i} of {n}", flush=True)
    np.savez(arguments.out, **out)


if __name__ == "__main__":
    main()

"""Builds the training set from a folder of public sets: parts for train.py, and held-out lists for measuring.

usage: gather.py SETS OUT [--exclude HASHES]

SETS holds one folder for each set of README.md. OUT gets NN.part (pictures as WebP with their sets' own labels, at most
57 MB each) and held-out/faces.jsonl, held-out/faceless.jsonl with their pictures, which no training sees.
"""
import argparse
import json
import os
import pickle
import random
from collections import Counter
from multiprocessing import Pool

import cv2
import numpy as np

import coded
from labels import CONVENTIONS, FACES, apply_convention
from sets import SETS, boxes_of, files_of

PART = 57_000_000
# Set, role, pictures, least boxes.
HELD_OUT = (("mask_ilc", "test", 130, 3), ("mask_ilc", "test", 60, 1), ("salty", "test", 60, 3), ("salty", "test", 60, 1),
            ("maskss", "test", 70, 3), ("maskss", "test", 40, 1), ("mask_ilc", "validation", 60, 3), ("salty", "validation", 40, 3),
            ("maskss", "validation", 30, 3), ("bsds", "faceless", 90, 0), ("in1k", "faceless", 190, 0), ("urban", "faceless", 60, 0),
            ("clothing", "faceless", 60, 0))


def difference_hash(picture):
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (9, 8), interpolation=cv2.INTER_AREA)
    return sum(int(bit) << i for i, bit in enumerate((grey[:, :-1] > grey[:, 1:]).ravel()))


def distances(hashes, one):
    apart = np.asarray(hashes, np.uint64) ^ np.uint64(one)
    return np.unpackbits(apart.view(np.uint8).reshape(-1, 8), axis=1).sum(1)


def read(job):
    name, path = job
    picture = cv2.imread(path)
    if picture is None or min(picture.shape[:2]) < 64:
        return None
    height, width = picture.shape[:2]
    scale = min(1.0, SETS[name].side / max(height, width))
    small = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA) if scale < 1 else picture
    quality = 70 if SETS[name].side > 600 else 62
    own = boxes_of(name, path, width, height)
    own = None if own is None else own * scale
    as_points = SETS[name].boxes == "points"
    # Whoever exported corrections said which of them are for validation.
    role = "validation" if name == "corrections" and os.path.basename(os.path.dirname(path)) == "validation" else "train"
    return dict(set=name, path=path, w=small.shape[1], h=small.shape[0], hash=difference_hash(picture), role=role,
                gt=None if as_points else own, points=own if as_points else None,
                webp=cv2.imencode(".webp", small, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes())


def distinct(items, excluded):
    """Drops what is near an excluded picture or looks like one that came before it."""
    kept, hashes = [], []
    for item in items:
        near = excluded and distances(excluded, item["hash"]).min() <= 6
        if near or hashes and distances(hashes, item["hash"]).min() <= 4:
            continue
        kept.append(item)
        hashes.append(item["hash"])
    return kept


def hold_out(items, chance):
    """Gives roles, and drops training pictures that look like one that is held out."""
    for name, role, count, least in HELD_OUT:
        free = [i for i in items if i["set"] == name and i["role"] == "train"
                and (least == 0 or i["gt"] is not None and len(i["gt"]) >= least and min(i["w"], i["h"]) >= 240)]
        chance.shuffle(free)
        for item in free[:count]:
            item["role"] = role
    held = [i["hash"] for i in items if i["role"] != "train"]
    return [i for i in items if i["role"] != "train" or distances(held, i["hash"]).min() > 6]


def mixed(items, chance):
    """All sets at the same pace, so that each part is like the whole."""
    chance.shuffle(items)
    total, count, keys = Counter(i["set"] for i in items), Counter(), []
    for item in items:
        count[item["set"]] += 1
        keys.append((count[item["set"]] / total[item["set"]], item))
    return [item for _, item in sorted(keys, key=lambda pair: pair[0])]


def write_parts(items, out):
    part, size, number = [], 0, 0
    for item in [*items, None]:
        if item is None or size + len(item["webp"]) > PART:
            number += 1
            path = os.path.join(out, f"{number:02}.part")
            with open(path + ".tmp", "wb") as file:
                pickle.dump(part, file)
            os.replace(path + ".tmp", path)
            part, size = [], 0
        if item is not None:
            part.append({k: item.get(k) for k in ("set", "of", "crop", "w", "h", "gt", "points", "webp", "id", "role")})
            size += len(item["webp"])
    print(number, "parts")


def write_held_out(items, out, role, name):
    folder = os.path.join(out, "held-out", "pictures")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(out, "held-out", name + ".jsonl"), "w") as file:
        for item in items:
            if item["role"] != role:
                continue
            path = f"pictures/{item['set']}_{item['id']}.jpg"
            picture = cv2.resize(cv2.imread(item["path"]), (item["w"], item["h"]), interpolation=cv2.INTER_AREA)
            cv2.imwrite(os.path.join(out, "held-out", path), picture, [cv2.IMWRITE_JPEG_QUALITY, 93])
            boxes = apply_convention(item["gt"], np.array(CONVENTIONS[item["set"]])) if item["set"] in FACES else np.zeros((0, 4))
            rows = [[round(float(v), 1) for v in (b[0], b[1], b[2] - b[0], b[3] - b[1])] for b in boxes]
            file.write(json.dumps(dict(file=path, faces=rows, ignore=[])) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets")
    parser.add_argument("out")
    parser.add_argument("--exclude", help="a file of difference hashes, one hexadecimal number a line, that must not come in")
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    cv2.setNumThreads(1)
    chance, jobs = random.Random(7), []
    for name, how in SETS.items():
        paths = files_of(a.sets, name)
        (random.Random(name) if how.late else chance).shuffle(paths)
        jobs += [(name, path) for path in paths[:how.most]]
    with Pool() as pool:
        items = [item for item in pool.imap(read, jobs, chunksize=8) if item is not None]
    excluded = [int(line, 16) for line in open(a.exclude)] if a.exclude else []
    items = hold_out(distinct(items, excluded), chance)
    for number, item in enumerate(items):
        item["id"] = number
    print(sorted(Counter((i["set"], i["role"]) for i in items).items()))
    train = mixed([i for i in items if i["role"] == "train"], chance)
    write_parts([i for i in items if i["role"] == "validation"] + train + coded.frames(train, chance, len(items)), a.out)
    write_held_out(items, a.out, "test", "faces")
    write_held_out(items, a.out, "faceless", "faceless")


if __name__ == "__main__":
    main()

"""Packs pictures and drawn marks into parts: python3 gather.py PICTURES PARTS [--fonts FOLDER ...]

PICTURES holds pictures, in one folder for each set. Held out: the sets of HELD_OUT, and a quarter of the other pictures that are
large enough; nothing in training is within six bits of difference hash of a held-out picture. Parts, each below 57 MB:
  pictures-NNN.npy  uint8 n x 256 x 256 x 3, RGB        marks-NNN.npz  layers (n x 256 x 256 x 4), mono (n)
  test.npz          pictures (n x 512 x 512 x 3), names, layers (n x 512 x 512 x 4), mono, layouts, opacity, colours, modes, quality
  gathered.json     how many pictures of each set, for the card
"""
import argparse
import hashlib
import json
import os
import random
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from PIL import Image, ImageOps

import compose
import marks

SIDE, TEST_SIDE, PART = 256, 512, 280
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
HELD_OUT = ("lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "skimage")
NEAR = 6
Image.MAX_IMAGE_PIXELS = 60_000_000


def stayed(root):
    """Of what people corrected (an export out of /admin, unpacked into `corrections`) the pictures on which a mark is: nothing to put marks on."""
    found = set()
    for part in ("train", "validation"):
        path = os.path.join(root, "corrections", "annotations", part + ".json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                coco = json.load(file)
            marks = {c["id"] for c in coco["categories"] if c["name"] == "watermark"}
            bare = {i["id"]: os.path.basename(i["file_name"]) for i in coco["images"]}
            found |= {bare[a["image_id"]] for a in coco["annotations"] if a["category_id"] in marks}
    return found


def find(root):
    """(set, path) of every picture, in order; small versions that a set holds beside the large ones are left out."""
    left_out = stayed(root)
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            low = name.lower()
            if name in left_out and os.path.relpath(folder, root).split(os.sep)[0] == "corrections":
                continue
            if low.endswith(ENDINGS) and "_lr." not in low and "screenshot" not in low and "srf_2" not in low and "srf_8" not in low:
                path = os.path.join(folder, name)
                yield os.path.relpath(path, root).split(os.sep)[0], path


def opened(path):
    picture = ImageOps.exif_transpose(Image.open(path))
    return picture.convert("RGB")


def looked(entry):
    """Size and 64-bit difference hash; None where the file is no picture, or too small."""
    name, path = entry
    try:
        picture = opened(path)
    except (OSError, ValueError, Image.DecompressionBombError) as fault:
        print(f"{path}: passed over ({fault})", flush=True)
        return None
    if min(picture.size) < 288:
        return None
    grey = np.asarray(picture.convert("L").resize((9, 8), Image.BOX)).astype(int)
    return name, path, picture.size, int("".join("1" if b else "0" for b in (grey[:, 1:] > grey[:, :-1]).ravel()), 2)


def is_test(name, path, size):
    if name in HELD_OUT:
        return True
    return min(size) >= TEST_SIDE and int(hashlib.sha256(os.path.basename(path).encode()).hexdigest(), 16) % 4 == 0


def crops(entry):
    """Crops of one training picture, at scales between its own and that at which a crop is most of it."""
    path, count = entry
    chance = random.Random(path)
    picture = opened(path)
    if min(picture.size) > 1440:
        scale = 1440 / min(picture.size)
        picture = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.LANCZOS)
    out = []
    for _ in range(count):
        least = 272 / min(picture.size)
        scale = min(1.0, least ** chance.uniform(0.15, 1))
        sized = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.LANCZOS) if scale < 1 else picture
        x, y = chance.randrange(sized.width - SIDE + 1), chance.randrange(sized.height - SIDE + 1)
        crop = np.asarray(sized.crop((x, y, x + SIDE, y + SIDE)))
        if crop.std() > 6 or chance.random() < 0.2:
            out.append(crop)
    return out


def layers(job):
    """Two windows of each of some drawn layers, of pictures of 384 to 1024 pixels."""
    seed, count, folders = job
    chance = random.Random(seed)
    painter = marks.Painter(chance, marks.fonts(folders, "train"), "train")
    out, mono = [], []
    while len(out) < count:
        layer, one, _ = painter.layer(chance.choice((384, 512, 512, 640, 768, 1024)))
        for _ in range(2):
            for _ in range(8):
                x, y = (chance.randrange(layer.shape[0] - SIDE + 1) for _ in range(2))
                window = layer[y:y + SIDE, x:x + SIDE]
                if (window[..., 3] > 20).mean() > 0.015:
                    out.append(window)
                    mono.append(one)
                    break
    return np.stack(out[:count]), np.array(mono[:count])


def test_set(entries, folders, most, where):
    """Held-out pictures of 512 x 512, each with a held-out mark: what evaluate.py measures on."""
    chance = random.Random(20)
    painter = marks.Painter(chance, marks.fonts(folders, "test"), "test")
    rows = {k: [] for k in ("pictures", "names", "layers", "mono", "layouts", "opacity", "colours", "modes", "quality")}
    for number, (name, path, _, _) in enumerate(entries[:most]):
        picture = ImageOps.fit(opened(path), (TEST_SIDE, TEST_SIDE), Image.LANCZOS) if number % 2 or name in HELD_OUT else cut(opened(path), chance)
        layer, mono, layout = painter.layer(TEST_SIDE)
        while (layer[..., 3] > 20).mean() < 0.01:
            layer, mono, layout = painter.layer(TEST_SIDE)
        band = number % 4  # opacity 10-22, 22-35, 35-47, 47-60 %
        opacity = 0.1 + 0.125 * (band + chance.random())
        colour = compose.colours(1, chance_of=chance)[0].numpy()
        for key, value in zip(rows, (np.asarray(picture), f"{name}/{os.path.basename(path)}", layer, mono, layout, opacity, colour,
                                     chance.choices((0, 1, 2), (90, 5, 5))[0], chance.choice((80, 85, 90, 95)))):
            rows[key].append(value)
    np.savez_compressed(where, **{k: np.array(v) for k, v in rows.items()})
    return len(rows["names"])


def cut(picture, chance):
    x, y = chance.randrange(picture.width - TEST_SIDE + 1), chance.randrange(picture.height - TEST_SIDE + 1)
    return picture.crop((x, y, x + TEST_SIDE, y + TEST_SIDE))


def main():
    parser = argparse.ArgumentParser(description="Packs pictures and drawn marks into parts.")
    parser.add_argument("pictures")
    parser.add_argument("parts")
    parser.add_argument("--fonts", nargs="+", default=["/usr/share/fonts"])
    parser.add_argument("--marks", type=int, default=2800)
    parser.add_argument("--crops", type=int, default=4200)
    parser.add_argument("--test", type=int, default=96)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.makedirs(options.parts, exist_ok=True)
    with ProcessPoolExecutor(options.workers) as pool:
        seen = [s for s in pool.map(looked, list(find(options.pictures)), chunksize=16) if s]
        test, train = [s for s in seen if is_test(*s[:3])], [s for s in seen if not is_test(*s[:3])]
        if not train or not test:
            raise SystemExit("gather: need pictures of at least 288 pixels to train on, and some of at least 512 pixels to hold out.")
        near = lambda a, others: any(bin(a ^ b).count("1") <= NEAR for b in others)
        hashes = [s[3] for s in test]
        kept = [s for s in train if not near(s[3], hashes)]
        random.Random(1).shuffle(kept)
        # Large pictures give more crops.
        wished = [(s[1], max(1, min(8, s[2][0] * s[2][1] // 130_000))) for s in kept]
        total, packed, made = 0, [], 0
        scale = min(1.0, options.crops / sum(w for _, w in wished))
        chance = random.Random(3)
        jobs = [(p, int(w * scale + chance.random())) for p, w in wished]
        for some in pool.map(crops, [j for j in jobs if j[1]], chunksize=4):
            packed += some
            while len(packed) >= PART:
                np.save(os.path.join(options.parts, f"pictures-{made:03d}.npy"), np.stack(packed[:PART]))
                packed, made, total = packed[PART:], made + 1, total + PART
        # The last part is what training is validated on, so there are two at least.
        rest = [packed] if made else [packed[:-len(packed) // 4], packed[-len(packed) // 4:]]
        for some in rest:
            if some:
                np.save(os.path.join(options.parts, f"pictures-{made:03d}.npy"), np.stack(some))
                made, total = made + 1, total + len(some)
        jobs = [(100 + i, min(350, options.marks - 350 * i), options.fonts) for i in range((options.marks + 349) // 350)]
        for number, (layer, mono) in enumerate(pool.map(layers, jobs)):
            np.savez_compressed(os.path.join(options.parts, f"marks-{number:03d}.npz"), layers=layer, mono=mono)
        first = [s for s in test if s[0] in HELD_OUT]
        rest = [s for s in test if s[0] not in HELD_OUT]
        random.Random(2).shuffle(rest)
        held = test_set(first + rest, options.fonts, options.test, os.path.join(options.parts, "test.npz"))
        print(f"{len(kept)} pictures to train on, {len(train) - len(kept)} near a held-out one left out, {held} held out", flush=True)
    count = lambda rows: {n: sum(r[0] == n for r in rows) for n in sorted({r[0] for r in rows})}
    summary = dict(train=count(kept), held_out=count(test), crops=total, marks=options.marks, test=held,
                   fonts=len(marks.fonts(options.fonts, "train")), test_fonts=len(marks.fonts(options.fonts, "test")))
    with open(os.path.join(options.parts, "gathered.json"), "w") as file:
        json.dump(summary, file, indent=1)
    print(json.dumps(summary))


if __name__ == "__main__":
    main()

"""Packs parts for a way that takes little: python3 carry.py pack PARTS OUT [--most 50000000], and there carry.py unpack OUT PARTS

Pictures travel as JPEG of quality 95 with colour at full size, an eighth of what they are; marks as they are. OUT gets NN.tar of at most
`most` bytes each. `unpack` takes what has come; what is unpacked already stays.
"""
import argparse
import glob
import io
import os
import tarfile
from multiprocessing import Pool

import numpy as np
from PIL import Image


def coded(picture):
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


def decoded(data):
    return np.asarray(Image.open(io.BytesIO(data)))


def packed(path):
    """The name and bytes of what travels for one part."""
    name = os.path.basename(path)
    if name.startswith("marks"):
        with open(path, "rb") as file:
            return name, file.read()
    out = io.BytesIO()
    np.savez(out, *(np.frombuffer(coded(p), np.uint8) for p in np.load(path)))
    return name + ".jpegs", out.getvalue()


def unpacked(job):
    name, data, parts = job
    path = os.path.join(parts, name.removesuffix(".jpegs"))
    if name.endswith(".jpegs"):
        with np.load(io.BytesIO(data)) as some:
            np.save(path, np.stack([decoded(some[key].tobytes()) for key in some.files]))
    else:
        with open(path, "wb") as file:
            file.write(data)


def pack(parts, out, most):
    os.makedirs(out, exist_ok=True)
    number, size, tar = 0, most, None
    with Pool() as pool:
        for name, data in pool.imap(packed, sorted(glob.glob(os.path.join(parts, "marks-*.npz")) + glob.glob(os.path.join(parts, "pictures-*.npy")))):
            if size + len(data) > most:
                if tar:
                    tar.close()
                number, size = number + 1, 0
                tar = tarfile.open(os.path.join(out, f"{number:02}.tar"), "w")
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
            size += len(data) + 1024
    if tar:
        tar.close()


def unpack(out, parts):
    os.makedirs(parts, exist_ok=True)
    jobs = []
    for path in sorted(glob.glob(os.path.join(out, "*.tar"))):
        with tarfile.open(path) as tar:
            jobs += [(m.name, tar.extractfile(m).read(), parts) for m in tar if not os.path.exists(os.path.join(parts, os.path.basename(m.name).removesuffix(".jpegs")))]
    with Pool() as pool:
        pool.map(unpacked, jobs, chunksize=1)


def main():
    parser = argparse.ArgumentParser(description="Packs parts for a way that takes little.")
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--most", type=int, default=50_000_000)
    options = parser.parse_args()
    if options.what == "pack":
        pack(options.source, options.target, options.most)
    else:
        unpack(options.source, options.target)


if __name__ == "__main__":
    main()

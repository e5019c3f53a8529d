"""The sets: which files of a folder belong to each, how large they are kept, how many, and what boxes they have."""
import functools
import glob
import os
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import numpy as np

import corrections

ENDINGS = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Set:
    folders: tuple  # under the folder that is given on the command line
    most: int       # pictures at most
    side: int       # the longer side in pixels at most
    boxes: str = ""  # "voc", "yolo", "heads" (YOLO, classes 0 and 1), "points", "corrections"
    late: bool = False  # came after the first weights: drawn by itself, so that what the others hold out stays as it was


SETS = {
    # The COCO export of /admin, unpacked: optional, like each of the others.
    "corrections": Set(("corrections/train", "corrections/validation"), 20000, 960, "corrections"),
    "mask_ilc": Set(("mask_ilc/JPEGImages",), 1740, 800, "voc"),
    "maskss": Set(("maskon/archive/images",), 853, 640, "voc"),
    "maskon": Set(("maskon/archive/images",), 700, 448, "voc"),
    "salty": Set(("salty/Face-Detection-2",), 1773, 800, "yolo"),
    "daniyal": Set(("daniyal/dataset",), 900, 512, "yolo"),
    "darun": Set(("darun/dataset",), 900, 512, "yolo"),
    "az1zt": Set(("az1zt/dataset",), 1442, 960, "yolo"),
    "shA": Set(("shanghai/part_A",), 482, 960, "points"),
    "shB": Set(("shanghai/part_B",), 716, 960, "points"),
    "ccp": Set(("ccp/photos",), 1100, 640),
    "helmet": Set(("helmet/dataset",), 1100, 640, "heads"),
    "rmfd": Set(("rmfd",), 600, 512),
    "fossasia": Set(("fossasia18", "fossasia19"), 1070, 1024),
    "clothing": Set(("clothing",), 900, 384),
    "bsds": Set(("bsds",), 500, 481),
    "in1k": Set(("in1k",), 1000, 448),
    "urban": Set(("urban/data/Urban100", "urban/data/Sun-Hays80"), 180, 640),
    "ecssd": Set(("ecssd/data/images",), 1000, 400, late=True),
    "plates": Set(("plates/endtoend",), 480, 640, late=True),
    "text": Set(("text/End2End/TestSet/Imgs",), 500, 640, late=True),
    "keypoints": Set(("keypoints/data/training",), 700, 448, late=True),
}


def files_of(root, name):
    """The set's pictures; of the augmented copies in a Roboflow export only the first."""
    known = {}
    for folder in SETS[name].folders:
        for path in sorted(glob.glob(os.path.join(root, folder, "**", "*"), recursive=True)):
            base = os.path.basename(path)
            if not path.lower().endswith(ENDINGS) or "augmented_image_" in base:
                continue
            if name in ("maskss", "maskon") and ("maksss" in base) != (name == "maskss"):
                continue
            if name == "urban" and "HR" not in path or name == "fossasia" and os.path.getsize(path) < 20000:
                continue
            known.setdefault(os.path.join(os.path.dirname(path) if ".rf." not in base else "", base.split(".rf.")[0]), path)
    return list(known.values())


def boxes_of(name, path, width, height):
    """The set's own boxes (left, top, right, bottom) or points in pixels of the file; None where there are none."""
    how = SETS[name].boxes
    if how == "voc":
        return voc(path.replace("/JPEGImages/", "/annotations/").replace("/images/", "/annotations/").rsplit(".", 1)[0] + ".xml", width, height)
    if how in ("yolo", "heads"):
        return yolo(path.replace("/images/", "/labels/").rsplit(".", 1)[0] + ".txt", width, height, "01" if how == "heads" else None)
    if how == "corrections":
        folder, base = os.path.dirname(os.path.dirname(path)), os.path.basename(path)
        return np.array(corrected(folder)[base], np.float32).reshape(-1, 4)
    if how == "points":
        return points(path.replace("/images/", "/ground-truth/").replace("IMG_", "GT_IMG_").rsplit(".", 1)[0] + ".mat")
    return None


@functools.cache
def corrected(folder):
    """The faces of each file of an export."""
    return {os.path.basename(picture["path"]): picture["faces"] for picture in corrections.read(folder)}


def voc(path, width, height):
    if not os.path.exists(path):
        return None
    root = ElementTree.parse(path).getroot()
    written = [float(root.findtext(f"size/{side}") or 0) for side in ("width", "height")]
    scale = [real / own if own > 0 else 1.0 for real, own in zip((width, height), written)] * 2
    rows = [[float(box.findtext(key)) * s for key, s in zip(("xmin", "ymin", "xmax", "ymax"), scale)] for box in root.iter("bndbox")]
    return np.array(rows, np.float32).reshape(-1, 4)


def yolo(path, width, height, classes):
    if not os.path.exists(path):
        return None
    rows = []
    with open(path) as file:
        for line in file:
            label, *numbers = line.split()
            n = [float(number) for number in numbers]
            if classes and label not in classes:
                continue
            if len(n) == 4:
                rows.append([n[0] - n[2] / 2, n[1] - n[3] / 2, n[0] + n[2] / 2, n[1] + n[3] / 2])
            elif len(n) > 5:  # an outline
                rows.append([min(n[::2]), min(n[1::2]), max(n[::2]), max(n[1::2])])
    return np.array(rows, np.float32).reshape(-1, 4) * np.array([width, height] * 2, np.float32)


def points(path):
    from scipy.io import loadmat
    return loadmat(path)["image_info"][0, 0][0, 0][0].astype(np.float32) if os.path.exists(path) else None

"""Reads what people corrected and a reviewer accepted: the COCO export of LiveFace's /admin, unpacked into a folder.

usage: corrections.py EXPORT   checks it, and prints what it has as JSON
"""
import json
import os
import sys

FACE = "face"
PARTS = ("train", "validation")


def read(folder):
    """The pictures of an export: id, path, role, width, height, and the faces as left, top, right, bottom in pixels."""
    pictures = []
    for part in PARTS:
        with open(os.path.join(folder, "annotations", part + ".json"), encoding="utf-8") as file:
            coco = json.load(file)
        names = {category["id"]: category["name"] for category in coco["categories"]}
        known = {}
        for image in coco["images"]:
            path = os.path.join(folder, part, os.path.basename(image["file_name"]))
            if not os.path.exists(path):
                raise SystemExit(f"{path} is missing: unpack the export again.")
            known[image["id"]] = dict(id=os.path.splitext(image["file_name"])[0], path=path, role=part, width=image["width"],
                                      height=image["height"], faces=[], delete_by=image["delete_by"])
        for annotation in coco["annotations"]:
            picture = known.get(annotation["image_id"])
            if picture is None or annotation["category_id"] not in names:
                raise SystemExit(f"annotation {annotation['id']} of {part}.json belongs to no picture or no category.")
            left, top, width, height = annotation["bbox"]
            if not (width > 0 and height > 0 and left + width <= picture["width"] + 1 and top + height <= picture["height"] + 1):
                raise SystemExit(f"annotation {annotation['id']} of {part}.json is no box within its picture.")
            if names[annotation["category_id"]] == FACE:
                picture["faces"].append([left, top, left + width, top + height])
        pictures += known.values()
    return pictures


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    pictures = read(sys.argv[1])
    print(json.dumps(dict(pictures=pictures)))


if __name__ == "__main__":
    main()

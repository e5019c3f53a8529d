"""Writes the net's card: python3 card.py DATA OUT framing.card.json"""
import json
import os
import sys

import numpy as np


def lines(folder, name):
    path = os.path.join(folder, name + ".jsonl")
    return [json.loads(line) for line in open(path)] if os.path.exists(path) else []


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    data, out, card = sys.argv[1:]
    packed = np.load(data)
    done = [line for line in lines(out, "final") if line.get("done")][-1]
    folds = lines(out, "folds")
    facts = {
        "version": 1, "model": "framing", "held_out_figures": {name: done[name] for name in ("pictures", "mean", "half", "missed")},
        "by_certainty": done["by_certainty"], "settings": done["settings"], "search": lines(out, "search"), "folds": folds, "curve": lines(out, "curve"),
        "held_out": [str(name) for name, fold in zip(packed["names"], packed["folds"]) if fold == 0],
    }
    with open(card, "w") as file:
        json.dump(facts, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()

"""Trains the framing net on packed features.

python3 train.py DATA OUT search [--runs 8]     tries settings on one fold, each line of OUT/search.jsonl one of them
python3 train.py DATA OUT folds                 each fold held out in turn: OUT/folds.jsonl
python3 train.py DATA OUT curve                 the error by how many pictures there are: OUT/curve.jsonl
python3 train.py DATA OUT final                 fold 0 held out: OUT/framing.pt; with --stage RESNET18.onnx, the backbone's last stage is trained too

DATA are files of gather.py. Every run goes on where one of its lines is missing, and the same seed gives the same lines.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch

import backbone
from gather import FOLDS
from net import Framing, losses, overlap

SEED = 7
USUAL = {"width": 64, "rate": 0.002, "decay": 0.01, "drop": 0.1, "map": 1.0, "box": 2.0, "edges": 1.0, "epochs": 8, "batch": 16}
CHOICES = {"width": (32, 48, 64), "rate": (0.001, 0.002, 0.004), "decay": (0.01, 0.05), "drop": (0.0, 0.1, 0.2), "map": (0.5, 1.0, 2.0), "box": (1.0, 2.0, 4.0)}


class Packed:
    def __init__(self, paths):
        parts = [np.load(path) for path in paths]
        join = lambda name: np.concatenate([part[name] for part in parts])
        self.eighth, self.sixteenth, self.mask, self.box, self.folds, self.names = (
            torch.from_numpy(join("eighth")), torch.from_numpy(join("sixteenth")), torch.from_numpy(join("mask")),
            torch.from_numpy(join("box")), join("folds"), join("names"))
        self.ways = self.eighth.shape[1]
        if len(set(self.folds.tolist())) < FOLDS:
            raise SystemExit(f"train: {len(self.names)} pictures leave one of {FOLDS} folds empty; more are needed.")

    def batch(self, pictures, ways):
        return tuple(part[pictures, ways].float() for part in (self.eighth, self.sixteenth, self.mask, self.box))


def measure(net, data, pictures):
    """Overlaps, and how sure the net was of each: pictures as they are."""
    net.eval()
    overlaps, sures = [], []
    with torch.no_grad():
        for i in range(0, len(pictures), 50):
            some = torch.as_tensor(pictures[i:i + 50])
            eighth, sixteenth, _, box = data.batch(some, torch.zeros_like(some))
            _, found, sure = net(eighth, sixteenth)
            overlaps.append(overlap(found, box))
            sures.append(torch.sigmoid(sure))
    return torch.cat(overlaps).numpy(), torch.cat(sures).numpy()


def figures(overlaps):
    return {"pictures": len(overlaps), "mean": round(float(overlaps.mean()), 4), "half": round(float((overlaps >= 0.5).mean()), 4), "missed": round(float((overlaps < 0.3).mean()), 4)}


def train(data, settings, pictures, stage=None, seed=SEED, say=None):
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = Framing(settings["width"], stage)
    mine = [p for name, p in net.named_parameters() if not name.startswith("stage.")]
    groups = [{"params": mine, "top": settings["rate"]}]
    if stage is not None:
        groups.append({"params": list(stage.parameters()), "top": settings["rate"] / 10})
    optimizer = torch.optim.AdamW(groups, lr=settings["rate"], weight_decay=settings["decay"])
    steps = math.ceil(settings["epochs"] * len(pictures) * data.ways / settings["batch"])
    order, started = [], time.time()
    for step in range(steps):
        progress = step / steps
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
        if len(order) < settings["batch"]:
            order = [(picture, way) for picture in pictures for way in range(data.ways)]
            chance.shuffle(order)
        some, order = order[:settings["batch"]], order[settings["batch"]:]
        eighth, sixteenth, mask, box = data.batch(torch.tensor([p for p, _ in some]), torch.tensor([w for _, w in some]))
        if settings["drop"] > 0:
            eighth = torch.nn.functional.dropout2d(eighth, settings["drop"])
            sixteenth = torch.nn.functional.dropout2d(sixteenth, settings["drop"])
        net.train()
        parts, _ = losses(*net(eighth, sixteenth), mask[:, None], box)
        loss = sum(settings.get(name, 1.0) * part for name, part in parts.items())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        if say and step % 100 == 0:
            say({"step": step, "of": steps, "seconds": round(time.time() - started, 1), **{name: round(float(part), 4) for name, part in parts.items()}})
    return net


def known(path):
    return [json.loads(line) for line in open(path)] if os.path.exists(path) else []


def add(path, line):
    with open(path, "a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)


def settings_of(run):
    chance = random.Random(SEED + run)
    return USUAL if run == 0 else {**USUAL, **{name: chance.choice(values) for name, values in CHOICES.items()}}


def best(out):
    lines = known(os.path.join(out, "search.jsonl"))
    return max(lines, key=lambda line: line["mean"])["settings"] if lines else USUAL


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", help="one file, or several with commas")
    parser.add_argument("out")
    parser.add_argument("what", choices=("search", "folds", "curve", "final"))
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--stage")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    os.makedirs(arguments.out, exist_ok=True)
    data = Packed(arguments.data.split(","))
    held = lambda fold: [int(i) for i in np.flatnonzero(data.folds == fold)]
    rest = lambda fold: [int(i) for i in np.flatnonzero(data.folds != fold)]
    path = os.path.join(arguments.out, arguments.what + ".jsonl")
    shorter = {"epochs": arguments.epochs} if arguments.epochs else {}
    if arguments.what == "search":  # on fold 1: fold 0 is kept for the last word
        inner = [i for i in rest(1) if data.folds[i] != 0]
        for run in range(len(known(path)), arguments.runs):
            settings = {**settings_of(run), **shorter}
            add(path, {"run": run, "settings": settings, **figures(measure(train(data, settings, inner), data, held(1))[0])})
    elif arguments.what == "folds":
        for fold in range(len(known(path)), FOLDS):
            settings = {**best(arguments.out), **shorter}
            add(path, {"fold": fold, "settings": settings, **figures(measure(train(data, settings, rest(fold)), data, held(fold))[0])})
    elif arguments.what == "curve":
        for share in (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1)[len(known(path)):]:
            some = random.Random(SEED).sample(rest(0), round(share * len(rest(0))))
            settings = {**best(arguments.out), **shorter}
            settings["epochs"] = settings["epochs"] / share**0.5
            add(path, {"trained_on": len(some), **figures(measure(train(data, settings, some), data, held(0))[0])})
    else:
        stage = backbone.load(arguments.stage).stages[2] if arguments.stage else None
        settings = {**best(arguments.out), **shorter}
        net = train(data, settings, rest(0), stage, say=lambda line: add(path, line))
        overlaps, sures = measure(net, data, held(0))
        torch.save({"net": net.state_dict(), "settings": settings}, os.path.join(arguments.out, "framing.pt"))
        table = [(round(a / 10, 1), int(inside.sum()), round(float((overlaps[inside] >= 0.5).mean()), 3)) for a in range(10) if (inside := (sures >= a / 10) & (sures < (a + 1) / 10)).any()]
        add(path, {"done": True, "settings": settings, **figures(overlaps), "by_certainty": table})


if __name__ == "__main__":
    main()

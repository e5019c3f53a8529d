"""Trains the net: python3 train.py PARTS OUT [--seconds 3600 | --steps N] [--init checkpoint.pt] [--plain]

Goes on from OUT/checkpoint.pt where there is one, to the same end. The schedule follows the seconds spent in training, or, with
--steps, the steps, which makes a run the same each time. Writes OUT/checkpoint.pt and OUT/log.jsonl.
"""
import argparse
import copy
import glob
import json
import math
import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F

from compose import Crops
from loss import losses
from net import PlainNet, UnmarkNet

SEED = 7
SIDES = ((0.75, ((96, 14), (128, 8))), (1.0, ((128, 8), (192, 4), (256, 2))))  # until a part of the run, in turn
SLOWLY = 0.1  # of the rate: what had learned to see before
EASY = 0.7  # of the run: strong and white marks at first, so that the net soon learns to see marks at all


def load(parts, device):
    """Crops to train on, and crops to validate on: the last part of each kind."""
    pictures = [np.load(p) for p in sorted(glob.glob(os.path.join(parts, "pictures-*.npy")))]
    marks = [np.load(p) for p in sorted(glob.glob(os.path.join(parts, "marks-*.npz")))]
    if len(pictures) < 2 or len(marks) < 2:
        raise SystemExit(f"train: {parts} holds fewer than two parts of each kind; gather.py makes them.")
    join = lambda p, m: Crops(np.concatenate(p), np.concatenate([x["layers"] for x in m]), np.concatenate([x["mono"] for x in m]), device)
    return join(pictures[:-1], marks[:-1]), join(pictures[-1:], marks[-1:])


def rate(progress, step, top):
    """Linear for 50 steps, then a half cosine to a fiftieth."""
    return top * min(1.0, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def averaged(average, net, step):
    """Exponential moving average of weights and of batch normalisation's statistics."""
    keep = min(0.998, (step + 1) / (step + 20))
    with torch.no_grad():
        for mine, its in zip(average.state_dict().values(), net.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(its, 1 - keep)
            else:
                mine.copy_(its)


def freeze(net):
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()


class Run:
    def __init__(self, net, top, device):
        self.net, self.average, self.top, self.device = net.to(device), copy.deepcopy(net).to(device), top, device
        eyes = set(self.net.eyes.parameters()) if hasattr(self.net, "eyes") else set()
        groups = [dict(params=[p for p in self.net.parameters() if p.requires_grad and (p in eyes) == slow], pace=SLOWLY if slow else 1.0) for slow in (False, True)]
        self.optimiser = torch.optim.AdamW([g for g in groups if g["params"]], lr=top, weight_decay=1e-4)
        self.step, self.spent, self.crops = 0, 0.0, 0

    def save(self, path):
        state = dict(net=self.net.state_dict(), average=self.average.state_dict(), optimiser=self.optimiser.state_dict(),
                     step=self.step, spent=self.spent, crops=self.crops)
        torch.save(state, path + ".new")
        os.replace(path + ".new", path)

    def load(self, path, whole):
        state = torch.load(path, map_location=self.device)
        self.net.load_state_dict(state["net" if whole else "average"])
        self.average.load_state_dict(state["average"])
        if whole:
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.spent, self.crops = state["step"], state["spent"], state["crops"]

    def batch(self, crops, ahead, progress, larger, plain, least=0.0):
        """The batch of the step that comes after `ahead` others."""
        sides = next(sides for end, sides in SIDES if progress < end)
        side, n = (128, 8) if plain else sides[(self.step + ahead) % len(sides)]
        return crops.batch(n * larger, side, SEED * 1_000_003 + self.step + ahead, max(least, 1 - progress / EASY))

    def once(self, batch, progress, plain=False):
        """One step; returns the losses by name."""
        marked, clean, mask, cover = batch
        self.net.train()
        if progress > 0.8:
            freeze(self.net)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(progress, self.step, self.top) * group["pace"]
        layout = torch.channels_last
        if plain:
            parts = dict(picture=(self.net(marked.contiguous(memory_format=layout)) - clean).abs().mean() * 10)
        else:
            with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
                seen = self.net.parts(marked.contiguous(memory_format=layout))
            parts = losses(*(x.float() for x in seen), mask, cover)
        total = sum(parts.values())
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        if torch.isfinite(norm):
            self.optimiser.step()
        averaged(self.average, self.net, self.step)
        self.step, self.crops = self.step + 1, self.crops + len(marked)
        return {k: v.detach() for k, v in parts.items()}


def validated(net, crops, device, plain, count=8, ease=0.0):
    """On crops that are the same each time: the mask's overlap, of it marked and missed, and the coverage's error; the peer's is the picture's."""
    net.eval()
    sums = dict(inside=0.0, found=0.0, marked=0.0, cover=0.0, error=0.0, before=0.0, n=0)
    with torch.no_grad():
        for number in range(count):
            marked, clean, mask, cover = crops.batch(4, 256 if not plain else 128, 10_000 + number, ease)
            if plain:
                sums["error"] += ((net(marked) - clean) ** 2).sum().item()
                sums["before"] += ((marked - clean) ** 2).sum().item()
                sums["n"] += clean.numel()
                continue
            found, covered = net(marked)
            found = (found > 0.5).float()
            sums["inside"] += (found * mask).sum().item()
            sums["found"] += found.sum().item()
            sums["marked"] += mask.sum().item()
            sums["cover"] += ((covered - cover).abs() * mask).sum().item()
    if plain:
        psnr = lambda error: round(-10 * math.log10(error / sums["n"] + 1e-12), 2)
        return dict(before=psnr(sums["before"]), after=psnr(sums["error"]))
    part = lambda a, b: round(a / max(1.0, b), 4)
    return dict(overlap=part(sums["inside"], sums["found"] + sums["marked"] - sums["inside"]), recall=part(sums["inside"], sums["marked"]),
                precision=part(sums["inside"], sums["found"]), cover_error=part(sums["cover"], sums["marked"]))


def main():
    parser = argparse.ArgumentParser(description="Trains the net that takes watermarks off.")
    parser.add_argument("parts")
    parser.add_argument("out")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--init")
    parser.add_argument("--eyes", help="ResNet18.onnx (make search-model fetches it) or a checkpoint: to begin from its eyes and from nothing else")
    parser.add_argument("--open-eyes", action="store_true", help="let all of the eyes learn, slowly, and not their last part alone (for a GPU)")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--larger", type=int, default=1, help="times as many crops a step (16 on a GPU)")
    parser.add_argument("--plain", action="store_true", help="train the plain 128 x 128 U-Net, the peer")
    parser.add_argument("--least-ease", type=float, default=0.0, help="0 to 1: how much strong and white marks stay preferred to the end")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = device == "cuda"
    os.makedirs(options.out, exist_ok=True)
    crops, others = load(options.parts, device)
    net = PlainNet() if options.plain else UnmarkNet()
    if not options.plain:
        if not options.open_eyes:
            net.eyes.still()
        if options.eyes:
            net.eyes.learned(options.eyes) if options.eyes.endswith(".onnx") else net.eyes.taken(options.eyes)
    run = Run(net.to(memory_format=torch.channels_last), options.rate, device)
    checkpoint = os.path.join(options.out, "checkpoint.pt")
    if os.path.exists(checkpoint):
        run.load(checkpoint, True)
    elif options.init:
        run.load(options.init, False)
    log = open(os.path.join(options.out, "log.jsonl"), "a", buffering=1)
    means, counted, saved, last = {}, 0, run.spent, time.monotonic()
    progress = lambda: run.step / options.steps if options.steps else run.spent / options.seconds
    # A GPU is not kept waiting: batches are cut ahead of it. On the CPU that would only be two at one work.
    pool, ahead = (ThreadPoolExecutor(4), 6) if device == "cuda" else (None, 0)
    made = deque()
    while progress() < 1:
        now = progress()
        while len(made) < ahead:
            made.append(pool.submit(run.batch, crops, len(made), now, options.larger, options.plain, options.least_ease))
        batch = made.popleft().result() if made else run.batch(crops, 0, now, options.larger, options.plain, options.least_ease)
        for name, value in run.once(batch, now, options.plain).items():
            means[name] = means.get(name, 0) + value
        counted += 1
        now = time.monotonic()
        run.spent, last = run.spent + now - last, now
        if run.step % 50 == 0:
            line = dict(step=run.step, crops=run.crops, seconds=round(run.spent, 1), rate=round(run.optimiser.param_groups[0]["lr"], 7),
                        **{k: round(float(v) / counted, 5) for k, v in means.items()})
            means, counted = {}, 0
            if run.step % 400 == 0:
                line.update(validated(run.average, others, device, options.plain))
            log.write(json.dumps(line) + "\n")
        if run.spent - saved > 60:
            run.save(checkpoint)
            saved = run.spent
    run.save(checkpoint)
    log.write(json.dumps(dict(step=run.step, crops=run.crops, seconds=round(run.spent, 1), done=True, torch=torch.__version__,
                              device=torch.cuda.get_device_name() if device == "cuda" else "cpu", **validated(run.average, others, device, options.plain))) + "\n")


if __name__ == "__main__":
    main()

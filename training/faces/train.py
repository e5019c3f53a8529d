"""Trains the detector for a number of seconds on a folder of parts, which may still be filling, and leaves checkpoints.

usage: train.py PARTS TEACHER.onnx OUT --seconds N [--nets faces,faces-wide] [--init CHECKPOINTS] [--batch 256] [--size 320]

Both nets learn from the same crops. Of each, OUT gets NAME.pt; CHECKPOINTS is a folder of such files to go on from.
"""
import argparse
import collections
import copy
import glob
import json
import math
import os
import pickle
import threading
import time
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import cv2
import numpy as np
import torch

import crops
import labels
from crops import Pictures, batch
from degrade import degrade
from loss import loss
from net import SHAPES, FaceNet, boxes_of, cells, flatten
from teacher import Teacher, find, fuse, overlaps, suppress

WEIGHTS = dict(corrections=1.6, mask_ilc=1.3, maskss=1.0, maskon=0.5, salty=1.0, daniyal=0.6, darun=0.6, az1zt=1.2, shB=0.9, shA=0.7, ccp=0.8,
               helmet=0.9, rmfd=0.8, fossasia=1.6, clothing=0.35, bsds=0.6, in1k=0.7, urban=0.6, ecssd=0.7, plates=0.7,
               text=0.7, keypoints=0.5)


def read(item):
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(item["webp"], np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def look(teacher, arrays, side, flipped, device, threshold=0.1):
    """What the teacher sees in pictures that were brought to one size on their longer side."""
    rows = []
    for first in range(0, len(arrays), 16):
        group = arrays[first:first + 16]
        scales = [side / max(a.shape[:2]) for a in group]
        board = torch.zeros(len(group), 3, side, side, device=device)
        for i, (array, scale) in enumerate(zip(group, scales)):
            size = max(1, round(array.shape[0] * scale)), max(1, round(array.shape[1] * scale))
            picture = torch.from_numpy(array).to(device).permute(2, 0, 1)[None].float()
            picture = torch.nn.functional.interpolate(picture, size, mode="bilinear", antialias=scale < 1)[0]
            board[i, :, :size[0], :size[1]] = picture.flip(2) if flipped else picture
        found = find(teacher, board.flip(1), threshold)
        for i, (array, scale) in enumerate(zip(group, scales)):
            mine = found[found[:, 0] == i, 1:]
            if flipped:
                width = max(1, round(array.shape[1] * scale))
                mine[:, [0, 2]] = width - mine[:, [2, 0]]
                mine[:, 5::2] = width - mine[:, 5::2]
                mine[:, 5:] = mine[:, 5:].reshape(-1, 5, 2)[:, [1, 0, 2, 4, 3]].reshape(-1, 10)
            mine[:, :4] /= scale
            mine[:, 5:] /= scale
            rows.append(mine)
    return rows


def see(teacher, items, arrays, device):
    """The teacher's fused looks at each picture."""
    looks = [look(teacher, arrays, 640, False, device), look(teacher, arrays, 960, True, device), look(teacher, arrays, 1280, False, device)]
    crowd = [i for i, item in enumerate(items) if item["set"] in ("az1zt", "shA", "shB", "fossasia")]
    large = dict(zip(crowd, look(teacher, [arrays[i] for i in crowd], 1920, False, device)))
    return [[l[i] for l in looks] + ([large[i]] if i in large else []) for i in range(len(items))]


def merge(looks):
    return fuse([suppress(rows) for rows in looks])


def say(log, **row):
    line = json.dumps(row)
    print(line, flush=True)
    log.write(line + "\n")
    log.flush()


def label_part(items, seen, conventions):
    out = []
    for item, rows in zip(items, seen):
        own = item["gt"]
        if item["set"] in labels.POINTS and item.get("points") is not None:
            faces, ignored = labels.crowd(item["points"], rows)
        else:
            faces, ignored = labels.label(item["set"], own, rows, conventions.get(item["set"]))
        out.append((faces, labels.outside(ignored, faces)))
    return out


def learn_conventions(items, seen, conventions):
    for name in labels.FACES:
        if name in conventions:
            continue
        pairs = []
        for item, rows in zip(items, seen):
            if item["set"] != name or item["gt"] is None or not len(rows):
                continue
            sure = rows[rows[:, 4] > 0.6]
            for box, best in zip(item["gt"], labels.matches(item["gt"], sure, 0.4)):
                if best >= 0 and min(box[2:] - box[:2]) > 12:
                    pairs.append((box, sure[best, :4]))
        if len(pairs) >= 20:
            conventions[name] = labels.fit_convention(pairs)


class Feed:
    """Takes parts from a folder as they arrive: decodes, asks the teacher, labels, adds to the pictures."""

    def __init__(self, folder, teacher, device, pool, log, room):
        self.folder, self.teacher, self.device, self.pool, self.log = folder, teacher, device, pool, log
        self.pictures, self.done, self.labels, self.validation = Pictures(device, room), set(), {}, []
        self.conventions = {name: np.array(how) for name, how in labels.CONVENTIONS.items()}
        self.ready, self.taken = collections.deque(), 0

    def watch(self):
        """Prepares parts, one after the other, beside the training."""
        while True:
            self.prepare()
            time.sleep(0.5)

    def take(self):
        """Adds what is prepared to the pictures, between two batches."""
        while self.ready:
            use = self.ready.popleft()
            if use:
                self.pictures.add(*zip(*use))
            self.taken += 1
            say(self.log, taken=self.taken, train=len(self.pictures.weight), faces=int(self.pictures.counts[:, 0].sum()), megabytes=self.pictures.used // 1000000)

    def prepare(self):
        for path in [p for p in sorted(glob.glob(os.path.join(self.folder, "*.part"))) if p not in self.done][:1]:
            self.done.add(path)
            start = time.time()
            with open(path, "rb") as file:
                items = pickle.load(file)
            arrays = list(self.pool.map(read, items, chunksize=1))
            plain = [i for i, item in enumerate(items) if item.get("of") is None]
            decoded = time.time()
            looks = see(self.teacher, [items[i] for i in plain], [arrays[i] for i in plain], self.device)
            looked = time.time()
            seen = list(self.pool.map(merge, looks, chunksize=1))
            learn_conventions([items[i] for i in plain], seen, self.conventions)
            labelled = label_part([items[i] for i in plain], seen, self.conventions)
            for i, (faces, ignored), rows in zip(plain, labelled, seen):
                self.labels[items[i]["id"]] = dict(faces=faces.astype(np.float32), ignored=ignored.astype(np.float32), seen=rows.astype(np.float32))
            use = []
            for i, item in enumerate(items):
                if item["role"] == "train":
                    if item.get("of") is None:
                        known = self.labels[item["id"]]
                        use.append((arrays[i], known["faces"], known["ignored"], self.weight(item, len(known["faces"]))))
                    elif item["of"] in self.labels:
                        faces, ignored = shifted(self.labels[item["of"]], item["crop"], item["w"], item["h"])
                        use.append((arrays[i], faces, ignored, self.weight(item, len(faces))))
                elif item["role"] == "validation":
                    self.validation.append((arrays[i], item, self.labels[item["id"]]))
            self.ready.append(use)
            say(self.log, part=os.path.basename(path), pictures=len(items), decode=round(decoded - start, 1), looks=round(looked - decoded, 1), all=round(time.time() - start, 1),
                conventions={k: [round(float(x), 3) for x in v] for k, v in self.conventions.items()})

    @staticmethod
    def weight(item, faces):
        return WEIGHTS[item["set"]] * (1.0 if faces else 0.5) * min(1.6, 1 + 0.02 * faces)


def shifted(known, crop, width, height):
    """Labels of a picture in a crop of it: x, y, scale."""
    x, y, scale = crop
    faces, ignored = known["faces"].copy(), known["ignored"].copy()
    faces[:, [0, 2]], faces[:, [1, 3]] = (faces[:, [0, 2]] - x) * scale, (faces[:, [1, 3]] - y) * scale
    faces[:, 5::2], faces[:, 6::2] = (faces[:, 5::2] - x) * scale, (faces[:, 6::2] - y) * scale
    ignored[:, [0, 2]], ignored[:, [1, 3]] = (ignored[:, [0, 2]] - x) * scale, (ignored[:, [1, 3]] - y) * scale
    there = lambda b: (b[:, 2] > 2) & (b[:, 3] > 2) & (b[:, 0] < width - 2) & (b[:, 1] < height - 2)
    return faces[there(faces)], ignored[there(ignored)]


@torch.no_grad()
def validate(net, validation, device, side=640):
    """Average precision at half overlap, and recall at one false box a picture, of faces of 12 pixels and more."""
    net.eval()
    grid, rows, total = cells(side, side, device), [], 0
    for first in range(0, len(validation), 16):
        group = validation[first:first + 16]
        board = torch.full((len(group), 3, side, side), 114.0, device=device)
        for i, (array, _, _) in enumerate(group):
            scale = side / max(array.shape[:2])
            size = max(1, round(array.shape[0] * scale)), max(1, round(array.shape[1] * scale))
            picture = torch.from_numpy(array).to(device).permute(2, 0, 1)[None].float()
            board[i, :, :size[0], :size[1]] = torch.nn.functional.interpolate(picture, size, mode="bilinear", antialias=scale < 1)[0]
        raw = flatten([m.float() for m in net((board - 127.5) / 64)])
        boxes, scores = boxes_of(raw[..., 1:5], grid).cpu().numpy(), raw[..., 0].sigmoid().cpu().numpy()
        for i, (array, _, known) in enumerate(group):
            scale = side / max(array.shape[:2])
            strong = scores[i] > 0.02
            found = suppress(np.c_[boxes[i][strong], scores[i][strong], np.zeros((strong.sum(), 10))])
            faces = known["faces"][:, :4] * scale
            sure = (known["faces"][:, 4] >= 0.9) & ((faces[:, 2:] - faces[:, :2]).min(1) >= 12) if len(faces) else np.zeros(0, bool)
            total += int(sure.sum())
            taken = np.zeros(len(faces), bool)
            ignored = known["ignored"] * scale
            for row in found:
                o = overlaps(row, faces) if len(faces) else np.zeros(0)
                best = int(np.where(taken, 0, o).argmax()) if len(o) else -1
                if best >= 0 and not taken[best] and o[best] >= 0.5:
                    taken[best] = True
                    if sure[best]:
                        rows.append((row[4], 1))
                elif not (len(ignored) and labels.covers(ignored, row[None])[0]) and min(row[2:4] - row[:2]) >= 12:
                    rows.append((row[4], 0))
    net.train()
    if not rows or not total:
        return 0.0, 0.0
    rows = np.array(sorted(rows, reverse=True))
    hits, misses = rows[:, 1].cumsum(), (1 - rows[:, 1]).cumsum()
    recall, precision = hits / total, hits / (hits + misses)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    average = float((np.diff(np.r_[0, recall]) * precision).sum())
    allowed = misses <= len(validation)
    return average, float(recall[allowed][-1]) if allowed.any() else 0.0


def fastest(make, device, size, count, options, seconds=4):
    """The quickest of some ways to run a step on this device."""
    best = None
    for name, (layout, half, compiled) in options.items():
        try:
            net = make().to(device)
            if layout:
                net = net.to(memory_format=torch.channels_last)
            run = torch.compile(net) if compiled else net
            x = torch.rand(count, 3, size, size, device=device)
            x = x.contiguous(memory_format=torch.channels_last) if layout else x
            times = []
            for i in range(400):
                torch.cuda.synchronize()
                start = time.time()
                with torch.autocast("cuda", torch.bfloat16, enabled=half):
                    total = sum(m.float().square().mean() for m in run(x))
                total.backward()
                torch.cuda.synchronize()
                times.append(time.time() - start)
                if sum(times[3:]) > seconds / 4 and i > 8:
                    break
            speed = count / float(np.median(times[3:]))
            print(f"{name}: {speed:.0f} crops a second, first step {times[0]:.1f} s", flush=True)
            if best is None or speed > best[0]:
                best = (speed, name)
        except Exception as error:  # a way that this machine does not have
            print(f"{name}: {str(error)[:300]}", flush=True)
    return best[1]


def ends(a, start):
    """When training is over: after the seconds asked for, or as a file beside the checkpoints says meanwhile (seconds since 1970)."""
    path = os.path.join(a.out, "until")
    return float(open(path).read()) if os.path.exists(path) else start + a.seconds


class Student:
    """A net, the average of its weights, and what moves them."""

    def __init__(self, name, device, layout, compiled, rate):
        self.name, self.rate, self.seen, self.step = name, rate, 0, 0
        self.net = FaceNet(**SHAPES[name]).to(device)
        if layout:
            self.net = self.net.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        self.run = torch.compile(self.net) if compiled else self.net
        decayed = [p for p in self.net.parameters() if p.ndim > 1]
        plain = [p for p in self.net.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW([dict(params=decayed, weight_decay=0.02), dict(params=plain, weight_decay=0.0)], lr=rate, betas=(0.9, 0.99))
        pairs = [(t, s) for t, s in zip(self.average.state_dict().values(), self.net.state_dict().values()) if t.dtype.is_floating_point]
        self.averaged, self.current = zip(*pairs)
        self.window = torch.zeros(3, device=device)
        self.net.train()

    def load(self, folder, device):
        """Goes on from a checkpoint of that folder, where it has one of this net."""
        path = os.path.join(folder, self.name + ".pt")
        if folder and os.path.exists(path):
            state = torch.load(path, map_location=device)
            self.net.load_state_dict(state["net"])
            self.average.load_state_dict(state["average"])
            self.seen = state["seen"]

    def save(self, folder):
        path = os.path.join(folder, self.name + ".pt")
        torch.save(dict(net=self.net.state_dict(), average=self.average.state_dict(), seen=self.seen), path + ".tmp")
        os.replace(path + ".tmp", path)

    def learn(self, x, labels, grid, part, half, device):
        """One step. `part` is how much of the time is over: the rate falls over the last three quarters."""
        rate = self.rate * min(1, (self.step + 1) / 300) * max(0.01, 0.5 * (1 + math.cos(math.pi * max(0.0, (part - 0.25) / 0.75))))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast(device, torch.bfloat16, enabled=half):
            maps = self.run(x)
        parts = loss(flatten([m.float() for m in maps]), grid, *labels)
        self.optimiser.zero_grad(set_to_none=True)
        sum(parts).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 8.0)
        self.optimiser.step()
        self.step, self.seen = self.step + 1, self.seen + len(x)
        keep = min(0.9993, (self.step + 1) / (self.step + 20))
        with torch.no_grad():
            torch._foreach_mul_(self.averaged, keep)
            torch._foreach_add_(self.averaged, self.current, alpha=1 - keep)
            self.window += torch.stack([p.detach() for p in parts])

    def losses(self, count):
        values = [round(float(v) / count, 4) for v in self.window]
        self.window.zero_()
        return values

    def check(self, log, validation, device, **more):
        average_precision, recall = validate(self.average, validation, device)
        say(log, net=self.name, seen=self.seen, ap50=round(average_precision, 4), recall_at_one_false=round(recall, 4), of=len(validation), **more)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts")
    parser.add_argument("teacher")
    parser.add_argument("out")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--nets", default="faces,faces-wide")
    parser.add_argument("--init", default="", help="a folder of checkpoints to go on from")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--least", type=int, default=1, help="parts to wait for")
    parser.add_argument("--way", default="", help="how a step is run; without it a few ways are timed first")
    parser.add_argument("--room", type=float, default=16, help="gigabytes of memory for pictures")
    parser.add_argument("--report", type=int, default=100, help="steps between two lines of the log")
    parser.add_argument("--check", type=float, default=150, help="seconds between two validations, which take a quarter of a minute each")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    log = open(os.path.join(a.out, "log.jsonl"), "a")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pool = ProcessPoolExecutor(max(1, a.processes - 1), multiprocessing.get_context("spawn"))
    torch.manual_seed(1)
    layout = half = compiled = False
    names = a.nets.split(",")
    if device == "cuda":
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
        options = {"planes, bf16": (False, True, False), "channels last, bf16": (True, True, False), "planes, fp32": (False, False, False),
                   "channels last, bf16, compiled": (True, True, True)}
        layout, half, compiled = options[a.way or fastest(lambda: FaceNet(**SHAPES[names[0]]), device, a.size, a.batch, options)]
    students = [Student(name, device, layout, compiled, a.rate) for name in names]
    for student in students:
        student.load(a.init, device)
    if device == "cuda":
        crops.sample = torch.compile(crops.sample, dynamic=True)
    feed = Feed(a.parts, Teacher(a.teacher).to(device), device, pool, log, int(a.room * 1e9))
    threading.Thread(target=feed.watch, daemon=True).start()
    while feed.taken < a.least:
        feed.take()
        time.sleep(0.2)
    grid = cells(a.size, a.size, device)
    start, step = time.time(), 0
    last = saved = checked = start
    end = ends(a, start)
    while True:
        part = (time.time() - start) / (end - start)
        if part >= 1:
            break
        with torch.no_grad():
            pixels, *known = batch(feed.pictures, a.batch, a.size)
            x = (degrade(pixels) - 127.5) / 64
            if layout:
                x = x.contiguous(memory_format=torch.channels_last)
        for student in students:
            student.learn(x, known, grid, part, half, device)
        step += 1
        if step % a.report == 0:
            now = time.time()
            say(log, step=step, minutes=round((now - start) / 60, 2), losses={s.name: s.losses(a.report) for s in students},
                rate=round(students[0].optimiser.param_groups[0]["lr"], 6), speed=round(a.report * a.batch / (now - last)))
            end = ends(a, start)
            feed.take()
            last = time.time()
            if last - saved > 60:
                for student in students:
                    student.save(a.out)
                saved = last
            if last - checked > a.check:
                for student in students:
                    student.check(log, feed.validation, device)
                checked = last = time.time()
    for student in students:
        student.save(a.out)
        student.check(log, feed.validation, device, steps=step, end=True)
    with open(os.path.join(a.out, "labels.pkl"), "wb") as file:
        pickle.dump(feed.labels, file)
    open(os.path.join(a.out, "done"), "w").close()


if __name__ == "__main__":
    main()

"""YuNet-n (MIT) as a PyTorch module, its weights read from the published ONNX file, and what it sees in several looks."""
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import numpy_helper

KINDS = ("cls", "obj", "bbox", "kps")
STRIDES = (8, 16, 32)


class Teacher(nn.Module):
    """BGR, 0 to 255, any size in steps of 32; for each stride four maps: class, objectness, box, landmarks."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        weights = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        made = {o: node for node in graph.node for o in node.output}
        self.input = next(i.name for i in graph.input if i.name not in weights)
        self.ends = [self.last_convolution(made, f"{kind}_{stride}") for kind in KINDS for stride in STRIDES]
        needed, stack = set(), list(self.ends)
        while stack:
            name = stack.pop()
            if name in made and name not in needed:
                needed.add(name)
                stack.extend(made[name].input)
        self.steps, self.convolutions = [], nn.ModuleList()
        for node in graph.node:
            if node.output[0] not in needed or node.op_type in ("Constant", "Shape", "Concat", "Slice", "Cast"):
                continue
            if node.op_type == "Conv":
                settings = {a.name: list(a.ints) or a.i for a in node.attribute}
                weight = weights[node.input[1]]
                layer = nn.Conv2d(weight.shape[1] * settings["group"], weight.shape[0], settings["kernel_shape"],
                                  settings["strides"], settings["pads"][0], groups=settings["group"])
                layer.weight.data, layer.bias.data = weight, weights[node.input[2]]
                self.steps.append(("Conv", len(self.convolutions), node.input[0], node.output[0]))
                self.convolutions.append(layer)
            elif node.op_type in ("Relu", "MaxPool", "Resize", "Add"):
                self.steps.append((node.op_type, list(node.input), None, node.output[0]))
            else:
                raise ValueError(f"YuNet is not expected to have {node.op_type}.")
        self.eval().requires_grad_(False)

    @staticmethod
    def last_convolution(made, name):
        node = made[name]
        while node.op_type != "Conv":
            node = made[node.input[0]]
        return node.output[0]

    def forward(self, x):
        values = {self.input: x}
        for kind, what, source, out in self.steps:
            if kind == "Conv":
                values[out] = self.convolutions[what](values[source])
            elif kind == "Relu":
                values[out] = F.relu(values[what[0]])
            elif kind == "MaxPool":
                values[out] = F.max_pool2d(values[what[0]], 2)
            elif kind == "Resize":
                values[out] = F.interpolate(values[what[0]], scale_factor=2.0, mode="nearest")
            else:
                values[out] = values[what[0]] + values[what[1]]
        return [values[name] for name in self.ends]


@torch.no_grad()
def find(teacher, batch, threshold):
    """For each picture of a batch (B x 3 x H x W, BGR): rows of x0 y0 x1 y1, score, ten landmark numbers."""
    maps = teacher(batch)
    found = []
    for level, stride in enumerate(STRIDES):
        cls, obj, box, points = (maps[kind * 3 + level].float() for kind in range(4))
        score = (cls.sigmoid() * obj.sigmoid()).sqrt()[:, 0]
        picture, row, column = torch.nonzero(score > threshold, as_tuple=True)
        box, points = box[picture, :, row, column], points[picture, :, row, column]
        cell = torch.stack([column, row], 1).float()
        centre, size = (cell + box[:, :2]) * stride, torch.exp(box[:, 2:]) * stride
        points = (points.unflatten(1, (5, 2)) + cell[:, None]) * stride
        found.append(torch.cat([picture[:, None].float(), centre - size / 2, centre + size / 2,
                                score[picture, row, column][:, None], points.flatten(1)], 1))
    return torch.cat(found).cpu().numpy()


def overlaps(box, rows):
    low, high = np.maximum(box[:2], rows[:, :2]), np.minimum(box[2:4], rows[:, 2:4])
    both = np.prod(np.clip(high - low, 0, None), 1)
    area = lambda r: np.prod(r[..., 2:4] - r[..., :2], -1)
    return both / (area(box) + area(rows) - both + 1e-9)


def suppress(rows, limit=0.4, most=4000):
    kept = []
    rows = rows[np.argsort(-rows[:, 4])[:most]]
    while len(rows):
        kept.append(rows[0])
        rows = rows[1:][overlaps(rows[0], rows[1:]) < limit]
    return np.array(kept).reshape(-1, 15)


def fuse(looks):
    """One row for each thing that any look saw: box and landmarks weighted by score, then the score in each look."""
    rows = np.concatenate([np.c_[r, np.full(len(r), i)] for i, r in enumerate(looks)])
    rows = rows[np.argsort(-rows[:, 4])]
    out = []
    while len(rows):
        alike = overlaps(rows[0], rows) >= 0.45
        group, rows = rows[alike], rows[~alike]
        near = group[overlaps(group[0], group) >= 0.6]
        weight = near[:, 4:5] ** 2
        scores = np.zeros(len(looks))
        for row in group:
            scores[int(row[15])] = max(scores[int(row[15])], row[4])
        mean = (near[:, :15] * weight).sum(0) / weight.sum()
        out.append(np.r_[mean[:4], np.sort(scores)[::-1][:2].mean(), mean[5:], scores])
    return np.array(out).reshape(-1, 15 + len(looks))

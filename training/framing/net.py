"""The net that says where a picture's main object is: a map of it, its box, and how sure that is."""
import torch
import torch.nn as nn
import torch.nn.functional as F

CELLS = 28


class Edges(nn.Module):
    """Where something begins and ends along one direction: the mean of two distributions over the cells, in parts of the side."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Conv1d(2 * width + 2, width, 5, padding=2)
        self.second = nn.Conv1d(width, width, 5, padding=2)
        self.last = nn.Conv1d(width, 2, 5, padding=2)
        self.register_buffer("places", torch.linspace(0, 1, CELLS))

    def forward(self, profile):
        likely = F.softmax(self.last(F.relu(self.second(F.relu(self.first(profile))))), 2)
        middle = (likely * self.places).sum(2)
        spread = (likely * (self.places - middle[..., None]) ** 2).sum(2)
        return middle, spread


class Framing(nn.Module):
    """From features at an eighth (128) and at a sixteenth (256) of a picture of 224 x 224."""

    def __init__(self, width=64, stage=None):
        super().__init__()
        self.stage = stage  # of the backbone, where it is trained too
        self.near = nn.Conv2d(128, width, 1)
        self.far = nn.Conv2d(256, width, 1)
        self.context = nn.Linear(256, width)
        self.wide = nn.ModuleList(nn.Conv2d(width, width, 3, padding=d, dilation=d) for d in (1, 2, 4))
        self.fine = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        self.map = nn.Conv2d(width, 1, 1)
        self.across = Edges(width)
        self.down = Edges(width)
        self.sure = nn.Sequential(nn.Linear(256 + 6, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, eighth, sixteenth):
        if self.stage is not None:
            sixteenth = self.stage(eighth)
        whole = sixteenth.mean((2, 3))
        x = F.relu(self.far(sixteenth) + self.context(whole)[..., None, None])
        for part in self.wide:
            x = x + F.relu(part(x))
        x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False) + self.near(eighth)
        for part in self.fine:
            x = x + F.relu(part(F.relu(x)))
        there = self.map(x)
        weight = torch.sigmoid(there)
        marked = x * weight
        (left, right), s1 = self.ends(self.across, marked, weight, 2)
        (top, bottom), s2 = self.ends(self.down, marked, weight, 3)
        box = torch.stack((left, top, right, bottom), 1)
        about = torch.cat((whole, torch.sqrt(torch.cat((s1, s2), 1) + 1e-6), weight.mean((1, 2, 3))[:, None], weight.amax((1, 2, 3))[:, None]), 1)
        return there, box, self.sure(about.detach())[:, 0]

    @staticmethod
    def ends(head, marked, weight, away):
        profile = torch.cat((marked.mean(away), marked.amax(away), weight[:, 0].mean(away - 1, keepdim=False)[:, None], weight[:, 0].amax(away - 1)[:, None]), 1)
        middle, spread = head(profile)
        return (middle[:, 0], middle[:, 1]), spread


def overlap(a, b):
    """Intersection over union of boxes (left, top, right, bottom)."""
    wide = (torch.minimum(a[:, 2], b[:, 2]) - torch.maximum(a[:, 0], b[:, 0])).clamp(min=0)
    high = (torch.minimum(a[:, 3], b[:, 3]) - torch.maximum(a[:, 1], b[:, 1])).clamp(min=0)
    both = wide * high
    area = lambda box: (box[:, 2] - box[:, 0]).clamp(min=0) * (box[:, 3] - box[:, 1]).clamp(min=0)
    return both / (area(a) + area(b) - both + 1e-6)


def losses(there, box, sure, mask, true):
    both = overlap(box, true)
    held = torch.sigmoid(there)
    common = 1 - (2 * (held * mask).sum((1, 2, 3)) + 1) / (held.sum((1, 2, 3)) + mask.sum((1, 2, 3)) + 1)
    return {
        "map": F.binary_cross_entropy_with_logits(there, mask) + common.mean(),
        "box": (1 - both).mean(),
        "edges": (box - true).abs().mean() * 4,
        "sure": 0.3 * F.binary_cross_entropy_with_logits(sure, both.detach()),
    }, both.detach()

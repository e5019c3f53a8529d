"""The detector: depthwise-separable convolutions at strides 2 to 32, a top-down neck, one head for each of /8, /16, /32.

Input: RGB, (value - 127.5) / 64, any size in steps of 32. Output for each stride, 15 planes: the logit of "a face", the
face's centre from the cell's corner and the logarithms of its size (in strides), and five landmarks (in strides from the
cell's corner): the picture's left eye, right eye, nose, left and right corner of the mouth.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

STRIDES = (8, 16, 32)
PLANES = 15


class Separable(nn.Module):
    """Depthwise 3x3, pointwise, normalisation, ReLU; `around` adds what came in before the ReLU."""

    def __init__(self, inputs, outputs, stride=1, around=False):
        super().__init__()
        self.around = around
        self.depth = nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False)
        self.point = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        nn.init.normal_(self.depth.weight, 0, 0.25)
        with torch.no_grad():
            self.depth.weight[:, :, 1, 1] += 0.5

    def forward(self, x):
        y = self.norm(self.point(self.depth(x)))
        return F.relu(x + y if self.around else y)


def chain(inputs, outputs, count, around):
    """A stage: the first block halves the size."""
    return nn.Sequential(Separable(inputs, outputs, 2), *(Separable(outputs, outputs, around=around) for _ in range(count - 1)))


# The live one, and the one for where nobody waits.
SHAPES = {"faces": dict(widths=(16, 32, 64, 128, 160), depths=(1, 2, 5, 3), neck=64, around=False),
          "faces-wide": dict(widths=(24, 48, 96, 192, 256), depths=(2, 3, 6, 4), neck=96, around=True)}


class FaceNet(nn.Module):
    def __init__(self, widths, depths, neck, around):
        super().__init__()
        c2, c4, c8, c16, c32 = widths
        d4, d8, d16, d32 = depths
        self.stem = nn.Sequential(nn.Conv2d(3, c2, 3, 2, 1, bias=False), nn.BatchNorm2d(c2), nn.ReLU())
        self.stage4 = chain(c2, c4, d4, around)
        self.stage8 = chain(c4, c8, d8, around)
        self.stage16 = chain(c8, c16, d16, around)
        self.stage32 = chain(c16, c32, d32, around)
        self.neck32 = Separable(c32, neck)
        self.side16 = nn.Conv2d(c16, neck, 1, bias=False)
        self.neck16 = Separable(neck, neck)
        self.side8 = nn.Identity() if c8 == neck else nn.Conv2d(c8, neck, 1, bias=False)
        self.neck8 = Separable(neck, neck)
        self.heads = nn.ModuleList(nn.Sequential(Separable(neck, neck, around=around), Separable(neck, neck, around=around)) for _ in STRIDES)
        self.outs = nn.ModuleList(nn.Conv2d(neck, PLANES, 1) for _ in STRIDES)
        for out in self.outs:
            nn.init.normal_(out.weight, 0, 0.01)
            with torch.no_grad():
                out.bias.zero_()
                out.bias[:5] = torch.tensor([-4.6, 0.5, 0.5, math.log(3.0), math.log(3.5)])
                out.bias[5:] = 0.5

    def forward(self, x):
        x = self.stage4(self.stem(x))
        p8 = self.stage8(x)
        p16 = self.stage16(p8)
        p32 = self.neck32(self.stage32(p16))
        p16 = self.neck16(self.side16(p16) + F.interpolate(p32, scale_factor=2.0, mode="nearest"))
        p8 = self.neck8(self.side8(p8) + F.interpolate(p16, scale_factor=2.0, mode="nearest"))
        return [out(head(p)) for out, head, p in zip(self.outs, self.heads, (p8, p16, p32))]


def flatten(maps):
    """Batch x cells x planes, the finest stride first."""
    return torch.cat([m.flatten(2).transpose(1, 2) for m in maps], 1)


def cells(height, width, device="cpu"):
    """For each cell: column, row, stride."""
    parts = []
    for stride in STRIDES:
        rows, columns = torch.meshgrid(
            torch.arange(height // stride, device=device), torch.arange(width // stride, device=device), indexing="ij")
        parts.append(torch.stack([columns.flatten(), rows.flatten(), torch.full((rows.numel(),), stride, device=device)], 1))
    return torch.cat(parts).float()


def boxes_of(raw, grid):
    """Left, top, right, bottom in pixels of the input, from four planes."""
    stride = grid[:, 2:]
    centre = (grid[:, :2] + raw[..., :2]) * stride
    size = torch.exp(raw[..., 2:4].clamp(-4, 5)) * stride
    return torch.cat([centre - size / 2, centre + size / 2], -1)


def landmarks_of(raw, grid):
    """Five points in pixels of the input, from ten planes."""
    points = raw.unflatten(-1, (5, 2))
    return (points + grid[:, None, :2]) * grid[:, None, 2:]

"""The net: where a picture is marked, and how much of each pixel the mark covers. How strong the mark is and which colour it has
is read off the picture then (fit.py), and the mark taken off in closed form.

Input: RGB, 0 to 1, any size in steps of 16. Output: the mask (0 to 1: how sure a pixel is marked) and the coverage (0 to 1: how
much of a marked pixel is mark, at the edges of letters less than all).
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from eyes import WIDTHS, Eyes

PLANES = 4  # mask, coverage, two to spare for the last look at full size
DOUBT = 2.0  # taken from the mask's logit when the shipped net is used; chosen on validation crops (evaluate.py --doubts)


def conv(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


def point(inputs, outputs):
    """1 x 1. The dilation changes nothing but the path: PyTorch's own for 1 x 1 on one thread is eight times as slow as oneDNN's."""
    return nn.Conv2d(inputs, outputs, 1, dilation=2)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))
        nn.init.constant_(self.second[1].weight, 0.3)

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class Context(nn.Module):
    """Adds to every pixel a projection of the mean over the picture."""

    def __init__(self, width):
        super().__init__()
        self.project = nn.Sequential(point(width, width), nn.ReLU(), point(width, width))

    def forward(self, x):
        return x + self.project(x.mean((2, 3), keepdim=True))


class Skip(nn.Module):
    """What was seen on the way down, made as wide as the way up is there."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.project, self.norm = nn.Conv2d(inputs, outputs, 1, dilation=2, bias=False), nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.project(x))


class Up(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.narrow = point(inputs, outputs)
        self.residual = Residual(outputs)

    def forward(self, x, skip):
        return self.residual(F.interpolate(self.narrow(x), scale_factor=2.0, mode="nearest") + skip)


class UnmarkNet(nn.Module):
    """`eyes` are the widths of the ResNet's beginning, which sees; only those of the file (eyes.py) can take its weights."""

    def __init__(self, widths=(32, 64, 96, 160), eyes=WIDTHS, doubt=0.0):
        super().__init__()
        self.doubt = doubt
        w2, w4, w8, w16 = widths
        self.eyes = Eyes(eyes)
        self.stem = nn.Sequential(nn.Conv2d(3, w2, 4, 2, 1, bias=False), nn.BatchNorm2d(w2), nn.ReLU())
        self.skip2, self.skip4, self.skip8 = (Skip(i, o) for i, o in zip(eyes[:1] + eyes, (w2, w4, w8)))
        self.down16 = nn.Sequential(conv(eyes[1], w16, 2), Residual(w16), Context(w16), Residual(w16))
        self.up8, self.up4, self.up2 = Up(w16, w8), Up(w8, w4), Up(w4, w2)
        self.head = nn.Sequential(conv(w2, w2), point(w2, PLANES * 4), nn.PixelShuffle(2))
        self.fine = nn.Sequential(conv(3 + PLANES, 8), nn.Conv2d(8, 2, 3, 1, 1))
        nn.init.normal_(self.head[1].weight, 0, 0.02)
        nn.init.constant_(self.head[1].bias, 0)
        nn.init.normal_(self.fine[1].weight, 0, 0.01)
        nn.init.constant_(self.fine[1].bias, 0)

    def parts(self, picture):
        """Logits of the mask and of the coverage."""
        x2, x4, x8 = self.eyes(picture)
        skip2 = self.skip2(x2) + self.stem(picture * 2 - 1)
        coarse = self.head(self.up2(self.up4(self.up8(self.down16(x8), self.skip8(x8)), self.skip4(x4)), skip2))
        fine = self.fine(torch.cat([picture * 2 - 1, coarse], 1))
        return coarse[:, 0:1] * 4 - 2 + fine[:, 0:1], coarse[:, 1:2] * 4 + fine[:, 1:2]

    def forward(self, picture):
        mask, cover = self.parts(picture)
        return torch.sigmoid(mask - self.doubt), torch.sigmoid(cover)


class PlainNet(nn.Module):
    """The peer: a plain U-Net from picture to picture, made for 128 x 128."""

    def __init__(self, widths=(16, 32, 64, 128)):
        super().__init__()
        twice = lambda i, o: nn.Sequential(conv(i, o), conv(o, o))
        self.down = nn.ModuleList(twice(i, o) for i, o in zip((3,) + widths[:-1], widths))
        self.up = nn.ModuleList(twice(i + o, o) for i, o in zip(widths[:0:-1], widths[-2::-1]))
        self.last = point(widths[0], 3)

    def forward(self, picture):
        x, skips = picture * 2 - 1, []
        for number, block in enumerate(self.down):
            x = block(F.max_pool2d(x, 2) if number else x)
            skips.append(x)
        for block, skip in zip(self.up, skips[-2::-1]):
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), skip], 1))
        return torch.sigmoid(self.last(x))

"""The net: a mark's alpha and colour for each pixel, the mark taken off in closed form, and a small correction.

A marked picture is J = (1 - a) I + a C. From J the U-Net, which works from half the size down, gives a mask, the mark's coverage,
and its opacity and colour twice: for each pixel, and once for the picture as the mean weighted by the net's own certainty (most
marks have one opacity and one colour, and a mean over thousands of pixels is far more exact than any of them). A gate mixes the
two; I = (J - a C) / (1 - a); then two layers that see J and I correct what is left.

Input: RGB, 0 to 1, any size in steps of 16. Output: the mask (0 to 1) and the unmarked picture (0 to 1).
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

MOST = 0.75  # the largest opacity that is undone
DOUBT = 3.0  # taken from the mask's logit when the shipped net is used; chosen on validation crops (evaluate.py --doubts)
PLANES = 10  # mask, coverage, opacity, colour (3), gate, certainty, two to spare for the correction


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


class Up(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.narrow = point(inputs, outputs)
        self.residual = Residual(outputs)

    def forward(self, x, skip):
        return self.residual(F.interpolate(self.narrow(x), scale_factor=2.0, mode="nearest") + skip)


class UnmarkNet(nn.Module):
    def __init__(self, widths=(16, 32, 64, 96), doubt=0.0):
        super().__init__()
        self.doubt = doubt
        w2, w4, w8, w16 = widths
        self.stem = nn.Sequential(nn.Conv2d(3, w2, 4, 2, 1, bias=False), nn.BatchNorm2d(w2), nn.ReLU())
        self.down2 = conv(w2, w2)
        self.down4 = nn.Sequential(conv(w2, w4, 2), Residual(w4))
        self.down8 = nn.Sequential(conv(w4, w8, 2), Residual(w8))
        self.down16 = nn.Sequential(conv(w8, w16, 2), Residual(w16), Context(w16), Residual(w16))
        self.up8, self.up4, self.up2 = Up(w16, w8), Up(w8, w4), Up(w4, w2)
        self.head = nn.Sequential(conv(w2, w2), point(w2, PLANES * 4), nn.PixelShuffle(2))
        self.look = nn.Sequential(nn.Conv2d(3 + 3 + 4, w2, 4, 2, 1, bias=False), nn.BatchNorm2d(w2), nn.ReLU())
        self.correct = nn.Sequential(conv(2 * w2, w2), nn.Conv2d(w2, 12, 3, 1, 1), nn.PixelShuffle(2))
        nn.init.normal_(self.head[1].weight, 0, 0.02)
        nn.init.constant_(self.head[1].bias, 0)
        nn.init.normal_(self.correct[1].weight, 0, 0.002)
        nn.init.constant_(self.correct[1].bias, 0)

    def parts(self, picture, whole=True):
        """By name; `whole` is false while only seeing is trained, and spares the rest."""
        x2 = self.down2(self.stem(picture * 2 - 1))
        x4 = self.down4(x2)
        x8 = self.down8(x4)
        x = self.up2(self.up4(self.up8(self.down16(x8), x8), x4), x2)
        out = self.head(x)
        mask, cover = torch.sigmoid(out[:, 0:1] * 4 - 2), torch.sigmoid(out[:, 1:2] * 4 - 2)
        opacity = torch.sigmoid(out[:, 2:3] * 2 - 0.5) * MOST
        if not whole:
            return dict(logit=out[:, 0:1] * 4 - 2, alpha=cover * opacity)
        colour, gate = torch.sigmoid(out[:, 3:6] * 4), torch.sigmoid(out[:, 6:7] * 4)
        weight = cover * torch.exp(out[:, 7:8].clamp(-3, 3) * 2) + 1e-6
        total = weight.sum((2, 3), keepdim=True)
        shared_opacity = (opacity * weight).sum((2, 3), keepdim=True) / total
        shared_colour = (colour * weight).sum((2, 3), keepdim=True) / total
        opacity = gate * opacity + (1 - gate) * shared_opacity
        colour = gate * colour + (1 - gate) * shared_colour
        alpha = cover * opacity
        undone = ((picture - alpha * colour) / (1 - alpha)).clamp(0, 1)
        seen = self.look(torch.cat([picture * 2 - 1, undone * 2 - 1, alpha * 2, mask, out[:, 8:10]], 1))
        restored = undone + self.correct(torch.cat([seen, x], 1)) * mask
        return dict(logit=out[:, 0:1] * 4 - 2, mask=mask, alpha=alpha, colour=colour, shared=(shared_opacity, shared_colour), undone=undone, restored=restored)

    def forward(self, picture):
        p = self.parts(picture)
        return torch.sigmoid(p["logit"] - self.doubt), p["restored"].clamp(0, 1)


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

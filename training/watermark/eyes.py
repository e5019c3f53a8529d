"""What the net sees with: the beginning of a ResNet-18 that has learned ImageNet (../framing/backbone.py reads it from its file)."""
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "framing"))
import backbone  # noqa: E402

WIDTHS = (64, 128)  # of the file


class Eyes(nn.Module):
    """From pictures (RGB, 0 to 1) to features at a half, a quarter and an eighth of their size."""

    def __init__(self, widths=WIDTHS):
        super().__init__()
        first, second = widths
        self.begin = backbone.Conv(3, first, 7, 2)
        self.quarter = nn.Sequential(backbone.Block(first, first, 1), backbone.Block(first, first, 1))
        self.eighth = nn.Sequential(backbone.Block(first, second, 2), backbone.Block(second, second, 1))
        self.register_buffer("mean", torch.tensor(backbone.MEAN[::-1]).reshape(1, 3, 1, 1) / 255)

    def forward(self, picture):
        half = F.relu(self.begin(picture - self.mean))
        quarter = self.quarter(F.max_pool2d(F.pad(half, (1, 0, 1, 0)), 3, 2))
        return half, quarter, self.eighth(quarter)

    def learned(self, path):
        """Takes the file's weights."""
        file = backbone.load(path)
        with torch.no_grad():
            self.begin.conv.weight.copy_(file.begin.conv.weight.flip(1) * 255)  # the file sees blue, green, red, to 255
            self.begin.conv.bias.copy_(file.begin.conv.bias)
        self.quarter.load_state_dict(file.stages[0].state_dict())
        self.eighth.load_state_dict(file.stages[1].state_dict())
        return self

    def taken(self, path):
        """Takes those of a checkpoint of this net, of whatever shape the rest of it is."""
        weights = torch.load(path, map_location="cpu")["average"]
        self.load_state_dict({name.removeprefix("eyes."): value for name, value in weights.items() if name.startswith("eyes.")})
        return self

    def still(self):
        """The first two parts keep the file's weights, and the last one learns slowly (train.py, SLOWLY)."""
        for part in (self.begin, self.quarter):
            for weights in part.parameters():
                weights.requires_grad = False

"""The first three stages of a ResNet-18 that has learned ImageNet, from the ONNX file in NuGet's
Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT). Batch normalisation is folded into the convolutions."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# What the network was trained on: blue, green, red from 0 to 255, less these.
MEAN = (103.06, 115.90, 123.15)
SIDE = 224
STAGES = ((64, 64, 1), (64, 128, 2), (128, 256, 2))


class Conv(nn.Module):
    """A convolution whose padding lies before the picture where it halves, as in the file."""

    def __init__(self, inside, outside, size, stride):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, size, stride)
        before, after = size // 2, size // 2 - (1 if stride == 2 else 0)
        self.pad = (before, max(0, after), before, max(0, after)) if size > 1 else None

    def forward(self, x):
        return self.conv(F.pad(x, self.pad) if self.pad else x)


class Block(nn.Module):
    def __init__(self, inside, outside, stride):
        super().__init__()
        self.side = Conv(inside, outside, 1, stride) if stride == 2 else None
        self.first = Conv(inside, outside, 3, stride)
        self.second = Conv(outside, outside, 3, 1)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + (self.side(x) if self.side else x))


class Backbone(nn.Module):
    """From pictures to features at an eighth and at a sixteenth of their size."""

    def __init__(self):
        super().__init__()
        self.begin = Conv(3, 64, 7, 2)
        self.stages = nn.ModuleList(nn.Sequential(Block(a, b, stride), Block(b, b, 1)) for a, b, stride in STAGES)

    def early(self, x):
        x = F.max_pool2d(F.pad(F.relu(self.begin(x)), (1, 0, 1, 0), value=0.0), 3, 2)
        return self.stages[1](self.stages[0](x))

    def forward(self, x):
        eighth = self.early(x)
        return eighth, self.stages[2](eighth)


def load(path):
    """The network with the file's weights."""
    import onnx  # not where a net only learns on: a machine with a GPU may have PyTorch alone
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            values[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    folded = []
    for node in graph.node:
        if node.op_type == "Conv":
            folded.append([values[node.input[1]], None])
        elif node.op_type == "BatchNormalization":
            scale, shift, mean, variance = (values[name] for name in node.input[1:])
            by = scale / np.sqrt(variance + next(a.f for a in node.attribute if a.name == "epsilon"))
            folded[-1][0] = folded[-1][0] * by[:, None, None, None]
            folded[-1][1] = shift - mean * by
    net = Backbone()
    mine = [net.begin] + [part for stage in net.stages for block in stage for part in ((block.side,) if block.side else ()) + (block.first, block.second)]
    with torch.no_grad():
        for part, (weights, bias) in zip(mine, folded):
            part.conv.weight.copy_(torch.from_numpy(weights))
            part.conv.bias.copy_(torch.from_numpy(bias))
    return net.eval()


def prepared(pictures):
    """uint8 n x H x W x 3 (RGB) as the network takes it."""
    x = torch.from_numpy(np.ascontiguousarray(pictures[..., ::-1])).permute(0, 3, 1, 2).float()
    return x - torch.tensor(MEAN).view(1, 3, 1, 1)

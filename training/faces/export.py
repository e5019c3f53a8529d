"""Writes a checkpoint's averaged weights as ONNX: input `input` (1 x 3 x height x width), outputs `s8`, `s16`, `s32`.

usage: export.py CHECKPOINT OUT.onnx   (CHECKPOINT is faces.pt or faces-wide.pt)
"""
import os
import sys

import torch

from net import SHAPES, FaceNet


def main(checkpoint, out):
    state = torch.load(checkpoint, map_location="cpu")
    net = FaceNet(**SHAPES[os.path.basename(checkpoint).split(".")[0]])
    net.load_state_dict(state["average"])
    net.eval()
    axes = {"input": {2: "height", 3: "width"}}
    for stride in (8, 16, 32):
        axes[f"s{stride}"] = {2: f"rows{stride}", 3: f"columns{stride}"}
    torch.onnx.export(net, torch.zeros(1, 3, 256, 320), out, opset_version=13, input_names=["input"],
                      output_names=["s8", "s16", "s32"], dynamic_axes=axes, do_constant_folding=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Writes the net behind its backbone as one ONNX file, and what PyTorch makes of a picture:
python3 export.py OUT/framing.pt RESNET18.onnx framing.onnx parity.bin

Weights are kept in half precision, which halves the file, and are read as float32. parity.bin, little-endian: float32 box (4) and
certainty, of the picture that example() makes.
"""
import os
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import backbone
from net import Framing

OPSET = 13
SMALL = 256


class Whole(torch.nn.Module):
    """Pictures (blue, green, red, less their mean) to boxes in parts of their sides, and how sure they are."""

    def __init__(self, early, net):
        super().__init__()
        self.early, self.net = early, net

    def forward(self, picture):
        eighth, sixteenth = self.early(picture)
        _, box, sure = self.net(eighth, sixteenth)
        return box, torch.sigmoid(sure)[:, None]


def loaded(weights, resnet):
    saved = torch.load(weights, map_location="cpu")
    early = backbone.load(resnet)
    tuned = {name[len("stage."):]: value for name, value in saved["net"].items() if name.startswith("stage.")}
    if tuned:
        early.stages[2].load_state_dict(tuned)
    net = Framing(saved["settings"]["width"])
    net.load_state_dict({name: value for name, value in saved["net"].items() if not name.startswith("stage.")})
    whole = Whole(early, net).eval()
    return whole.half().float()


def halve(path):
    """Keeps large weights in half precision, with a cast behind each."""
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for one in graph.initializer:
        values = numpy_helper.to_array(one)
        if values.dtype != np.float32 or values.size < SMALL:
            continue
        name = one.name
        one.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def example():
    """A made picture, uint8: a warm disc with stripes on a cool slope."""
    y, x = np.mgrid[0:backbone.SIDE, 0:backbone.SIDE]
    picture = np.stack([40 + x // 4, 80 + y // 3, 160 - x // 5], 2)
    disc = (x - 140) ** 2 + (y - 96) ** 2 < 52**2
    picture[disc] = np.stack([200 + 0 * x, 90 + (x + y) % 16 * 4, 40 + 0 * x], 2)[disc]
    return picture.astype(np.uint8)


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    torch.set_num_threads(1)
    whole = loaded(sys.argv[1], sys.argv[2])
    torch.onnx.export(whole, torch.rand(1, 3, backbone.SIDE, backbone.SIDE), sys.argv[3], opset_version=OPSET,
                      input_names=["picture"], output_names=["box", "certainty"], do_constant_folding=True)
    halve(sys.argv[3])
    with torch.no_grad():
        box, sure = whole(backbone.prepared(example()[None]))
    np.concatenate((box[0].numpy(), sure[0].numpy())).astype("<f4").tofile(sys.argv[4])
    print(f"{sys.argv[3]}: {os.path.getsize(sys.argv[3]) / 1e6:.2f} MB; {box[0].tolist()} {float(sure):.3f}")


if __name__ == "__main__":
    main()

"""Writes the averaged weights as ONNX, and what PyTorch makes of a picture:
python3 export.py OUT/checkpoint.pt watermark.onnx parity.bin [weights.pt]

parity.bin: little-endian; int32 height and width, then float32 picture (3 x H x W), mask (H x W), coverage (H x W), and of that
picture in grey, told where its mark is, what is read off it (fit.py): opacity, and red, green, blue of 255; and that mark's coverage (H x W).
weights.pt: the averaged weights alone, for train.py --init.

python3 export.py --shades shades.bin: what fit.py reads off a made picture with a mark of two colours. Little-endian; int32 height and width, then
float32 grey picture (H x W, 0 to 255), coverage (H x W, 0 to 1), opacity, the two colours (of 255), and the picture without the mark (H x W).
"""
import os
import sys

import numpy as np
import onnx
import torch

import fit
from net import DOUBT, UnmarkNet

OPSET = 13


def written(net, path):
    """The net with normalisation folded into the convolutions, one file, sizes free in steps of 16."""
    net.eval()
    for module in net.modules():
        if isinstance(module, torch.nn.Conv2d):
            module.dilation = (1, 1)  # see net.point
    axes = {name: {0: "n", 2: "height", 3: "width"} for name in ("picture", "mask", "cover")}
    torch.onnx.export(net, torch.rand(1, 3, 64, 96), path, opset_version=OPSET, input_names=["picture"], output_names=["mask", "cover"],
                      dynamic_axes=axes, do_constant_folding=True)
    onnx.checker.check_model(onnx.load(path))


def example(height=64, width=96):
    """A made picture with a made mark, and the mark's coverage: slopes, stripes, and a pale disc of 40 %."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    picture = np.stack([x / width, y / height, 0.5 + 0.3 * np.sin(x / 5) * np.cos(y / 9)])
    disc = (((x - width * 0.6) ** 2 + (y - height * 0.45) ** 2) < (height * 0.3) ** 2) & (((x + y) // 12) % 2 == 0)
    return ((1 - 0.4 * disc) * picture + 0.4 * disc).astype(np.float32), disc


def parity(net, path):
    picture, disc = example()
    with torch.no_grad():
        mask, cover = net(torch.from_numpy(picture)[None])
    grey = np.rint(picture.sum(0) / np.float32(3) * 255).astype(np.uint8)
    marked = disc.astype(np.uint8) * 255
    opacity, colour, _ = fit.fitted(np.repeat(grey[..., None], 3, 2), marked, marked)
    with open(path, "wb") as file:
        np.array(picture.shape[1:], "<i4").tofile(file)
        for part in (picture, mask[0].numpy(), cover[0].numpy(), np.array([opacity, *colour]), disc):
            part.astype("<f4").tofile(file)


def shaded(path, height=144, width=160):
    """Slopes and stripes in grey under crosses of 45 % that have a shadow two pixels aside."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    picture = 128 + 70 * np.sin(x / 17) * np.cos(y / 23) + 25 * np.sin((x + y) / 7)
    cross = lambda left, top: ((x - left) % 64 < 40) & ((y - top) % 64 < 40) & (((x - left) % 64 // 14 == 1) | ((y - top) % 64 // 14 == 1))
    pale, dark = cross(0, 0), cross(2, 2)
    cover = pale | dark
    marked = np.where(cover, 0.55 * picture + 0.45 * np.where(pale, 235, 90), picture)
    grey = np.rint(marked).astype(np.uint8)
    whole, mask = np.repeat(grey[..., None], 3, 2), cover.astype(np.uint8) * 255
    opacity, two, kept = fit.fitted(whole, mask, mask)
    out = fit.undone(whole, kept, mask, opacity, two)[..., 0]
    print(f"{path}: opacity {opacity:.3f}, colours {two.round(1).tolist()}, off by {np.abs(out - picture)[cover].mean():.2f}")
    with open(path, "wb") as file:
        np.array(grey.shape, "<i4").tofile(file)
        for part in (grey, cover, np.array([opacity, *two[0], *two[1]]), out):
            part.astype("<f4").tofile(file)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--shades":
        return shaded(sys.argv[2])
    if len(sys.argv) not in (4, 5):
        raise SystemExit(__doc__)
    torch.set_num_threads(1)
    net = UnmarkNet(doubt=DOUBT)
    weights = torch.load(sys.argv[1], map_location="cpu")["average"]
    net.load_state_dict(weights)
    written(net, sys.argv[2])
    parity(net, sys.argv[3])
    if len(sys.argv) == 5:
        torch.save(dict(average=weights), sys.argv[4])
    print(f"{sys.argv[2]}: {os.path.getsize(sys.argv[2]) / 1e6:.2f} MB; {sys.argv[3]}: {os.path.getsize(sys.argv[3]) / 1e3:.0f} KB")


if __name__ == "__main__":
    main()

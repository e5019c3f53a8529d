"""Measures on the held-out pictures and marks: python3 evaluate.py PARTS OUT/checkpoint.pt [--plain PLAIN/checkpoint.pt] [--card card.json]

PSNR and SSIM on the whole picture and on its marked pixels, and the mask's overlap (IoU), at 512 x 512: for each method, for each
band of opacity, and after JPEG. Blended as serving does it (`blended`). After JPEG the truth is what the same JPEG leaves of the
unmarked picture. Nothing is rounded in the net's favour: the result is made 8 bits first.
"""
import argparse
import glob
import json
import os

import cv2
import numpy as np
import torch
from skimage.metrics import structural_similarity

import compose
import fit
from net import DOUBT, PlainNet, UnmarkNet

BANDS = ((0.10, 0.225), (0.225, 0.35), (0.35, 0.475), (0.475, 0.61))
LEAST_PIXELS, LEAST_SHARE = 24, 0.0002  # of marked pixels; with fewer there is no mark
LOW, HIGH = 0.15, 0.5  # the mask's values between which the restored picture takes over


def weights(mask):
    return np.clip((mask - LOW) / (HIGH - LOW), 0, 1)


def blended(marked, mask, restored):
    """`mask` is 0 to 1, `restored` 0 to 255; where the mask is low the marked picture stays to the bit."""
    return np.rint(marked + weights(mask)[..., None] * (restored - marked)).clip(0, 255).astype(np.uint8)


class TestSet:
    def __init__(self, path, lossy):
        self.data, self.lossy = np.load(path), lossy
        self.pictures, self.layers = self.data["pictures"], self.data["layers"]
        self.names, self.opacity = [str(n) for n in self.data["names"]], self.data["opacity"]

    def __len__(self):
        return len(self.names)

    def __getitem__(self, i):
        """Marked and clean (8 bits), and which pixels are marked."""
        clean = torch.from_numpy(self.pictures[i]).permute(2, 0, 1)[None].float() / 255
        layer = torch.from_numpy(self.layers[i]).permute(2, 0, 1)[None].float() / 255
        alpha = layer[:, 3:] * float(self.opacity[i])
        colour = torch.from_numpy(self.data["colours"][i]).float().reshape(1, 3, 1, 1).expand_as(clean) if self.data["mono"][i] else layer[:, :3]
        marked = compose.blend(clean, alpha, colour, torch.tensor([int(self.data["modes"][i])]))
        marked = (compose.eight_bits(marked)[0].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
        clean = self.pictures[i]
        if self.lossy:
            marked, clean = (decoded(x, int(self.data["quality"][i])) for x in (marked, clean))
        return marked, clean, alpha[0, 0].numpy() >= compose.MARKED


def decoded(picture, quality):
    """Through libjpeg and back."""
    return cv2.cvtColor(cv2.imdecode(cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1), cv2.COLOR_BGR2RGB)


def tensor(picture):
    return torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255


def eight(x):
    return (x[0].permute(1, 2, 0).clamp(0, 1) * 255).round().byte().numpy()


def seen(net, picture):
    """The net's mask and coverage of a picture, 8 bits, as serving keeps them."""
    with torch.no_grad():
        return tuple((x[0, 0] * 255 + 0.5).byte().numpy() for x in net(tensor(picture)))


def unmarked(picture, mask, cover):
    """The picture without its mark, and the mark; the picture as it is, and None, where there is none."""
    mark = fit.fitted(picture, mask, cover) if (mask >= 128).sum() >= max(LEAST_PIXELS, LEAST_SHARE * mask.size) else None
    if mark is None:
        return picture, None
    opacity, colour, mask = mark
    return blended(picture, mask / 255, fit.undone(picture, mask, cover, opacity, colour)), mark


def ours(net):
    def method(marked, _):
        mask, cover = seen(net, marked)
        out, mark = unmarked(marked, mask, cover)
        return out, (mask if mark is None else mark[2]) / 255
    return method


def told(marked, true_mask, cover):
    """The fit alone, told where the mark is: what a perfect net would make."""
    mask = true_mask.astype(np.uint8) * 255
    return unmarked(marked, mask, cover)[0], None


def plain_tiles(net):
    """The peer on tiles of 128, each as it was trained."""
    def method(marked, _):
        x = tensor(marked)
        with torch.no_grad():
            rows = [torch.cat([net(x[:, :, i:i + 128, j:j + 128]) for j in range(0, x.shape[3], 128)], 3) for i in range(0, x.shape[2], 128)]
        return eight(torch.cat(rows, 2)), None
    return method


def plain_resized(net):
    """The peer as the reference design serves it: the whole picture made 128 x 128 (here made large again to compare)."""
    def method(marked, _):
        with torch.no_grad():
            small = eight(net(tensor(cv2.resize(marked, (128, 128), interpolation=cv2.INTER_AREA))))
        return cv2.resize(small, marked.shape[1::-1], interpolation=cv2.INTER_CUBIC), None
    return method


def inpainted(how):
    def method(marked, true_mask):
        return cv2.inpaint(marked, cv2.dilate(true_mask.astype(np.uint8), np.ones((3, 3), np.uint8)), 3, how), None
    return method


def measured(out, clean, true_mask, mask):
    error = (out.astype(np.float64) - clean) ** 2
    psnr = lambda e: 10 * np.log10(255 ** 2 / max(e, 1e-2))
    whole, similar = structural_similarity(clean, out, channel_axis=2, data_range=255, full=True)
    found = None if mask is None else mask >= 0.5
    return dict(psnr=psnr(error.mean()), ssim=float(whole), psnr_marked=psnr(error[true_mask].mean()), ssim_marked=float(similar[true_mask].mean()),
                iou=None if mask is None else float((found & true_mask).sum() / max(1, (found | true_mask).sum())))


def summary(rows):
    mean = lambda key: None if rows[0][key] is None else round(float(np.mean([r[key] for r in rows])), 4 if key != "psnr" and key != "psnr_marked" else 2)
    return {key: mean(key) for key in rows[0] if key != "band"} | dict(pictures=len(rows))


def false_alarms(net, test, most):
    """What is found on the held-out pictures as they are, unmarked, and what is done to them."""
    share, kept, psnr = [], 0, []
    for picture in test.pictures[:most]:
        mask, cover = seen(net, picture)
        out, mark = unmarked(picture, mask, cover)
        share.append(float((mask >= 128).mean()))
        kept += mark is None
        if mark is not None:
            psnr.append(measured(out, picture, mask >= 128, None)["psnr"])
    return dict(pictures=len(share), untouched=kept, no_pixel=sum(s == 0 for s in share), mean_share=round(float(np.mean(share)), 5),
                psnr_of_touched=round(float(np.mean(psnr)), 2) if psnr else None)


def doubts(net, parts):
    """PSNR of validation crops for what might be taken from the mask's logit (net.DOUBT), and how many unmarked stay as they are."""
    pictures, layers = (sorted(glob.glob(os.path.join(parts, p)))[-1] for p in ("pictures-*.npy", "marks-*.npz"))
    layers = np.load(layers)
    crops = compose.Crops(np.load(pictures), layers["layers"], layers["mono"], "cpu")
    offered = np.arange(-1, 4, 0.5)
    decibels, untouched = np.zeros(len(offered)), np.zeros(len(offered))
    before, bare, n = 0.0, 0, 0
    for number in range(24):
        marked, clean, truth, _ = crops.batch(4, 256, 50_000 + number)
        with torch.no_grad():
            logit, cover = net.parts(marked)
        for i in range(4):
            picture, wanted = eight(marked[i:i + 1]), eight(clean[i:i + 1])
            covered = (torch.sigmoid(cover[i, 0]) * 255 + 0.5).byte().numpy()
            near = lambda out: 10 * np.log10(255 ** 2 / max(((out.astype(np.float64) - wanted) ** 2).mean(), 1e-1))
            n, bare, before = n + 1, bare + int(not truth[i].any()), before + near(picture)
            for k, doubt in enumerate(offered):
                out, mark = unmarked(picture, (torch.sigmoid(logit[i, 0] - doubt) * 255 + 0.5).byte().numpy(), covered)
                decibels[k] += near(out)
                untouched[k] += float(not truth[i].any() and mark is None)
    print(dict(crops=n, unmarked=bare, before=round(before / n, 2)))
    for k, doubt in enumerate(offered):
        print(dict(doubt=float(doubt), after=round(decibels[k] / n, 2), unmarked_untouched=int(untouched[k])))


def table(result):
    """The README's table."""
    lines = ["| | PSNR, whole | SSIM, whole | PSNR, marked | SSIM, marked | mask IoU |", "| --- | --- | --- | --- | --- | --- |"]
    for kind, title in (("lossless", "as marked"), ("jpeg", "after JPEG 80 to 95")):
        for name, row in result.get(kind, {}).items():
            before = lambda key: f" (from {row[key + '_before']:.2f})" if key + "_before" in row else ""
            iou = "" if row["iou"] is None else f"{row['iou']:.3f}"
            lines.append(f"| {name}, {title} | {row['psnr']:.2f}{before('psnr')} | {row['ssim']:.4f} | {row['psnr_marked']:.2f}{before('psnr_marked')} "
                         f"| {row['ssim_marked']:.4f} | {iou} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Measures on held-out pictures and marks.")
    parser.add_argument("parts")
    parser.add_argument("checkpoint")
    parser.add_argument("--plain")
    parser.add_argument("--card")
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--only", choices=("net", "others"), help="the others do not change with the net; the card keeps what is not measured")
    parser.add_argument("--doubts", action="store_true", help="only compare what net.DOUBT might be, on validation crops")
    parser.add_argument("--lossless", action="store_true", help="without JPEG")
    options = parser.parse_args()
    torch.set_num_threads(1)
    net = UnmarkNet(doubt=DOUBT)
    net.load_state_dict(torch.load(options.checkpoint, map_location="cpu")["average"])
    if options.doubts:
        return doubts(net.eval(), options.parts)
    methods = {"doing nothing": lambda marked, _: (marked, None)}
    if options.only != "others":
        methods["this net"] = ours(net.eval())
    if options.only != "net":
        methods["fit, true mask"] = None
        methods["Telea, true mask"], methods["Navier-Stokes, true mask"] = inpainted(cv2.INPAINT_TELEA), inpainted(cv2.INPAINT_NS)
    if options.plain:
        peer = PlainNet()
        peer.load_state_dict(torch.load(options.plain, map_location="cpu")["average"])
        peer.eval()
        methods["plain U-Net, tiles of 128"], methods["plain U-Net, resized to 128"] = plain_tiles(peer), plain_resized(peer)
    result = {}
    for lossy in (False,) if options.lossless else (False, True):
        rows = {name: [] for name in methods}
        test = TestSet(os.path.join(options.parts, "test.npz"), lossy)
        for i in range(min(len(test), options.most)):
            marked, clean, true_mask = test[i]
            band = next(n for n, (_, high) in enumerate(BANDS) if test.opacity[i] < high)
            for name, method in methods.items():
                out, mask = method(marked, true_mask) if method else told(marked, true_mask, test.layers[i][..., 3])
                rows[name].append(measured(out, clean, true_mask, mask) | dict(band=band))
        kind = "jpeg" if lossy else "lossless"
        result[kind] = {name: summary(r) for name, r in rows.items()}
        for n, (low, high) in enumerate(BANDS):
            some = [r for r in rows.get("this net", []) if r["band"] == n]
            if some:
                nothing = summary([r for r in rows["doing nothing"] if r["band"] == n])
                result[kind][f"this net, {low:.0%} to {high:.0%}"] = summary(some) | {f"{k}_before": nothing[k] for k in ("psnr", "psnr_marked")}
    if options.only != "others":
        result["unmarked"] = false_alarms(net, TestSet(os.path.join(options.parts, "test.npz"), False), options.most)
        print(json.dumps(result["unmarked"]))
    print(table(result))
    if options.card:
        card = json.load(open(options.card)) if os.path.exists(options.card) else {}
        for kind, rows in result.items():
            card.setdefault("figures", {}).setdefault(kind, {}).update(rows)
        with open(options.card, "w") as file:
            json.dump(card, file, indent=1)


if __name__ == "__main__":
    main()

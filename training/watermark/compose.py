"""Marks on pictures: opacity, colour, blend and JPEG are chosen here, for a whole batch, on the device that trains."""
import math

import torch
import torch.nn.functional as F

MARKED = 0.02  # effective opacity from which a pixel counts as marked
NORMAL, MULTIPLY, SCREEN = range(3)


def colours(n, generator=None, chance_of=None):
    """Mostly white, then black, greys, any colour. From a torch generator, or one by one from random.Random."""
    draw = (lambda *s: torch.rand(*s, generator=generator)) if chance_of is None else lambda *s: torch.tensor([chance_of.random() for _ in range(math.prod(s))]).reshape(s)
    u, any_colour, grey = draw(n), draw(n, 3), draw(n)
    out = torch.where((u < 0.45)[:, None], torch.ones(n, 3), grey[:, None].expand(n, 3))
    out = torch.where(((u >= 0.45) & (u < 0.65))[:, None], torch.zeros(n, 3), out)
    return torch.where((u > 0.8)[:, None], any_colour, out)


def blend(clean, alpha, colour, mode):
    """alpha: n x 1 x h x w (opacity times coverage), colour: n x 3 x h x w, mode: n."""
    mode = mode[:, None, None, None]
    top = torch.where(mode == MULTIPLY, clean * colour, torch.where(mode == SCREEN, 1 - (1 - clean) * (1 - colour), colour))
    return (1 - alpha) * clean + alpha * top


def eight_bits(x):
    return (x.clamp(0, 1) * 255).round() / 255


LUMA = torch.tensor([
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99.0]).reshape(8, 8)
CHROMA = torch.full((8, 8), 99.0)
CHROMA[:4, :4] = torch.tensor([[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99.0]])
DCT = torch.tensor([[math.sqrt((1 if k == 0 else 2) / 8) * math.cos(math.pi * (2 * i + 1) * k / 16) for i in range(8)] for k in range(8)])
TO_YCC = torch.tensor([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


def quantised(plane, table, quality):
    """One plane (n x h x w, in steps of 8, -128 to 127) through the DCT and its quantisation (ITU-T T.81, annex K's tables)."""
    n, h, w = plane.shape
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)[:, None, None]
    steps = ((table.to(plane.device) * scale + 50) / 100).floor().clamp(1, 255)[:, None, None]
    dct = DCT.to(plane.device)
    blocks = plane.reshape(n, h // 8, 8, w // 8, 8).permute(0, 1, 3, 2, 4)
    blocks = dct.t() @ (((dct @ blocks @ dct.t()) / steps).round() * steps) @ dct
    return blocks.permute(0, 1, 3, 2, 4).reshape(n, h, w)


def jpeg(x, quality):
    """x: n x 3 x h x w in steps of 16, 0 to 1; quality: n. Chroma at half the size, as most files have it."""
    ycc = torch.einsum("ij,njhw->nihw", TO_YCC.to(x.device), x * 255)
    luma = quantised(ycc[:, 0] - 128, LUMA, quality) + 128
    small = F.avg_pool2d(ycc[:, 1:], 2)
    chroma = torch.stack([quantised(small[:, i], CHROMA, quality) for i in range(2)], 1)
    chroma = F.interpolate(chroma, scale_factor=2, mode="bilinear", align_corners=False)
    back = torch.inverse(TO_YCC).to(x.device)
    return eight_bits(torch.einsum("ij,njhw->nihw", back, torch.cat([luma[:, None], chroma], 1)) / 255)


class Crops:
    """All parts, on the device where it is a GPU. `batch` makes marked crops from them, the same for the same step."""

    def __init__(self, pictures, layers, mono, device):
        self.pictures, self.layers = torch.from_numpy(pictures).to(device), torch.from_numpy(layers).to(device)
        self.mono, self.device = torch.from_numpy(mono), device

    def batch(self, n, side, seed, ease=0.0):
        """`ease`, 1 to 0, leaves faint marks out, and makes that part of the marks white. Returns: marked, clean (as the same JPEG would have left it), mask and coverage."""
        g = torch.Generator().manual_seed(seed)
        rand = lambda *s: torch.rand(*s, generator=g)
        pick = lambda source, i: self.window(source, i, n, side, rand)
        clean = pick(self.pictures, (rand(n) * len(self.pictures)).long()).float() / 255
        chosen = (rand(n) * len(self.layers)).long()
        layer = self.window(self.layers, chosen, n, side, rand, looks=2).float() / 255
        gain, lift = rand(n) * 0.4 + 0.7, rand(n) * 0.2 - 0.1
        changed = (rand(n) < 0.3).float()
        gain, lift = (1 - changed) + changed * gain, changed * lift
        opacity = torch.where(rand(n) < 0.1, torch.zeros(n), 0.09 + 0.26 * ease + (0.52 - 0.26 * ease) * rand(n) ** 1.2)
        mode = torch.where(rand(n) < 0.06, torch.where(rand(n) < 0.5, torch.full((n,), MULTIPLY), torch.full((n,), SCREEN)), torch.zeros(n, dtype=torch.long))
        quality = torch.where(rand(n) < 0.35, 60 + 39 * rand(n), torch.full((n,), 100.0))
        tint = torch.where((rand(n) < ease)[:, None], torch.ones(n, 3), colours(n, g))
        one_colour = self.mono[chosen] | (rand(n) < ease)
        wide = lambda t: t.to(self.device).reshape(n, -1, 1, 1)
        clean = eight_bits(clean * wide(gain) + wide(lift))
        colour = torch.where(wide(one_colour), wide(tint).expand(n, 3, side, side), layer[:, :3])
        alpha = layer[:, 3:] * wide(opacity)
        marked = eight_bits(blend(clean, alpha, colour, mode.to(self.device)))
        lossy = (quality < 100).nonzero()[:, 0].to(self.device)
        if len(lossy):
            q = quality.to(self.device)[lossy]
            marked[lossy], clean[lossy] = jpeg(marked[lossy], q), jpeg(clean[lossy], q)
        return marked, clean, (alpha >= MARKED).float(), layer[:, 3:]

    def window(self, source, index, n, side, rand, looks=1):
        """Windows of n of the source's crops, some mirrored, some on their side; of some looks, that with most coverage."""
        at = (rand(n, looks, 2) * (source.shape[1] - side + 1)).long()
        turn = (rand(n) * 8).long()
        device, ticks = source.device, torch.arange(side)
        windows = source.unfold(1, side, 1).unfold(2, side, 1)  # n x y x x x planes x side x side: a view, nothing is copied
        place = lambda look: tuple(t.to(device) for t in (index, at[:, look, 1], at[:, look, 0]))
        out = windows[place(0)]
        if looks > 1:
            other = windows[place(1)]
            fuller = [w[:, 3].sum((1, 2), dtype=torch.int64) for w in (out, other)]
            out = torch.where((fuller[1] > fuller[0])[:, None, None, None], other, out)
        x, y = (torch.where((turn & bit).bool()[:, None], side - 1 - ticks, ticks).to(device) for bit in (1, 2))
        here = torch.arange(n, device=device)[:, None, None]
        upright = out[here, :, y[:, :, None], x[:, None, :]].permute(0, 3, 1, 2)
        aside = (turn & 4).bool().to(device)[:, None, None, None]
        return torch.where(aside, upright.transpose(2, 3), upright).to(self.device)

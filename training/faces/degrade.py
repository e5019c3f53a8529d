"""What cameras, light and codecs do to a picture: applied to a batch in place of the clean crops."""
import math

import torch
import torch.nn.functional as F

LUMA = torch.tensor([0.299, 0.587, 0.114])
TABLE = torch.tensor([
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100,
    103, 99]).float().reshape(8, 8)  # ITU-T T.81, table K.1


def some(n, part, device):
    return torch.nonzero(torch.rand(n, device=device) < part)[:, 0]


def per(n, low, high, device):
    return (torch.rand(n, device=device) * (high - low) + low)[:, None, None, None]


def light(x):
    n, device = len(x), x.device
    i = some(n, 0.6, device)
    if len(i):
        y = x[i] * per(len(i), 0.75, 1.3, device) + per(len(i), -20, 20, device)
        y = y * (1 + 0.12 * torch.randn(len(i), 3, 1, 1, device=device))
        grey = (y * LUMA.to(device)[None, :, None, None]).sum(1, keepdim=True)
        x[i] = grey + (y - grey) * per(len(i), 0.3, 1.5, device)
    i = some(n, 0.3, device)
    if len(i):
        x[i] = 255 * (x[i].clamp(0, 255) / 255) ** torch.exp(per(len(i), -0.6, 0.6, device))
    i = some(n, 0.08, device)
    if len(i):
        x[i] = (x[i] * LUMA.to(device)[None, :, None, None]).sum(1, keepdim=True).expand(-1, 3, -1, -1)
    i = some(n, 0.14, device)  # the dark: little light, then the noise that comes with it
    if len(i):
        gain = per(len(i), 0.06, 0.5, device)
        dark = x[i].clamp(0, 255) * gain
        noise = torch.randn_like(dark) * per(len(i), 0, 5, device)
        x[i] = dark + noise
    i = some(n, 0.06, device)  # against the light, or overexposed
    if len(i):
        x[i] = x[i] * per(len(i), 1.3, 2.2, device)
    return x.clamp(0, 255)


def blur(x):
    n, device = len(x), x.device
    i = some(n, 0.12, device)
    if len(i):
        x[i] = spread(x[i], gauss(len(i), device))
    i = some(n, 0.12, device)
    if len(i):
        x[i] = spread(x[i], streaks(len(i), device))
    i = some(n, 0.12, device)
    if len(i):
        factor = 2 if torch.rand(()) < 0.7 else 3
        y = F.avg_pool2d(x[i], factor, ceil_mode=True)
        x[i] = F.interpolate(y, x.shape[-2:], mode="bilinear" if torch.rand(()) < 0.7 else "nearest")
    return x


def gauss(n, device, size=9):
    t = torch.arange(size, device=device) - size // 2
    sigma = per(n, 0.4, 2.2, device)[:, :, 0]
    row = torch.exp(-t[None, None] ** 2 / (2 * sigma ** 2))[:, 0]
    kernel = row[:, :, None] * row[:, None]
    return kernel / kernel.sum((1, 2), keepdim=True)


def streaks(n, device, size=17):
    """Motion: a line of any direction, up to 17 pixels long."""
    angle, length = torch.rand(n, device=device) * math.pi, torch.rand(n, device=device) * (size - 4) / 2 + 1.5
    t = (torch.arange(size, device=device) - size // 2).float()
    y, x = torch.meshgrid(t, t, indexing="ij")
    along = x[None] * torch.cos(angle)[:, None, None] + y[None] * torch.sin(angle)[:, None, None]
    across = -x[None] * torch.sin(angle)[:, None, None] + y[None] * torch.cos(angle)[:, None, None]
    kernel = (1 - across.abs()).clamp(min=0) * (along.abs() <= length[:, None, None])
    return kernel / kernel.sum((1, 2), keepdim=True)


def spread(x, kernels):
    n, size = len(x), kernels.shape[-1]
    flat = F.pad(x, (size // 2,) * 4, mode="replicate").reshape(1, n * 3, x.shape[2] + size - 1, x.shape[3] + size - 1)
    out = F.conv2d(flat, kernels.repeat_interleave(3, 0)[:, None], groups=n * 3)
    return out.reshape_as(x)


def noise(x):
    n, device = len(x), x.device
    i = some(n, 0.25, device)
    if len(i):
        x[i] = x[i] + torch.randn_like(x[i]) * per(len(i), 1, 14, device)
    return x


def cosine_basis(size, device):
    k = torch.arange(size, device=device).float()
    basis = torch.cos(math.pi * (k[None] + 0.5) * k[:, None] / size) * math.sqrt(2 / size)
    basis[0] = math.sqrt(1 / size)
    return basis


def quantise(plane, step, size):
    """Block transform, quantisation with a dead zone, and back. Plane: n x h x w; step: n x size x size."""
    n, h, w = plane.shape
    basis = cosine_basis(size, plane.device)
    blocks = plane.reshape(n, h // size, size, w // size, size).permute(0, 1, 3, 2, 4)
    coefficients = basis @ blocks @ basis.T
    step = step[:, None, None]
    level = torch.sign(coefficients) * torch.floor(coefficients.abs() / step + 0.4)
    back = basis.T @ (level * step) @ basis
    return back.permute(0, 1, 3, 2, 4).reshape(n, h, w)


def codec(x, part=0.45):
    """JPEG's and, with blocks of four and a soft seam, something like a video codec's losses."""
    n, device = len(x), x.device
    i = some(n, part, device)
    if not len(i):
        return x
    y = x[i]
    luma = (y * LUMA.to(device)[None, :, None, None]).sum(1)
    blue, red = (y[:, 2] - luma) * 0.564, (y[:, 0] - luma) * 0.713
    quality = torch.exp(torch.rand(len(i), device=device) * 2.6 - 1.2)[:, None, None]
    if torch.rand(()) < 0.6:
        step = (TABLE.to(device)[None] * quality).clamp(min=1)
        luma = quantise(luma - 128, step, 8) + 128
    else:
        step = (14 * quality).expand(-1, 4, 4).clamp(min=1)
        luma = quantise(luma - 128, step, 4) + 128
        soft = F.avg_pool2d(F.pad(luma[:, None], (1, 1, 1, 1), mode="replicate"), 3, 1)[:, 0]
        luma = luma * 0.6 + soft * 0.4
    pooled = [F.avg_pool2d(p[:, None], 2)[:, 0] for p in (blue, red)]
    chroma_step = (22 * quality).expand(-1, 8, 8).clamp(min=1)
    blue, red = (F.interpolate(quantise(p, chroma_step, 8)[:, None], scale_factor=2.0, mode="bilinear")[:, 0] for p in pooled)
    r, b = luma + red / 0.713, luma + blue / 0.564
    g = (luma - 0.299 * r - 0.114 * b) / 0.587
    x[i] = torch.stack([r, g, b], 1)
    return x


def degrade(x):
    """Pixels 0 to 255 in, the same out, rounded as a decoder's are."""
    return codec(noise(blur(light(x)))).clamp(0, 255).round()

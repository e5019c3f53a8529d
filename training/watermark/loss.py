"""What training minimises: the picture and its gradients where it was marked, the mask everywhere, the mark's alpha and colour."""
import torch
import torch.nn.functional as F

from compose import MARKED


def gradients(x):
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def mean(values, weight):
    """Mean over the pixels of `weight` (n x 1 x h x w), which a batch without marks leaves at 0 and not at 0 / 0."""
    return (values * weight).sum() / (weight.sum() * values.shape[1] + 64)


def seeing(parts, mask, alpha):
    """For the beginning: seeing marks, and nothing else. Absolute errors would have the net give every doubtful pixel up."""
    probability = torch.sigmoid(parts["logit"])
    dice = 1 - (2 * (probability * mask).sum() + 64) / (probability.sum() + mask.sum() + 64)
    return dict(mask=2 * F.binary_cross_entropy_with_logits(parts["logit"], mask, pos_weight=torch.tensor(3.0, device=mask.device)) + dice,
                alpha=20 * ((parts["alpha"] - alpha) ** 2).mean())


def losses(parts, marked, clean, mask, alpha, colour, plain):
    """By name. `alpha` and `colour` are compared only where the blend was a plain one."""
    near = F.max_pool2d(mask, 5, 1, 2)
    blended = marked + parts["mask"] * (parts["restored"] - marked)
    wx, wy = gradients(clean)
    gx, gy = gradients(parts["restored"])
    probability = parts["mask"].clamp(1e-6, 1 - 1e-6)
    dice = 1 - (2 * (probability * mask).sum() + 64) / (probability.sum() + mask.sum() + 64)
    return dict(
        picture=5 * mean((parts["restored"] - clean).abs(), near),
        undone=2 * mean((parts["undone"] - clean).abs(), mask),
        blended=6 * (blended - clean).abs().mean(),
        gradient=2 * (mean((gx - wx).abs(), near[..., :, 1:]) + mean((gy - wy).abs(), near[..., 1:, :])),
        mask=1.5 * F.binary_cross_entropy_with_logits(parts["logit"], mask) + 0.5 * dice,
        alpha=2 * mean((parts["alpha"] - alpha).abs(), near * plain) + 2 * ((parts["alpha"] - alpha).abs() * plain).mean(),
        colour=2 * mean((parts["alpha"] * parts["colour"] - alpha * colour).abs(), (alpha >= MARKED).float() * plain),
    )

"""What training minimises: what is marked, and how much of it."""
import torch
import torch.nn.functional as F


def mean(values, weight):
    """Mean over the pixels of `weight` (n x 1 x h x w), which a batch without marks leaves at 0 and not at 0 / 0."""
    return (values * weight).sum() / (weight.sum() * values.shape[1] + 64)


def losses(mask_logit, cover_logit, mask, cover):
    """By name. The coverage is asked near marks alone: elsewhere there is nothing to cover."""
    probability = torch.sigmoid(mask_logit)
    dice = 1 - (2 * (probability * mask).sum() + 64) / (probability.sum() + mask.sum() + 64)
    near = F.max_pool2d(mask, 5, 1, 2)
    return dict(mask=2 * F.binary_cross_entropy_with_logits(mask_logit, mask, pos_weight=torch.tensor(2.0, device=mask.device)) + dice,
                cover=mean(F.binary_cross_entropy_with_logits(cover_logit, cover, reduction="none"), near))

using LiveFace.Restoration;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Watermarks;

/// <summary>The net that takes marks off, loaded when first asked for.</summary>
internal sealed class RemovalModel(ModelCatalogue catalogue, InferenceSessions sessions)
{
    private volatile WatermarkRemover? _remover;

    /// <exception cref="ModelException">There is none, or it could not be prepared or loaded.</exception>
    public async Task<WatermarkRemover> GetAsync(CancellationToken cancel) =>
        _remover ??= await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, cancel);
}

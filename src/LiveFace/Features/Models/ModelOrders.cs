using System.Collections.Concurrent;
using LiveFace.Telemetry;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Features.Models;

/// <summary>Prepares models that an admin asks for, before any room does. It ends with the server.</summary>
internal sealed class ModelOrders(ModelPreparation preparation, FaultSink faults, IHostApplicationLifetime life)
{
    private readonly ConcurrentDictionary<string, string> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    public bool IsUnderWay(ModelEntry model) => _underWay.ContainsKey(model.Id);

    /// <summary>Why the last try came to nothing.</summary>
    public string? ProblemOf(ModelEntry model) => _problems.GetValueOrDefault(model.Id);

    /// <summary>Begins, unless it is under way already.</summary>
    public void Begin(ModelEntry model)
    {
        if (!_underWay.TryAdd(model.Id, model.Id))
            return;
        _problems.TryRemove(model.Id, out _);
        _ = faults.WatchAsync("model order", PrepareAsync(model), () => _underWay.TryRemove(model.Id, out _));
    }

    private async Task PrepareAsync(ModelEntry model)
    {
        try
        {
            await Task.Run(() => preparation.PrepareAsync(model, progress: null, life.ApplicationStopping), life.ApplicationStopping);
        }
        catch (ModelException failed)
        {
            _problems[model.Id] = failed.Message;
        }
        catch (OperationCanceledException)
        {
            // The server stops; the next start begins again.
        }

        _underWay.TryRemove(model.Id, out _);
    }
}

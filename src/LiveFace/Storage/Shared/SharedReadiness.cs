using LiveFace.Telemetry;

namespace LiveFace.Storage.Shared;

/// <summary>Whether this server knows what others changed, and whether the database takes writes.</summary>
internal sealed class SharedReadiness(SharedStore store, StoreFreshness fresh, OwedWrites owed) : IReadinessCheck
{
    public string Name => "shared-storage";

    public string? Problem()
    {
        if (!fresh.IsFresh)
            return $"The shared database has not answered for {fresh.Age.TotalSeconds:0} s; nobody is admitted by a key or link until it does.";
        if (store.TakesWrites || store.TryProbe())
            return null;
        return $"The shared database takes no writes; {owed.Count} that were taken back hold on this server only, until it does.";
    }
}

using LiveFace.Telemetry;

namespace LiveFace.Storage;

/// <summary>Whether the disk takes writes, as the last one showed. Only after one that failed does asking write.</summary>
internal sealed class StorageReadiness(Database database, OwedWrites owed) : IReadinessCheck
{
    public string Name => "storage";

    public string? Problem()
    {
        if (database.TakesWrites || database.TryProbe())
            return null;
        var count = owed.Count;
        return count == 0
            ? "The disk takes no writes; nothing can be changed until it does."
            : $"The disk takes no writes; {count} that were taken back hold until a restart only.";
    }
}

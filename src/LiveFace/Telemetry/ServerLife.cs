namespace LiveFace.Telemetry;

/// <summary>Whether the server is on its way out.</summary>
internal sealed class ServerLife : IReadinessCheck
{
    private volatile bool _draining;

    public string Name => "running";

    public bool IsDraining => _draining;

    public void BeginDraining() => _draining = true;

    public string? Problem() => _draining ? "The server is shutting down." : null;
}

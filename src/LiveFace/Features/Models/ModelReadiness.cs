using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Features.Models;

/// <summary>The server is ready when the model that the default policy needs is loaded, if anything asked for it.</summary>
internal sealed class ModelReadiness(DetectorShelf shelf) : IReadinessCheck
{
    public const string Model = "faces";

    public string Name => "models";

    public string? Problem() => shelf.ProblemOf(Model);
}

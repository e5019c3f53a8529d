using LiveFace.Redaction.Exemptions;

namespace LiveFace.Redaction.Readings;

/// <summary>The constants of readings.</summary>
public sealed record ReadingOptions
{
    /// <summary>How many faces are read a second at most.</summary>
    public double PerSecond { get; init; } = 4;

    /// <summary>How many readings since the last doubt about who a track is have to agree before a rule goes by them.</summary>
    public int Least { get; init; } = 3;

    /// <summary>How soon a face is read again that was not read so often yet.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How soon one is read again that was.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a rule goes by a reading after the frame that was read.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>When a track's number is in doubt.</summary>
    public ExemptionOptions Certainty { get; init; } = new();
}

namespace LiveFace.Vision.Detection;

/// <summary>
/// A frame as those see it who decide what may be shown: its place in the row of frames, when it came on the server's own
/// clock (a sender's timestamps prove nothing), and the epoch, in which geometry and scene stay the same, and since when.
/// Only <see cref="FrameMarks"/> makes one.
/// </summary>
public readonly struct FrameMark : IEquatable<FrameMark>
{
    internal FrameMark(long index, TimeSpan time, long epoch, TimeSpan epochBegan) =>
        (Index, Time, Epoch, EpochBegan) = (index, time, epoch, epochBegan);

    /// <summary>Which frame of the stream, from 1 on; 0 is none.</summary>
    public long Index { get; }

    /// <summary>When it came.</summary>
    public TimeSpan Time { get; }

    /// <summary>Which epoch of the stream.</summary>
    public long Epoch { get; }

    /// <summary>When the epoch's first frame came.</summary>
    public TimeSpan EpochBegan { get; }

    /// <summary>How far two frames lie from each other in time.</summary>
    public TimeSpan DistanceTo(in FrameMark other) => (Time - other.Time).Duration();

    /// <inheritdoc/>
    public bool Equals(FrameMark other) => Index == other.Index && Time == other.Time && Epoch == other.Epoch;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameMark other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Epoch);

    /// <inheritdoc/>
    public override string ToString() => $"frame {Index} of epoch {Epoch} at {Time}";

    /// <summary>Whether both are the same frame.</summary>
    public static bool operator ==(FrameMark left, FrameMark right) => left.Equals(right);

    /// <summary>Whether they are not.</summary>
    public static bool operator !=(FrameMark left, FrameMark right) => !left.Equals(right);
}

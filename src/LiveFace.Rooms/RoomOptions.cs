using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>How many rooms there may be, and what one may take; section <c>Rooms</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Rooms";

    /// <summary>Rooms that there may be at a time.</summary>
    public int MaximumRooms { get; set; } = 100;

    /// <summary>Viewers of one room.</summary>
    public int ViewersPerRoom { get; set; } = 100;

    /// <summary>How long a room stays when everybody has left.</summary>
    public int IdleSeconds { get; set; } = 30;

    /// <summary>The most that is sent to and taken from each peer.</summary>
    public int MaximumKbps { get; set; } = 4000;

    /// <summary>With <see cref="MaximumHeight"/>: pixels of the largest picture that is taken.</summary>
    public int MaximumWidth { get; set; } = 1920;

    /// <summary>See <see cref="MaximumWidth"/>.</summary>
    public int MaximumHeight { get; set; } = 1080;

    /// <summary>Pictures a second that are worked on.</summary>
    public int MaximumFps { get; set; } = 60;

    /// <summary>How long a frame waits for its own detection.</summary>
    public int DetectionWaitMs { get; set; } = 66;

    /// <summary>What one look of a detector may cost.</summary>
    public int LookBudgetMs { get; set; } = 8;

    /// <summary>Faces that are read a second in a room whose policy asks for it.</summary>
    public int ReadingsPerSecond { get; set; } = 4;

    /// <summary>The part of the machine's processors from which on nobody new is admitted.</summary>
    public double FullAt { get; set; } = 0.9;

    internal PipelineOptions ToPipelineOptions() => new()
    {
        DetectionWait = TimeSpan.FromMilliseconds(DetectionWaitMs),
        LookBudget = TimeSpan.FromMilliseconds(LookBudgetMs),
        ReadingsPerSecond = ReadingsPerSecond,
        MaximumBitrate = MaximumKbps * 1000,
        MaximumPixels = MaximumWidth * MaximumHeight,
        MaximumFrameRate = MaximumFps,
    };
}

using LiveFace.Rooms.Pipeline;
using Microsoft.Extensions.Options;

namespace LiveFace.Rooms;

/// <summary>How many rooms there may be, and what one may take; section <c>Rooms</c>.</summary>
internal sealed class RoomOptions
{
    public const string Section = "Rooms";

    public int MaximumRooms { get; set; } = 100;

    public int ViewersPerRoom { get; set; } = 100;

    /// <summary>How long a room stays when everybody has left.</summary>
    public int IdleSeconds { get; set; } = 30;

    /// <summary>The most that is sent to and taken from each peer.</summary>
    public int MaximumKbps { get; set; } = 4000;

    public int MaximumWidth { get; set; } = 1920;

    public int MaximumHeight { get; set; } = 1080;

    public int MaximumFps { get; set; } = 60;

    /// <summary>How long a frame waits for its own detection.</summary>
    public int DetectionWaitMs { get; set; } = 66;

    /// <summary>What one look of a detector may cost.</summary>
    public int LookBudgetMs { get; set; } = 8;

    /// <summary>The part of the machine's processors from which on nobody new is admitted.</summary>
    public double FullAt { get; set; } = 0.9;

    public PipelineOptions ToPipelineOptions() => new()
    {
        DetectionWait = TimeSpan.FromMilliseconds(DetectionWaitMs),
        LookBudget = TimeSpan.FromMilliseconds(LookBudgetMs),
        MaximumBitrate = MaximumKbps * 1000,
        MaximumPixels = MaximumWidth * MaximumHeight,
        MaximumFrameRate = MaximumFps,
    };
}

internal sealed class RoomOptionsValidator : IValidateOptions<RoomOptions>
{
    public ValidateOptionsResult Validate(string? name, RoomOptions options)
    {
        var errors = new List<string>();
        Between("MaximumRooms", options.MaximumRooms, 1, 10_000, errors);
        Between("ViewersPerRoom", options.ViewersPerRoom, 0, 10_000, errors);
        Between("IdleSeconds", options.IdleSeconds, 1, 86_400, errors);
        Between("MaximumKbps", options.MaximumKbps, 200, 100_000, errors);
        Between("MaximumWidth", options.MaximumWidth, 16, 7680, errors);
        Between("MaximumHeight", options.MaximumHeight, 16, 7680, errors);
        Between("MaximumFps", options.MaximumFps, 1, 240, errors);
        Between("DetectionWaitMs", options.DetectionWaitMs, 0, 1000, errors);
        Between("LookBudgetMs", options.LookBudgetMs, 1, 1000, errors);
        if (options.FullAt is not (> 0 and <= 1))
            errors.Add($"{RoomOptions.Section}:FullAt: must be over 0 and up to 1, was {options.FullAt}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Between(string setting, int value, int low, int high, List<string> errors)
    {
        if (value < low || value > high)
            errors.Add($"{RoomOptions.Section}:{setting}: must be {low} to {high}, was {value}.");
    }
}

using LiveFace.Rooms;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Rooms;

/// <summary>Says which of the rooms' settings is out of its range.</summary>
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
        Between("ReadingsPerSecond", options.ReadingsPerSecond, 1, 30, errors);
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

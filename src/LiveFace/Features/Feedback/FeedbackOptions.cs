using Microsoft.Extensions.Options;

namespace LiveFace.Features.Feedback;

/// <summary>What people say of results: a thumb and words; section <c>Feedback</c>.</summary>
internal sealed class FeedbackOptions
{
    public const string Section = "Feedback";

    public bool Enabled { get; set; } = true;

    /// <summary>Days from when it came to when it is deleted.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>How many are kept at a time.</summary>
    public int Most { get; set; } = 10_000;

    /// <summary>How many are taken from one address in a day.</summary>
    public int PerAddressPerDay { get; set; } = 100;
}

internal sealed class FeedbackOptionsValidator : IValidateOptions<FeedbackOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedbackOptions options)
    {
        var errors = new List<string>();
        Range("KeepDays", options.KeepDays, 1, 3650);
        Range("Most", options.Most, 1, 1_000_000);
        Range("PerAddressPerDay", options.PerAddressPerDay, 1, 1_000_000);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range(string setting, int value, int least, int most)
        {
            if (value < least || value > most)
                errors.Add($"Feedback:{setting}: must be {least} to {most}, was {value}.");
        }
    }
}

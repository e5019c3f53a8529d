using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// How much one key, with all that was made from it, and one address may hold at a time, where keys are asked for; section
/// <c>Quotas</c>. Admins' keys are not held to them.
/// </summary>
internal sealed class QuotaOptions
{
    public const string Section = "Quotas";

    /// <summary>Rooms that it brought into being.</summary>
    public int RoomsPerKey { get; set; } = 25;

    public int PublishersPerKey { get; set; } = 50;

    public int ViewersPerKey { get; set; } = 500;

    public int HubConnectionsPerKey { get; set; } = 500;

    public int UploadsPerKey { get; set; } = 4;

    /// <summary>Jobs that have not expired.</summary>
    public int JobsPerKey { get; set; } = 50;

    public int JobEventsPerKey { get; set; } = 50;

    public int LinksPerKey { get; set; } = 500;

    /// <summary>Rooms whose policy is kept.</summary>
    public int PoliciesPerKey { get; set; } = 200;

    public int PublishersPerAddress { get; set; } = 50;

    public int ViewersPerAddress { get; set; } = 200;

    public int HubConnectionsPerAddress { get; set; } = 200;

    public int UploadsPerAddress { get; set; } = 8;

    public int JobEventsPerAddress { get; set; } = 100;

    /// <summary>Readers of one job's events, admins too.</summary>
    public int JobEventsPerJob { get; set; } = 20;

    /// <summary>Uploads of all callers, admins too: they are memory or disk.</summary>
    public int Uploads { get; set; } = 16;

    /// <summary>TCP connections of one address, trusted proxies and this machine left out.</summary>
    public int ConnectionsPerAddress { get; set; } = 500;

    /// <summary>TCP connections of all; beyond it those that are idle longest make room.</summary>
    public int Connections { get; set; } = 10_000;
}

internal sealed class QuotaOptionsValidator : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        var errors = typeof(QuotaOptions).GetProperties()
            .Where(p => p.GetValue(options) is int value && value is < 1 or > 1_000_000)
            .Select(p => $"Quotas:{p.Name}: must be 1 to 1000000, was {p.GetValue(options)}.")
            .ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

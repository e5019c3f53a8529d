using System.Buffers;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Sessions;

/// <summary>STUN and TURN servers that clients are told of; section <c>Ice</c>.</summary>
internal sealed class IceOptions
{
    public const string Section = "Ice";

    /// <summary>Such as <c>stun:stun.example:3478</c> and <c>turn:turn.example:3478?transport=udp</c>.</summary>
    public IList<string> Urls { get; } = [];

    /// <summary>coturn's <c>static-auth-secret</c>, from which time-limited credentials are made.</summary>
    public string? TurnSecret { get; set; }

    public string? TurnUsername { get; set; }

    public string? TurnPassword { get; set; }

    public int CredentialMinutes { get; set; } = 60;
}

internal sealed class IceOptionsValidator : IValidateOptions<IceOptions>
{
    private static readonly string[] Schemes = ["stun:", "stuns:", "turn:", "turns:"];

    // Would break out of a Link header.
    private static readonly SearchValues<char> Quoting = SearchValues.Create(" \"<>,;\\\r\n");

    public ValidateOptionsResult Validate(string? name, IceOptions options)
    {
        var errors = new List<string>();
        foreach (var url in options.Urls)
            if (!Schemes.Any(s => url.StartsWith(s, StringComparison.Ordinal) && url.Length > s.Length)
                || url.AsSpan().ContainsAny(Quoting))
                errors.Add($"Ice:Urls: '{url}' is not like 'stun:host:3478', 'turn:host:3478?transport=udp' or "
                    + "'turns:host:5349?transport=tcp'.");

        var credentials = options.TurnSecret is not null
            || (options.TurnUsername is not null && options.TurnPassword is not null);
        if (options.Urls.Any(IceServers.IsTurn) && !credentials)
            errors.Add("Ice:TurnSecret: a TURN server needs coturn's static-auth-secret here, "
                + "or Ice:TurnUsername and Ice:TurnPassword.");
        if (options.CredentialMinutes is < 5 or > 1440)
            errors.Add($"Ice:CredentialMinutes: must be 5 to 1440, was {options.CredentialMinutes}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

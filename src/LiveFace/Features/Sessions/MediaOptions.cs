using System.Net;
using LiveFace.Media.Sandbox;
using LiveFace.WebRtc;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Sessions;

/// <summary>The one port for media; section <c>Media</c>.</summary>
internal sealed class MediaOptions
{
    public const string Section = "Media";

    public int Port { get; set; } = 8189;

    /// <summary>Local addresses to listen on; none: all.</summary>
    public IList<string> Bind { get; } = [];

    /// <summary>Addresses under which clients reach this server, where they are not its own (NAT, container).</summary>
    public IList<string> PublicAddresses { get; } = [];

    /// <summary>Who says them beside: <c>kubernetes</c>, the addresses of the machine that this pod runs on.</summary>
    public string? PublicAddressFrom { get; set; }

    /// <summary>The port that goes with them; 0: the same.</summary>
    public int PublicPort { get; set; }

    /// <summary>Whether the machine's own addresses are offered too when there are public ones.</summary>
    public bool OfferLocalAddresses { get; set; } = true;

    /// <summary>Media over TCP for networks that drop UDP.</summary>
    public bool Tcp { get; set; } = true;

    public int MaximumPeers { get; set; } = 1000;

    /// <summary>Whether strangers' video and pictures are decoded in confined processes: required, preferred or off.</summary>
    public string Sandbox { get; set; } = "preferred";

    public SandboxMode SandboxMode => Enum.Parse<SandboxMode>(Sandbox, ignoreCase: true);

    /// <summary>What becomes of a server whose libraries are older than is known to be safe: warn or refuse.</summary>
    public string OldLibraries { get; set; } = "warn";

    public bool RefusesOldLibraries => OldLibraries.Equals("refuse", StringComparison.OrdinalIgnoreCase);

    public RtcEndpointOptions ToEndpointOptions(bool thisMachineOnly) => new()
    {
        SameMachineOnly = thisMachineOnly,
        Port = Port,
        BindAddresses = Bind.Count > 0 ? [.. Bind.Select(IPAddress.Parse)] : new RtcEndpointOptions().BindAddresses,
        PublicAddresses = [.. PublicAddresses.Select(IPAddress.Parse), .. PublicAddressFrom is null ? [] : NodeAddress.OfThisPod().Find()],
        PublicPort = PublicPort,
        OfferLocalAddresses = OfferLocalAddresses,
        Tcp = Tcp,
        MaximumPeers = MaximumPeers,
    };
}

internal sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        var errors = new List<string>();
        if (options.Port is < 0 or > 65535)
            errors.Add($"Media:Port: must be 0 (any free one) to 65535, was {options.Port}.");
        if (options.PublicPort is < 0 or > 65535)
            errors.Add($"Media:PublicPort: must be 0 (the same as Media:Port) to 65535, was {options.PublicPort}.");
        foreach (var address in options.Bind.Where(a => !IPAddress.TryParse(a, out _)))
            errors.Add($"Media:Bind: '{address}' is not an IP address.");
        foreach (var address in options.PublicAddresses.Where(a => !IPAddress.TryParse(a, out _)))
            errors.Add($"Media:PublicAddresses: '{address}' is not an IP address (a name is not resolved here).");
        if (options.PublicAddressFrom is not null and not NodeAddress.Kubernetes)
            errors.Add($"Media:PublicAddressFrom: must be {NodeAddress.Kubernetes} or left out, was '{options.PublicAddressFrom}'.");
        if (options.MaximumPeers is < 1 or > 100_000)
            errors.Add($"Media:MaximumPeers: must be 1 to 100000, was {options.MaximumPeers}.");
        if (options.Sandbox.ToUpperInvariant() is not ("REQUIRED" or "PREFERRED" or "OFF"))
            errors.Add($"Media:Sandbox: must be required, preferred or off, was '{options.Sandbox}'.");
        if (options.OldLibraries.ToUpperInvariant() is not ("WARN" or "REFUSE"))
            errors.Add($"Media:OldLibraries: must be warn or refuse, was '{options.OldLibraries}'.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

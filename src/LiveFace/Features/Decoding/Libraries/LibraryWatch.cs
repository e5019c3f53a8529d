using System.Security.Cryptography;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Media;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Decoding.Libraries;

/// <summary>Names, as the server starts, the libraries that are older than is known to be safe, or refuses to start with them.</summary>
internal sealed partial class LibraryWatch(IOptions<MediaOptions> options, ILogger<LibraryWatch> logger) : IHostedService, IReadinessCheck
{
    private static readonly Lazy<IReadOnlyList<string>> Flaws =
        new(() => KnownFlaws.Find(InstalledPackages.Read(), Ask));

    public string Name => "libraries";

    /// <summary>For tests: what is said of this machine's libraries.</summary>
    public IReadOnlyList<string> Found { get; init; } = Flaws.Value;

    public string? Problem() => null;

    public string? Note() => Found.Count == 0 ? null : string.Join(" ", Found);

    /// <exception cref="OptionsValidationException">There is one, and <c>Media:OldLibraries</c> is <c>refuse</c>.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Found.Count > 0 && options.Value.RefusesOldLibraries)
            throw new OptionsValidationException(nameof(MediaOptions), typeof(MediaOptions),
                [.. Found.Select(flaw => $"Media:OldLibraries: {flaw}")]);
        foreach (var flaw in Found)
            LogOld(logger, flaw);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string? Ask(string library) => library == "OpenSSL" ? OpenSslVersion() : LibraryVersions.Find(library);

    /// <summary>As OpenSSL numbers versions from 3.0 on: 0xMNN00PP0.</summary>
    private static string? OpenSslVersion() => OperatingSystem.IsWindows() ? null : SafeEvpPKeyHandle.OpenSslVersion is var number and >= 0x3000_0000
        ? $"{number >> 28}.{(number >> 20) & 0xFF}.{(number >> 4) & 0xFF}"
        : "1";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Flaw}")]
    private static partial void LogOld(ILogger logger, string flaw);
}

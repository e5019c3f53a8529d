using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// Where the server listens, out of the configuration: <c>Listen</c>, else <c>urls</c> (ASPNETCORE_URLS, --urls), else this
/// machine alone; <c>PORT</c> replaces the port, and HTTPS the scheme.
/// </summary>
internal static class ListenAddresses
{
    private const int DefaultPort = 8080;

    public static IReadOnlyList<ListenAddress> From(IConfiguration configuration, bool https)
    {
        var text = configuration["Listen"] is { Length: > 0 } listen ? listen : configuration["urls"];

        // A self-signed or own certificate is asked for to reach the server from elsewhere; localhost needs none.
        if (string.IsNullOrWhiteSpace(text))
            text = https ? $"https://*:{DefaultPort}" : $"http://localhost:{DefaultPort}";
        var addresses = new List<ListenAddress>();
        foreach (var one in text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!ListenAddress.TryParse(one, out var address) || !IsBindable(address))
                throw Invalid($"Listen: '{one}' is not an address to listen on, such as {ListenAddress.Accepted}.");
            addresses.Add(https ? address with { Https = true } : address);
        }

        if (configuration["PORT"] is { Length: > 0 } port)
        {
            if (!int.TryParse(port, out var number) || number is < 0 or > 65535)
                throw Invalid($"PORT: must be 0 to 65535, was '{port}'.");
            addresses = [.. addresses.Select(a => a with { Port = number }).Distinct()];
        }

        return addresses;
    }

    private static bool IsBindable(ListenAddress address) =>
        address.IsEveryAddress
        || address.IsThisMachineOnly
        || System.Net.IPAddress.TryParse(address.Host.Trim('[', ']'), out _);

    private static OptionsValidationException Invalid(string message) =>
        new("Listen", typeof(ListenAddress), [message]);
}

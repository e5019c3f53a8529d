namespace LiveFace.Features.Jobs.State;

/// <summary>Addresses of films that the server may fetch, and those under which they have to lie.</summary>
internal static class FetchAddress
{
    /// <summary>By which a path could leave the one that is allowed, or seem to.</summary>
    private static readonly string[] Tricks = ["..", "\\", "%2e", "%2f", "%5c"];

    /// <summary>What is wrong with an address under which films may lie; null where nothing is.</summary>
    public static string? ProblemOf(string allowed) =>
        Read(allowed) is { Query.Length: 0, Fragment.Length: 0 } address && address.AbsolutePath.EndsWith('/')
            ? null
            : "must be an http or https address that ends with a slash, such as https://media.example.com/films/";

    /// <summary>A film's address, if it lies under one of those that are allowed.</summary>
    public static Uri? Of(string film, IEnumerable<string> allowed) => Read(film) is { } address && allowed.Any(one => IsUnder(address, new Uri(one))) ? address : null;

    private static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0 && !Tricks.Any(trick => text.Split('?')[0].Contains(trick, StringComparison.OrdinalIgnoreCase))
            ? address
            : null;

    private static bool IsUnder(Uri address, Uri allowed) =>
        address.Scheme == allowed.Scheme && address.Host == allowed.Host && address.Port == allowed.Port
        && address.AbsolutePath.StartsWith(allowed.AbsolutePath, StringComparison.Ordinal) && address.AbsolutePath.Length > allowed.AbsolutePath.Length;
}

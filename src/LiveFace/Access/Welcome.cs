namespace LiveFace.Access;

/// <summary>
/// What a person at the terminal reads first: where to open the server, and the key when one was made. It goes to the
/// terminal and into no log; keys are stored hashed and cannot be shown again.
/// </summary>
internal static class Welcome
{
    public static void Write(
        TextWriter terminal, AccessMode mode, KeyStore keys, IReadOnlyList<ListenAddress> addresses, bool newKey)
    {
        var links = addresses.SelectMany(Links).Distinct().ToArray();
        if (!mode.RequiresKey)
        {
            terminal.WriteLine($"LiveFace is open to this machine at {links[0]}");
            return;
        }

        const string name = "start key";
        if ((newKey ? keys.Make(name, Roles.Admin, RoomPattern.Everything, null).Key : keys.MakeFirst(name)) is { } key)
        {
            terminal.WriteLine("LiveFace asks for an access key. Open it with this link, which is shown only now:");
            foreach (var link in links)
                terminal.WriteLine($"  {link}/#key={key}");
        }
        else
        {
            terminal.WriteLine($"LiveFace asks for an access key at {string.Join(", ", links)}");
            terminal.WriteLine("  Use one you have; --new-key makes another and prints a link.");
        }
    }

    private static IEnumerable<string> Links(ListenAddress address)
    {
        if (!address.IsEveryAddress)
            return [address.Link];
        var scheme = address.Https ? "https" : "http";
        return ServerCertificate.LocalAddresses()
            .Where(a => !a.Contains(':'))
            .Take(4)
            .Select(a => $"{scheme}://{a}:{address.Port}")
            .Append(address.Link);
    }
}

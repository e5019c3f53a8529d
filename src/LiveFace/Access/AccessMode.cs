namespace LiveFace.Access;

/// <summary>Whether callers need a key, decided once at start from where the server listens.</summary>
internal sealed record AccessMode(bool RequiresKey, bool ThisMachineOnly)
{
    public static AccessMode For(IEnumerable<ListenAddress> addresses, bool? requireKey)
    {
        var local = addresses.All(a => a.IsThisMachineOnly);
        var requiresKey = requireKey ?? !local;
        if (!requiresKey && !local)
            throw new Microsoft.Extensions.Options.OptionsValidationException(
                nameof(AccessOptions), typeof(AccessOptions),
                ["Access:RequireKey: cannot be false while the server listens beyond this machine "
                    + "(leave it out, or listen on localhost)."]);
        return new AccessMode(requiresKey, ThisMachineOnly: local && !requiresKey);
    }
}

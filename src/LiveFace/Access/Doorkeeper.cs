using LiveFace.Api;

namespace LiveFace.Access;

/// <summary>Turns a key into a grant, or into the reason why not.</summary>
internal sealed class Doorkeeper(AccessMode mode, KeyStore keys, ShareTokens shares, TimeProvider time)
{
    public (Grant? Grant, Problem? Problem) Admit(string? bearer)
    {
        if (!mode.RequiresKey)
            return (Grant.ThisMachine, null);
        if (bearer is null)
            return (null, Problem.KeyRequired);
        var grant = bearer.StartsWith(KeyText.SharePrefix, StringComparison.Ordinal)
            ? shares.Read(bearer)
            : keys.Find(bearer)?.ToGrant();
        return grant is null ? (null, Problem.KeyInvalid)
            : grant.IsExpired(time.GetUtcNow()) ? (null, Problem.KeyExpired)
            : (grant, null);
    }
}

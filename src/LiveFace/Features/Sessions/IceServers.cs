using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using LiveFace.Access;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Sessions;

/// <summary>
/// The ICE servers for one client. TURN credentials are made as coturn's REST scheme has it: the name is the time of
/// expiry, the room and the id of the key or link, the password its HMAC-SHA-1 under the shared secret. Nothing is stored, and
/// none is good for longer than what it was given for; the relay does not ask again whether that was taken back.
/// </summary>
internal sealed class IceServers(IOptions<IceOptions> options, TimeProvider time)
{
    private readonly IceOptions _options = options.Value;
    private readonly string[] _stun = [.. options.Value.Urls.Where(u => !IsTurn(u))];
    private readonly string[] _turn = [.. options.Value.Urls.Where(IsTurn)];

    public static bool IsTurn(string url) => url.StartsWith("turn", StringComparison.Ordinal);

    /// <param name="grant">What the client may do; the credentials end with it.</param>
    /// <param name="room">Goes, with the grant's id, into the credentials' name, so that the relay's log tells whose traffic it carried.</param>
    public IceConfiguration ForClient(Grant grant, string? room)
    {
        var servers = new List<IceServer>();
        DateTimeOffset? expires = null;
        if (_stun.Length > 0)
            servers.Add(new IceServer(_stun));
        if (_turn.Length > 0 && _options.TurnSecret is { } secret)
        {
            expires = time.GetUtcNow().AddMinutes(_options.CredentialMinutes);
            expires = grant.Expires < expires ? grant.Expires : expires;
            var (user, password) = Credentials(secret, expires.Value, room, grant.Credential);
            servers.Add(new IceServer(_turn, user, password));
        }
        else if (_turn.Length > 0)
        {
            servers.Add(new IceServer(_turn, _options.TurnUsername, _options.TurnPassword));
        }

        return new IceConfiguration(servers, expires);
    }

    /// <summary>One Link value per address (RFC 9725, section 4.6).</summary>
    public string[] Links(Grant grant, string? room) =>
    [
        .. ForClient(grant, room).IceServers.SelectMany(s => s.Urls.Select(url => s.Username is null
            ? $"<{url}>; rel=\"ice-server\""
            : $"<{url}>; rel=\"ice-server\"; username=\"{s.Username}\"; credential=\"{s.Credential}\"; "
                + "credential-type=\"password\"")),
    ];

    internal static (string User, string Password) Credentials(
        string secret, DateTimeOffset expires, string? room = null, string? credential = null)
    {
        var user = $"{expires.ToUnixTimeSeconds()}:{room ?? "liveface"}{(credential is null ? "" : $":{credential}")}";
        var mac = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user));
        return (user, Convert.ToBase64String(mac));
    }
}

/// <summary>An RTCIceServer as browsers take it.</summary>
internal sealed record IceServer(
    IReadOnlyList<string> Urls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credential = null);

internal sealed record IceConfiguration(IReadOnlyList<IceServer> IceServers, DateTimeOffset? Expires);

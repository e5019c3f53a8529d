using System.Security.Cryptography;
using System.Text.Json;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveFace.Tests.Access;

/// <summary>An issuer of tokens on this machine, and a server that believes it.</summary>
public abstract class OidcTestBase : IAsyncLifetime
{
    private protected readonly RSA _rsa = RSA.Create(2048);
    private OtherServer _issuer = null!;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await OtherServer.StartAsync(context => context.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(
            new { issuer = _issuer.Address, jwks_uri = $"{_issuer.Address}/keys" }, Cancel),
        "/keys" => context.Response.WriteAsync(Keys(), Cancel),
        _ => Task.CompletedTask,
    });

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _rsa.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningServer> StartAsync() => RunningServer.StartLockedAsync(
        $"--Oidc:Issuer={_issuer.Address}", "--Oidc:Audience=liveface",
        "--Oidc:Map:0:Claim=realm_access.roles", "--Oidc:Map:0:Value=teacher", "--Oidc:Map:0:Roles:0=view", "--Oidc:Map:0:Roles:1=control", "--Oidc:Map:0:Pattern=class.*",
        "--Oidc:Map:1:Claim=preferred_username", "--Oidc:Map:1:Roles:0=view", "--Oidc:Map:1:Roles:1=control", "--Oidc:Map:1:Pattern={preferred_username}");

    private string Keys()
    {
        var key = _rsa.ExportParameters(false);
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } },
        });
    }

    private protected string Token(Dictionary<string, object> claims, string? audience = null, string? issuer = null, DateTime? expires = null, RSA? rsa = null) =>
        Make(claims, new SigningCredentials(new RsaSecurityKey(rsa ?? _rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256), audience, issuer, expires);

    private protected string Make(Dictionary<string, object> claims, SigningCredentials? signing, string? audience, string? issuer, DateTime? expires)
    {
        var until = expires ?? TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? _issuer.Address, Audience = audience ?? "liveface", Expires = until, NotBefore = until.AddHours(-1), IssuedAt = until.AddHours(-1),
            Claims = new Dictionary<string, object>(claims) { ["sub"] = "someone" }, SigningCredentials = signing,
        });
    }
}

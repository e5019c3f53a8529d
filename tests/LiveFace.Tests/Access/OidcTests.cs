using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveFace.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer, which a stand-in signs as its documents have it.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private readonly RSA _rsa = RSA.Create(2048);
    private OtherServer _issuer = null!;
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
    }

    [Fact]
    public async Task Claims_become_roles_and_rooms()
    {
        await using var server = await StartAsync();
        using var teacher = server.ClientWith(Token(new() { ["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "teacher" } } }));
        (await teacher.GetAsync("/api/rooms/class.a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await teacher.GetAsync("/api/rooms/other", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await teacher.GetAsync("/api/keys", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");

        using var pupil = server.ClientWith(Token(new() { ["preferred_username"] = "ada" }));
        (await pupil.GetAsync("/api/rooms/ada", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await pupil.GetAsync("/api/rooms/ben", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("class.*")]
    [InlineData("a/b")]
    public async Task A_claim_that_is_no_rooms_name_opens_no_room(string name)
    {
        await using var server = await StartAsync();
        using var client = server.ClientWith(Token(new() { ["preferred_username"] = name }));
        await (await client.GetAsync("/api/rooms/ben", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task A_token_for_another_server_of_another_issuer_expired_unsigned_or_of_another_key_opens_nothing()
    {
        await using var server = await StartAsync();
        Dictionary<string, object> claims = new() { ["preferred_username"] = "ada" };
        using var stranger = RSA.Create(2048);
        foreach (var (token, code) in ((string, string)[])
        [
            (Token(claims, audience: "another"), "key-invalid"),
            (Token(claims, issuer: "https://evil.example"), "key-invalid"),
            (Token(claims, expires: DateTime.UnixEpoch.AddYears(50)), "key-expired"),
            (Token(claims, rsa: stranger), "key-invalid"),
            (Unsigned(claims), "key-invalid"),
            (Symmetric(claims), "key-invalid"),
        ])
        {
            using var client = server.ClientWith(token);
            await (await client.GetAsync("/api/rooms/ada", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, code);
        }
    }

    [Fact]
    public async Task Keys_work_beside_it_and_links_that_a_token_made_end_with_it()
    {
        await using var server = await StartAsync();
        using var admin = server.ClientWith(server.MakeKey(LiveFace.Access.Roles.Admin));
        (await admin.GetAsync("/api/keys", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        var token = Token(new() { ["preferred_username"] = "ada" }, expires: until);
        using var ada = server.ClientWith(token);
        var link = await (await ada.PostAsync("/api/rooms/ada/share", null, Cancel)).JsonAsync();
        link.GetProperty("expires").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(new DateTimeOffset(until));
        await using var hub = await HubSocket.ConnectAsync(server.Address, token);
        (await hub.InvokeAsync("Join", "ada", null)).GetProperty("state").GetProperty("room").GetString().ShouldBe("ada");
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartLockedAsync(
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

    private string Token(Dictionary<string, object> claims, string? audience = null, string? issuer = null, DateTime? expires = null, RSA? rsa = null) =>
        Make(claims, new SigningCredentials(new RsaSecurityKey(rsa ?? _rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256), audience, issuer, expires);

    private string Unsigned(Dictionary<string, object> claims) => Make(claims, null, null, null, null);

    /// <summary>Signed with the public key as if it were a shared secret, which a careless check takes.</summary>
    private string Symmetric(Dictionary<string, object> claims) => Make(
        claims, new SigningCredentials(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" }, SecurityAlgorithms.HmacSha256), null, null, null);

    private string Make(Dictionary<string, object> claims, SigningCredentials? signing, string? audience, string? issuer, DateTime? expires)
    {
        var until = expires ?? TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? _issuer.Address, Audience = audience ?? "liveface", Expires = until, NotBefore = until.AddHours(-1), IssuedAt = until.AddHours(-1),
            Claims = new Dictionary<string, object>(claims) { ["sub"] = "someone" }, SigningCredentials = signing,
        });
    }
}

using System.Net;
using System.Security.Cryptography;
using LiveFace.Tests.Serving;
using Microsoft.IdentityModel.Tokens;

namespace LiveFace.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer, which a stand-in signs as its documents have it.</summary>
public sealed class OidcTests : OidcTestBase
{
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

    private string Unsigned(Dictionary<string, object> claims) => Make(claims, null, null, null, null);

    /// <summary>Signed with the public key as if it were a shared secret, which a careless check takes.</summary>
    private string Symmetric(Dictionary<string, object> claims) => Make(
        claims, new SigningCredentials(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" }, SecurityAlgorithms.HmacSha256), null, null, null);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace LiveFace.Access.Foreign;

/// <summary>
/// Tokens that an OpenID Connect issuer signed (RFC 7519, RFC 9068): its signature, its name, this server as audience, and
/// the time are checked; claims become roles and rooms. The issuer's keys are fetched when first needed and again when a
/// token names one that is not known.
/// </summary>
internal sealed class OidcBearer : IForeignBearer, IDisposable
{
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly OidcOptions _options;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly BaseConfigurationManager? _issuer;
    private readonly TokenValidationParameters? _rules;

    public OidcBearer(IOptions<OidcOptions> options)
    {
        _options = options.Value;
        if (string.IsNullOrEmpty(_options.Issuer))
            return;
        var issuer = new Uri(_options.Issuer);
        _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{_options.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = !issuer.IsLoopback });
        _rules = new TokenValidationParameters
        {
            ConfigurationManager = _issuer,
            ValidIssuer = _options.Issuer,
            ValidAudience = _options.Audience,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            ClockSkew = TimeSpan.FromMinutes(1),
        };
    }

    public bool Reads(string? bearer) =>
        _rules is not null && bearer is not null && bearer.StartsWith("ey", StringComparison.Ordinal) && bearer.AsSpan().Count('.') == 2;

    public async ValueTask<(Grant? Grant, Problem? Problem)> AdmitAsync(ForeignRequest request, CancellationToken cancel)
    {
        try
        {
            // Kept once it was fetched; a token is not to blame for an issuer that was never reached.
            await _issuer!.GetBaseConfigurationAsync(cancel);
        }
        catch (InvalidOperationException)
        {
            return (null, Problem.IssuerUnreachable);
        }

        var result = await _handler.ValidateTokenAsync(request.Bearer, _rules);
        if (!result.IsValid)
            return (null, result.Exception switch
            {
                SecurityTokenExpiredException => Problem.KeyExpired,
                _ => Problem.KeyInvalid,
            });
        var token = (JsonWebToken)result.SecurityToken;
        using var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        var scopes = OidcClaims.Scopes(claims.RootElement, _options.Map);
        if (scopes.IsEmpty)
            return (null, Problem.NotAllowed);
        var who = SHA256.HashData(Encoding.UTF8.GetBytes($"{_options.Issuer}\n{token.Subject}"));
        return (new Grant(OidcClaims.Text(claims.RootElement, _options.NameClaim) ?? "token", scopes, new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
        {
            Owner = $"oidc-{Convert.ToHexStringLower(who.AsSpan(0, 6))}",
        }, null);
    }

    public void Dispose() => _http.Dispose();
}

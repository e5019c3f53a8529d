using System.Security.Cryptography;
using LiveFace.Access;
using Scalar.AspNetCore;

namespace LiveFace.Features.Document;

/// <summary>
/// Scalar's page at <c>/docs</c>, out of its package's own files. It asks nobody but this server: what it would fetch or
/// send elsewhere by default is switched off, and the page's content security policy holds it to that.
/// </summary>
internal static class ApiPage
{
    private const int NonceLength = 32;

    public static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(NonceLength);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWithScript(context.Request.Host, nonce);
        options.WithTitle("LiveFace: HTTP interface")
            .WithNonce(nonce)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton()
            .WithProxy("");
    }
}

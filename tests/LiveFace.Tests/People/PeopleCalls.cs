using System.Text;
using System.Text.Json;
using LiveFace.Tests.Corrections;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.People;

/// <summary>Calls of the register of people, and what the audit log holds of them.</summary>
internal static class PeopleCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string[] Audit(RunningServer server) => [.. server.AuditLines()
        .Where(line => line.GetProperty("what").GetString()!.StartsWith("person-", StringComparison.Ordinal))
        .Select(line => $"{line.GetProperty("what").GetString()} {line.GetProperty("person").GetString()}")];

    public static Task<HttpResponseMessage> WithdrawAsync(HttpClient client, string secret) =>
        client.PostAsync("/api/people/withdraw", new StringContent(JsonSerializer.Serialize(new { secret }), Encoding.UTF8, "application/json"), Cancel);
}

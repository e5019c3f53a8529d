using System.Text.Json.Nodes;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Tests.Jobs.Spread;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>A server's folder whose content goes into a shared database.</summary>
public abstract class TakeoverTestBase : IDisposable
{
    private protected readonly string _root = Directory.CreateTempSubdirectory("liveface-takeover-").FullName;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static SharedStore Open(PostgresServer postgres) =>
        new(Options.Create(new StorageOptions { Database = postgres.Connection }), NullLogger<SharedStore>.Instance);

    private protected static async Task ShouldBeOneChainAsync(PostgresServer postgres, int lines)
    {
        var text = await postgres.AskAsync<string[]>("SELECT array_agg(line ORDER BY n) FROM liveface.audit");
        text.Length.ShouldBe(lines);
        var before = AuditMark.None.Hash;
        for (var i = 0; i < text.Length; i++)
        {
            var line = JsonNode.Parse(text[i])!;
            ((long)line["n"]!, (string?)line["before"]).ShouldBe((i + 1, before));
            before = AuditLog.HashOf(text[i]);
        }
    }
}

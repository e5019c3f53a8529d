using System.Net;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Jobs;

/// <summary>How many may read the events of jobs at a time: those of a key, and those of one job.</summary>
public sealed class JobEventsQuotaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_reads_so_many_and_has_its_place_again_when_one_ends()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:JobEventsPerKey=2", "--Access:RequestsPerMinute=10000");
        using var client = server.ClientWith(server.MakeKey(Roles.Publish));
        var (id, second) = ((await client.AnnounceAsync(10)).Id(), (await client.AnnounceAsync(10)).Id());
        using var first = await ReadAsync(client, id);
        using var other = await ReadAsync(client, second);

        using var refused = await client.GetAsync(Events(id), Cancel);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached")).GetProperty("detail").GetString()!.ShouldContain("This key");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        using var neighbour = server.ClientWith(server.MakeKey(Roles.Publish));
        using var theirs = await ReadAsync(neighbour, (await neighbour.AnnounceAsync(10)).Id());

        first.Dispose();
        await EventuallyReadsAsync(client, id);
    }

    [Fact]
    public async Task A_job_has_so_many_readers_admins_too_and_another_job_has_its_own()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:JobEventsPerJob=2", "--Access:RequestsPerMinute=10000");
        using var client = server.ClientWith(server.MakeKey(Roles.Publish));
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var (id, second) = ((await client.AnnounceAsync(10)).Id(), (await client.AnnounceAsync(10)).Id());
        using var first = await ReadAsync(client, id);
        using var other = await ReadAsync(admin, id);

        foreach (var reader in (HttpClient[])[client, admin])
        {
            using var refused = await reader.GetAsync(Events(id), Cancel);
            (await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached")).GetProperty("detail").GetString()!.ShouldContain("This job");
        }

        using var more = await ReadAsync(client, second);
        other.Dispose();
        await EventuallyReadsAsync(client, id);
    }

    private static string Events(string id) => $"/api/jobs/{id}/events";

    /// <summary>A reader who stays.</summary>
    private static async Task<HttpResponseMessage> ReadAsync(HttpClient client, string id)
    {
        var answer = await client.GetAsync(Events(id), HttpCompletionOption.ResponseHeadersRead, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }

    /// <summary>The server hears of one who went away a moment later.</summary>
    private static Task EventuallyReadsAsync(HttpClient client, string id) => Eventually.IsAsync(async () =>
    {
        using var answer = await client.GetAsync(Events(id), HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode == HttpStatusCode.OK;
    });
}

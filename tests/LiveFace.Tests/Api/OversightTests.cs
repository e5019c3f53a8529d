using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Api;

/// <summary>What who runs the server reads of it: audit log, links, what is kept.</summary>
public sealed class OversightTests
{
    private const int Lines = 25_000;
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_audit_log_is_read_backwards_a_page_at_a_time_and_searched()
    {
        await using var server = await RunningServer.StartAsync();
        var audit = server.Services.GetRequiredService<AuditLog>();
        for (var i = 1; i <= 7; i++)
            audit.Write(i % 2 == 0 ? "even" : "odd", $"{i}", ("me", "k"));

        (await ReadAsync(server, "?limit=3")).ShouldBe([7, 6, 5]);
        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = await PageAsync(server, $"?limit=2{(before is { } place ? $"&before={place}" : "")}");
            seen.AddRange(Numbers(page));
            before = page.GetProperty("before").ValueKind == JsonValueKind.Null ? null : page.GetProperty("before").GetInt64();
        }
        while (before is not null);
        seen.ShouldBe([7, 6, 5, 4, 3, 2, 1]);
        (await ReadAsync(server, "?text=EVEN")).ShouldBe([6, 4, 2]);
        foreach (var query in (string[])["?limit=0", "?limit=501", "?before=-1", $"?text={new string('a', 101)}"])
            await (await server.Client.GetAsync($"/api/audit{query}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Fact]
    public async Task A_search_reads_no_more_at_once_than_it_may_and_goes_on_from_there()
    {
        await using var server = await RunningServer.StartAsync();
        var log = Path.Combine(server.Services.GetRequiredService<Database>().Folder, AuditLog.FileName);
        await File.WriteAllLinesAsync(log, Enumerable.Range(1, Lines).Select(i => $$"""{"n":{{i}},"what":"{{(i == 1 ? "needle" : new string('h', 400))}}"}"""), Cancel);

        var page = await PageAsync(server, "?text=needle");
        Numbers(page).ShouldBeEmpty();
        var pages = 1;
        for (; Numbers(page).Length == 0; pages++)
            page = await PageAsync(server, $"?text=needle&before={page.GetProperty("before").GetInt64()}");
        Numbers(page).ShouldBe([1]);
        pages.ShouldBeInRange(2, 5);
    }

    [Fact]
    public async Task Links_are_seen_and_taken_back_by_an_admin()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await KeySteps.MakeKeyAsync(server, "view", "control");
        var token = await KeySteps.ShareAsync(server, key, "a", "view");
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var text = await admin.GetStringAsync("/api/links", Cancel);
        text.ShouldNotContain(token);
        var link = JsonDocument.Parse(text).RootElement.EnumerateArray().ShouldHaveSingleItem();
        (link.GetProperty("pattern").GetString(), link.GetProperty("key").GetString(), link.GetProperty("kind").GetString()).ShouldBe(("a", id, "link"));

        (await admin.DeleteAsync($"/api/links/{link.GetProperty("id").GetString()}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await KeySteps.ShouldBeVoidAsync(server, token);
        await (await admin.DeleteAsync("/api/links/none", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_is_kept_is_told_with_how_long_and_until_when()
    {
        await using var server = await RunningServer.StartAsync("--Corrections:KeepDays=90", "--Films:KeepHours=5");
        var (id, _) = await Corrections.CorrectionRig.KeepAsync(server.Client);
        var expires = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/corrections/{id}", Cancel)).GetProperty("expires").GetDateTimeOffset();
        var rows = (await server.Client.GetFromJsonAsync<JsonElement>("/api/retention", Cancel)).EnumerateArray().ToDictionary(row => row.GetProperty("what").GetString()!);

        rows.Keys.ShouldBe(["jobs", "corrections", "feedback", "people", "keys", "links", "stickers", "audit"]);
        rows["jobs"].GetProperty("hours").GetInt32().ShouldBe(5);
        var kept = rows["corrections"];
        (kept.GetProperty("count").GetInt64(), kept.GetProperty("hours").GetInt32()).ShouldBe((1, 2160));
        kept.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(Corrections.CorrectionRig.Pictures(server).Single()).Length);
        kept.GetProperty("next").GetDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(expires.ToUnixTimeMilliseconds());
        rows["audit"].GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
    }

    private static async Task<long[]> ReadAsync(RunningServer server, string query) => Numbers(await PageAsync(server, query));

    private static Task<JsonElement> PageAsync(RunningServer server, string query) => server.Client.GetFromJsonAsync<JsonElement>($"/api/audit{query}", Cancel);

    private static long[] Numbers(JsonElement page) => [.. page.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("n").GetInt64())];
}

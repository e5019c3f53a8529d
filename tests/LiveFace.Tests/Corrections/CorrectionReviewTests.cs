using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Corrections;

/// <summary>Who sees what of corrections, and what is written of each look.</summary>
public sealed class CorrectionReviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_picture_is_for_an_admin_with_review_alone_and_each_look_is_in_the_audit_log_first()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var sender = server.ClientWith(server.MakeKey(Roles.Publish));
        var (id, _) = await CorrectionRig.KeepAsync(sender);
        using var both = server.ClientWith(server.MakeKey(Roles.Admin | Roles.Review));
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        using var reviewer = server.ClientWith(server.MakeKey(Roles.Publish | Roles.Review));
        foreach (var client in (HttpClient[])[admin, reviewer, sender])
        {
            await (await client.GetAsync($"/api/corrections/{id}/picture", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
            await (await CorrectionRig.DecideAsync(client, id, "accepted")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
            await (await client.GetAsync("/api/corrections/export?format=coco", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        }

        server.Audit().ShouldBe(["correction-kept"]);
        Portrait.FaceIn(await both.GetByteArrayAsync($"/api/corrections/{id}/picture", Cancel)).ShouldBeGreaterThan(Likeness.Shown);
        server.Audit().ShouldBe(["correction-kept", "correction-seen"]);

        // A look that cannot be written is not had.
        var log = Path.Combine(server.Folder(), LiveFace.Storage.AuditLog.FileName);
        File.Move(log, log + ".away");
        Directory.CreateDirectory(log);
        await (await both.GetAsync($"/api/corrections/{id}/picture", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
    }

    [Fact]
    public async Task Corrections_are_listed_by_state_and_class_decided_and_deleted_for_good()
    {
        await using var server = await RunningServer.StartAsync();
        var (plate, _) = await CorrectionRig.KeepAsync(server.Client);
        var (face, secret) = await CorrectionRig.KeepAsync(
            server.Client, """{"keepDays":90,"drawn":[{"class":"face","box":{"x":0.1,"y":0.8,"width":0.2,"height":0.1}}]}""");

        (await ListAsync(server, "")).ShouldBe([face, plate]);
        (await ListAsync(server, "?class=licence%20plate")).ShouldBe([plate]);
        (await ListAsync(server, "?class=plate")).ShouldBeEmpty();
        (await ListAsync(server, "?skip=1&limit=1")).ShouldBe([plate]);
        (await CorrectionRig.DecideAsync(server.Client, face, "accepted")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CorrectionRig.DecideAsync(server.Client, plate, "rejected")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListAsync(server, "?state=accepted")).ShouldBe([face]);
        (await ListAsync(server, "?state=rejected")).ShouldBe([plate]);
        await (await CorrectionRig.DecideAsync(server.Client, face, "good")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        foreach (var query in (string[])["?state=good", "?skip=-1", "?limit=101"])
            await (await server.Client.GetAsync($"/api/corrections{query}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        (await server.Client.DeleteAsync($"/api/corrections/{plate}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        server.Pictures().ShouldHaveSingleItem().ShouldEndWith($"{face}.jpg");
        server.DatabaseHolds("licence plate").ShouldBeFalse();
        await (await server.Client.DeleteAsync($"/api/corrections/{plate}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await CorrectionRig.WithdrawAsync(server.Client, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Audit().ShouldBe(["correction-kept", "correction-kept", "correction-accepted", "correction-rejected", "correction-deleted", "correction-withdrawn"]);
        (await server.Client.GetStringAsync("/metrics", Cancel)).ShouldContain("liveface_corrections_kept{");
    }

    [Fact]
    public async Task Many_wrong_links_are_slowed_down()
    {
        await using var server = await RunningServer.StartAsync();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
            answers.Add((await CorrectionRig.WithdrawAsync(server.Client, "lfc_wrong")).StatusCode);
        answers.Take(30).ShouldAllBe(status => status == HttpStatusCode.NotFound);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static async Task<string[]> ListAsync(RunningServer server, string query)
    {
        var page = await server.Client.GetFromJsonAsync<JsonElement>($"/api/corrections{query}", Cancel);
        string[] ids = [.. page.GetProperty("corrections").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
        page.GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(ids.Length);
        return ids;
    }
}

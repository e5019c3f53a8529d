using System.Net;
using System.Text.Json.Nodes;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Files;

/// <summary>What an operator sees and switches off of taking marks off.</summary>
public sealed class RemoveOversightTests : RemoveTestBase
{
    [Fact]
    public async Task An_operator_can_switch_it_off_and_each_request_is_in_the_audit_log()
    {
        await using (var off = await StartAsync("--Watermark:Removal=false"))
        {
            using var refused = await PostAsync(off.Client, Marked);
            (await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed")).GetProperty("detail").GetString()!.ShouldContain("Watermark:Removal");
        }

        await using var server = await StartAsync();
        using var done = await PostAsync(server.Client, Marked);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        var log = Path.Combine(server.Services.GetRequiredService<Database>().Folder, AuditLog.FileName);
        var line = JsonNode.Parse((await File.ReadAllLinesAsync(log, Cancel)).ShouldHaveSingleItem())!;
        ((string?)line["what"], (string?)line["by"]).ShouldBe(("watermark-removal", "this machine"));
        line.ToJsonString().Length.ShouldBeLessThan(500, "no picture");
    }

    [Fact]
    public async Task What_the_disk_takes_no_line_for_is_not_done()
    {
        await using var server = await StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Services.GetRequiredService<Database>().Folder, AuditLog.FileName));
        using var answer = await PostAsync(server.Client, Marked);
        await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
    }

    [Fact]
    public async Task Pictures_are_measured_and_a_card_says_when_they_have_moved()
    {
        // Beside the net lies a card that was measured on far lighter pictures.
        await File.WriteAllTextAsync(
            Path.Combine(Path.GetDirectoryName(_models.Path)!, "watermark.card.json"),
            """{"version":1,"histograms":{"brightness":{"edges":[0,150,250,255],"shares":[0.02,0.9,0.08]},"size":{"edges":[0,50,200,5000],"shares":[0.01,0.98,0.01]}}}""", Cancel);
        await using var server = await StartAsync();
        for (var i = 0; i < 110; i++)
        {
            using var done = await PostAsync(server.Client, Marked);
            done.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var metrics = (await server.Client.GetStringAsync("/metrics", Cancel)).Split('\n');
        Value("liveface_watermark_drift{measure=\"brightness\"}").ShouldBeGreaterThan(1);
        Value("liveface_watermark_drift{measure=\"size\"}").ShouldBeLessThan(0.1);
        Value("liveface_watermark_removals_total{outcome=\"removed\"}").ShouldBe(110);
        Value("liveface_watermark_mask_share_percent_count").ShouldBe(110);
        double Value(string name) => double.Parse(
            metrics.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

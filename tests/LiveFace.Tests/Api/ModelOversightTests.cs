using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>Models that are prepared from the admin page.</summary>
public sealed class ModelOversightTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_is_off_or_unknown_is_not_prepared()
    {
        await using var server = await RunningServer.StartAsync();
        await (await server.Client.PostAsync("/api/models/none/prepare", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        var off = (await server.Client.GetFromJsonAsync<JsonElement>("/api/models", Cancel)).EnumerateArray().First(model => model.GetProperty("state").GetString() == "off");
        var problem = await (await server.Client.PostAsync($"/api/models/{off.GetProperty("id").GetString()}/prepare", null, Cancel))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("liveface models on");
    }

    [Fact]
    public async Task A_model_that_cannot_be_prepared_says_why_and_is_tried_again()
    {
        using var folder = await OwnModelFolder.MakeAsync();
        await using var server = await RunningServer.StartAsync($"--Models:Folder={folder.Path}");
        File.Move(folder.File, folder.File + ".away");
        (await ModelAsync(server)).State.ShouldBe("not-prepared");
        (await server.Client.PostAsync("/api/models/faces/prepare", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.IsAsync(async () => (await ModelAsync(server)).Reason?.Contains("faces.onnx", StringComparison.Ordinal) == true);

        File.Move(folder.File + ".away", folder.File);
        (await server.Client.PostAsync("/api/models/faces/prepare", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.IsAsync(async () => await ModelAsync(server) == ("ready", null));
    }

    private static async Task<(string? State, string? Reason)> ModelAsync(RunningServer server)
    {
        var model = (await server.Client.GetFromJsonAsync<JsonElement>("/api/models", Cancel)).EnumerateArray().Single();
        return (model.GetProperty("state").GetString(), model.GetProperty("reason").GetString());
    }
}

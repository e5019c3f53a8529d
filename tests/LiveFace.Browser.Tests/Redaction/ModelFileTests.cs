using System.Net;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>The program as a user starts it, whose face model's file goes away.</summary>
public sealed class ModelFileTests
{
    private static readonly string[] OtherCards = ["starting", "detector unavailable", "detector late", ""];

    [Fact]
    public async Task A_model_file_that_is_deleted_lets_no_face_through_neither_while_the_program_runs_nor_after_its_next_start()
    {
        using var models = await OwnModelFolder.MakeAsync();
        var clip = await NumberedClip.MakeAsync();
        await using var server = await LiveFaceServer.StartAsync(("Models:Folder", models.Path));
        await using var chromium = await ChromiumBrowser.StartAsync(clip.Path);

        await using (var call = await CallAsync(chromium, server))
        {
            FaceWatch.ShouldHide(clip, await call.TakeUntilAsync(IsReadable));
            File.Delete(models.File);
            await call.ForgetAsync();

            // The model that is loaded goes on being used: without it all pictures would be covered.
            var readable = 0;
            var pictures = await call.TakeUntilAsync(picture => IsReadable(picture) && ++readable == 30);
            FaceWatch.ShouldHide(clip, pictures);
        }

        await server.StopAsync();
        await server.StartAgainAsync(HttpStatusCode.ServiceUnavailable);
        await using (var call = await CallAsync(chromium, server))
        {
            var pictures = await call.TakeUntilAsync(IsCardOfTheMissingModel);
            pictures = [.. pictures, .. await call.TakeAsync(30)];
            var (shown, unreadable, _) = FaceWatch.Count(clip, pictures);
            shown.ShouldBe(0);
            unreadable.ShouldBe(pictures.Count);
            IsCardOfTheMissingModel(pictures[^1]).ShouldBeTrue();
        }

        using var http = new HttpClient();
        using var ready = await http.GetAsync(server.Address + "/health/ready", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("faces.onnx");
        server.LogLines.Where(line => line.Contains("faces.onnx", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("missing");
        File.Delete(clip.Path);
    }

    private static async Task<CallPage> CallAsync(ChromiumBrowser chromium, LiveFaceServer server)
    {
        var call = await CallPage.OpenAsync(chromium, server.Address);
        await call.StartAsync("files");
        return call;
    }

    private static bool IsReadable(ReturnedPicture picture) =>
        FrameNumber.ReadFrom(picture.Luma, picture.Width, picture.Height) is not null;

    /// <summary>Whether the picture is nearer to the card that names the cause than to any other.</summary>
    private static bool IsCardOfTheMissingModel(ReturnedPicture picture)
    {
        var distance = DistanceTo("detector unavailable: model missing", picture);
        return OtherCards.All(other => DistanceTo(other, picture) > 2 * distance);
    }

    private static double DistanceTo(string text, ReturnedPicture picture)
    {
        using var pool = new FramePool();
        using var card = pool.Rent(picture.Width, picture.Height);
        using var drawer = new CoverCard(pool);
        drawer.Apply(card, text);
        long sum = 0;
        for (var y = 0; y < card.Height; y++)
            for (var x = 0; x < card.Width; x++)
                sum += Math.Abs(card.RowY(y)[x] - picture.Luma[y * picture.Width + x]);
        return sum / (double)(card.Width * card.Height);
    }
}

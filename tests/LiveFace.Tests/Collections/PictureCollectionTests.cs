using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LiveFace.Cli;
using LiveFace.Client;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Collections;

/// <summary>Pictures of things out of Debian's python3-skimage, found again by their like; the model is what make search-model fetches.</summary>
public sealed class PictureCollectionTests : IDisposable
{
    private static readonly string Data = Path.GetDirectoryName(Portrait.Path)!;
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-collections-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thing_is_found_again_in_another_picture_of_it_by_client_and_command_line_and_a_face_never()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new LiveFaceClient(server.Address);
        (await client.Collections.MakeAsync("things", cancel: Cancel)).OfPictures.ShouldBeTrue();
        foreach (var thing in (string[])["coffee", "brick", "gravel"])
        {
            await using var file = File.OpenRead(Path.Combine(Data, thing + ".png"));
            (await client.Collections.PutAsync("things", thing, file, "image/png", cancel: Cancel)).Id.ShouldBe(thing);
        }

        await using (var again = File.OpenRead(Changed(Path.Combine(Data, "coffee.png"))))
        {
            var found = await client.Collections.SearchPictureAsync("things", again, "image/png", count: 2, cancel: Cancel);
            found.Found[0].Id.ShouldBe("coffee");
            found.Found[0].Distance.ShouldBeLessThan(0.5f * found.Found[1].Distance);
        }

        // A face neither goes in nor is searched by.
        await using (var face = File.OpenRead(Portrait.Path))
            (await Should.ThrowAsync<LiveFaceException>(() => client.Collections.PutAsync("things", "me", face, "image/png", cancel: Cancel))).Message.ShouldContain("face or a person");
        await using (var face = File.OpenRead(Portrait.Path))
            (await Should.ThrowAsync<LiveFaceException>(() => client.Collections.SearchPictureAsync("things", face, "image/png", cancel: Cancel))).Message.ShouldContain("face or a person");
        (await client.Collections.GetAsync(Cancel)).ShouldHaveSingleItem().Items.ShouldBe(3);

        (await RunAsync(server, "search", "things", Path.Combine(Data, "brick.png"), "--count", "1")).Trim().ShouldEndWith("brick");
        (await RunAsync(server, "list")).ShouldContain("things  3 items  pictures");
        await RunAsync(server, "delete", "things", "--item", "brick");
        (await RunAsync(server, "list")).ShouldContain("things  2 items");
    }

    [Fact]
    public async Task Without_the_model_pictures_are_answered_with_what_to_do_and_vectors_work()
    {
        await using var server = await RunningServer.StartAsync($"--Collections:Model={Path.Combine(_folder, "none.onnx")}");
        using var order = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        (await server.Client.PutAsync("/api/collections/things", order, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Data, "coffee.png"), Cancel)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var problem = await (await server.Client.PostAsync("/api/collections/things/search", picture, Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        problem.GetProperty("detail").GetString()!.ShouldContain("make search-model");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Another picture of the thing: smaller, and from a little beside.</summary>
    private string Changed(string picture)
    {
        var path = Path.Combine(_folder, "again.png");
        using var process = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-y", "-i", picture, "-vf", "crop=iw*0.85:ih*0.85:iw*0.1:ih*0.1,scale=iw*0.7:-2,eq=brightness=0.05", path]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return path;
    }

    private static async Task<string> RunAsync(RunningServer server, params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        (await CommandLine.RunAsync(["collections", .. args, "--server", server.Address.ToString()], output, errors, Cancel)).ShouldBe(CommandLine.Success, errors.ToString());
        return output.ToString();
    }
}

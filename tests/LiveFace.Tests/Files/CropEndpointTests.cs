using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Cli;
using LiveFace.Client;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

public sealed class CropEndpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portrait_is_framed_by_its_person_over_http_and_on_the_command_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var crop = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        (crop.RootElement.GetProperty("by").GetString(), crop.RootElement.GetProperty("class").GetString()).ShouldBe(("faces", "person"));
        crop.RootElement.GetProperty("unsure").GetBoolean().ShouldBeFalse();
        var box = crop.RootElement.GetProperty("box");
        var (x, y) = (512 * box.GetProperty("x").GetSingle(), 512 * box.GetProperty("y").GetSingle());
        Portrait.Face.Intersect(new BoxF(x, y, x + 512 * box.GetProperty("width").GetSingle(), y + 512 * box.GetProperty("height").GetSingle()))
            .Area.ShouldBeGreaterThan(0.95f * Portrait.Face.Area);

        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await CommandLine.RunAsync(["crop", Portrait.Path, "--json", "--models", RealModels.Catalogue.Folder, "--sandbox", "off"], output, errors, Cancel))
            .ShouldBe(CommandLine.Success, errors.ToString());
        using var told = JsonDocument.Parse(output.ToString());
        told.RootElement.GetProperty("file").GetString().ShouldBe(Portrait.Path);
        told.RootElement.GetProperty("box").GetRawText().ShouldBe(box.GetRawText());
    }

    [Fact]
    public async Task A_plain_picture_is_its_middle_and_unsure_and_a_broken_one_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var plain = await PostAsync(server.Client, TestPng.Of(64, 48, 0x8040_20FF));
        using var crop = JsonDocument.Parse(await plain.Content.ReadAsStringAsync(Cancel));
        (crop.RootElement.GetProperty("by").GetString(), crop.RootElement.GetProperty("unsure").GetBoolean()).ShouldBe(("middle", true));
        using var broken = await PostAsync(server.Client, "no picture"u8.ToArray());
        await broken.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--Policy:Floor=" + Jobs.JobFilm.Policy, false)]
    public async Task A_picture_is_cut_to_its_box_and_what_the_floor_hides_is_hidden_in_it(string setting, bool isShown)
    {
        await using var server = await RunningServer.StartAsync(setting.Length > 0 ? [setting] : []);
        using var client = new LiveFaceClient(server.Address);
        await using var file = File.OpenRead(Portrait.Path);
        var cut = await client.Pictures.CutAsync(file, "image/png", Cancel);
        (cut.ContentType, cut.Unsure, cut.Certainty > 0.5).ShouldBe(("image/png", false, true));
        using var pool = new FramePool(0);
        using var part = ImageFile.Decode(cut.File, pool);
        using var whole = ImageFile.Decode(await File.ReadAllBytesAsync(Portrait.Path, Cancel), pool);
        var (left, top) = ((int)(cut.Box.X * 512), (int)(cut.Box.Y * 512));
        ((float)part.Width).ShouldBe(512 * cut.Box.Width, 1.5f);
        ((float)part.Height).ShouldBe(512 * cut.Box.Height, 1.5f);
        var same = new byte[part.Width * part.Height];
        for (var y = 0; y < part.Height; y++)
            whole.RowY(top + y).Slice(left, part.Width).CopyTo(same.AsSpan(y * part.Width));
        var face = Portrait.Face;
        var shown = FaceIdentity.LikenessOf(same, Portrait.LumaOf(part), part.Width, part.Height, new BoxF(face.Left - left, face.Top - top, face.Right - left, face.Bottom - top));
        (shown > Likeness.Shown).ShouldBe(isShown, $"{shown}");
    }

    [Fact]
    public async Task A_key_for_viewers_does_not_crop()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await PostAsync(viewer, []);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        return await client.PostAsync("/api/crop", content, Cancel);
    }
}

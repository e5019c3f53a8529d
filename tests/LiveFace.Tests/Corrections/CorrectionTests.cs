using System.Net;
using System.Text;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Corrections;

/// <summary>What somebody sends of their corrections is kept by their leave alone, and gone when they say so.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CorrectionTests
{
    private const string Position = "48.8584N 2.2945E";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_is_kept_withdrawn_by_its_link_and_then_nothing_of_it_is_left()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var sender = server.ClientWith(server.MakeKey(Roles.Publish));
        var (id, secret) = await CorrectionRig.KeepAsync(sender);
        server.Pictures().ShouldHaveSingleItem().ShouldEndWith($"{id}.jpg");
        server.Rows().ShouldBe(1);
        (server.DatabaseHolds("licence plate"), server.DatabaseHolds(secret)).ShouldBe((true, false));
        File.GetUnixFileMode(Path.Combine(server.Folder(), "corrections")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(server.Pictures()[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // Whoever sent it may have no key any more.
        var gone = await (await CorrectionRig.WithdrawAsync(server.Client, secret)).JsonAsync();
        (gone.GetProperty("id").GetString(), gone.GetProperty("exports").GetInt32()).ShouldBe((id, 0));
        server.Pictures().ShouldBeEmpty();
        server.Rows().ShouldBe(0);
        server.DatabaseHolds("licence plate").ShouldBeFalse();
        await (await CorrectionRig.WithdrawAsync(server.Client, secret)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        server.Audit().ShouldBe(["correction-kept", "correction-withdrawn"]);
        var written = await File.ReadAllTextAsync(Path.Combine(server.Folder(), AuditLog.FileName), Cancel);
        (written.Contains(secret, StringComparison.Ordinal), written.Contains("licence", StringComparison.Ordinal)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Only_the_pixels_of_a_picture_are_kept()
    {
        await using var server = await RunningServer.StartAsync();
        var picture = TestPng.Of(64, 48, (x, y) => (uint)(x * 4 << 24 | y * 5 << 16 | 0x80FF), ("tEXt", Encoding.ASCII.GetBytes($"GPS\0{Position}")));
        Encoding.ASCII.GetString(picture).ShouldContain(Position);
        await CorrectionRig.KeepAsync(server.Client, picture: picture);

        var kept = await File.ReadAllBytesAsync(server.Pictures().Single(), Cancel);
        Encoding.ASCII.GetString(kept).ShouldNotContain(Position);
        Media.Images.Files.ImageFile.Identify(kept).ShouldSatisfyAllConditions(
            info => info.Format.ShouldBe(Media.Images.ImageFormat.Jpeg), info => (info.Width, info.Height).ShouldBe((64, 48)));
        server.DatabaseHolds(Position).ShouldBeFalse();
    }

    [Theory]
    [InlineData("no JSON", "correction")]
    [InlineData("""{"keepDays":30,"drawn":[{"class":"face","box":{"x":0,"y":0,"width":1,"height":1}}]}""", "correction.keepDays")]
    [InlineData("""{"keepDays":90}""", "correction")]
    [InlineData("""{"keepDays":90,"drawn":[null]}""", "correction.drawn[0]")]
    [InlineData("""{"keepDays":90,"drawn":[{"class":"","box":{"x":0,"y":0,"width":1,"height":1}}]}""", "correction.drawn[0]")]
    [InlineData("""{"keepDays":90,"drawn":[{"class":"face","box":{"x":0.5,"y":0,"width":0.6,"height":1}}]}""", "correction.drawn[0]")]
    [InlineData("""{"keepDays":90,"drawn":[{"class":"face","box":{"x":0.5,"y":0,"width":0,"height":1}}]}""", "correction.drawn[0]")]
    [InlineData("""{"keepDays":90,"finds":[{"model":"faces","class":"face","score":2,"box":{"x":0,"y":0,"width":1,"height":1},"said":"wrong"}]}""", "correction.finds[0]")]
    [InlineData("""{"keepDays":90,"finds":[{"model":"faces","class":"face","score":1,"box":{"x":0,"y":0,"width":1,"height":1},"said":"right"}]}""", "correction")]
    public async Task What_is_not_as_described_or_agreed_is_refused_and_nothing_of_it_kept(string order, string field)
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await CorrectionRig.SendAsync(server.Client, order);
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
        (server.Pictures().Length, server.Rows(), server.Audit().Length).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_nothing_of_it_kept()
    {
        await using var server = await RunningServer.StartAsync();
        await (await CorrectionRig.SendAsync(server.Client, picture: "no picture"u8.ToArray())).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await (await CorrectionRig.SendAsync(server.Client, type: "image/gif")).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        (server.Pictures().Length, server.Rows(), server.Audit().Length).ShouldBe((0, 0, 0));
    }
}

using LiveFace.Access;
using LiveFace.Client;
using LiveFace.Client.Messages;
using LiveFace.Samples;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Client;

/// <summary>The .NET client against a whole server.</summary>
public sealed class ClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_does_what_it_says()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        var folder = Directory.CreateTempSubdirectory("liveface-client-");
        try
        {
            var picture = Path.Combine(folder.FullName, "me.png");
            File.Copy(Portrait.Path, picture);
            using var output = new StringWriter();
            (await Sample.RunAsync([server.Address.AbsoluteUri, picture, "me", server.MakeKey(Roles.Publish | Roles.View | Roles.Control)], output)).ShouldBe(0, output.ToString());
            output.ToString().ShouldContain("would be hidden");
            output.ToString().ShouldContain("me: hide-persons");
            output.ToString().ShouldContain("me.png: done, 1 pictures");
            Directory.GetFiles(folder.FullName).Select(Path.GetFileName).ShouldBe(["me.png", "me.redacted.png", "me.safe.png"], ignoreOrder: true);
            Portrait.FaceIn(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "me.redacted.png"), Cancel)).ShouldBeLessThan(Likeness.Shown);
            Portrait.FaceIn(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "me.safe.png"), Cancel)).ShouldBeLessThan(Likeness.Shown);
            using var refused = new StringWriter();
            (await Sample.RunAsync([server.Address.AbsoluteUri, picture, "me", server.MakeKey(Roles.View)], refused)).ShouldBe(1);
            refused.ToString().ShouldStartWith("not-allowed: ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_policy_is_read_changed_and_set_and_an_old_version_is_told()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new LiveFaceClient(server.Address);
        var policy = await client.GetPolicyAsync("a", Cancel);
        policy.Rules!.Single().When.Classes.ShouldBeNull("all of them");
        var rule = new PolicyRule(new RuleWhen { Model = "objects", Classes = ["person", "dog"] }, "box", new RuleHow("mosaic") { Strength = 90 });
        var set = await client.SetPolicyAsync("a", policy with { Rules = [.. policy.Rules!, rule] }, policy.Version, Cancel);
        set.Rules!.Count.ShouldBe(2);
        set.Rules[1].When.Classes.ShouldBe(["person", "dog"]);
        set.Rules[1].How.Strength.ShouldBe(90);
        var late = await Should.ThrowAsync<LiveFaceException>(() => client.SetPolicyAsync("a", policy, policy.Version, Cancel));
        (late.Code, late.Status, late.CurrentVersion).ShouldBe(("version-mismatch", 412, set.Version));
        (await client.GetRoomAsync("a", Cancel)).PolicyVersion.ShouldBe(set.Version);
        (await client.GetModelsAsync(Cancel)).ShouldContain(model => model.Job == "faces" && model.Default);
    }

    [Fact]
    public async Task The_hub_tells_what_happens_and_what_is_refused()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var client = new LiveFaceClient(server.Address, server.MakeKey(Roles.View | Roles.Control, "a"));
        await using var hub = await client.ConnectAsync(Cancel);
        var joined = await hub.JoinAsync("a", cancel: Cancel);
        (joined.State.Room, joined.Policy.Preset).ShouldBe(("a", "blur-faces"));
        (await hub.SetPolicyAsync("a", new RoomPolicy { Preset = "cover-everything" }, joined.Policy.Version, Cancel)).Cover.ShouldBe(true);
        (await hub.GetPolicyAsync("a", Cancel)).Preset.ShouldBe("cover-everything");
        (await Should.ThrowAsync<LiveFaceException>(() => hub.JoinAsync("b", cancel: Cancel))).Code.ShouldBe("not-allowed");
        await hub.LeaveAsync("a", Cancel);
        using var stranger = new LiveFaceClient(server.Address, "lf_wrong");
        (await Should.ThrowAsync<LiveFaceException>(() => stranger.ConnectAsync(Cancel))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_mark_is_put_on_a_picture_and_taken_off_and_what_somebody_thinks_of_it_is_kept()
    {
        using var models = MarkModels.Red();
        await using var server = await RunningServer.StartAsync($"--Models:Folder={models.Path}");
        using var client = new LiveFaceClient(server.Address);
        var marked = TestPng.Of(120, 80, (x, y) => y is >= 20 and < 40 ? MarkModels.Under(x + y) : (uint)(x + y) * 0x01010100u | 0xFF);
        using var file = new MemoryStream(marked);
        var cleaned = await client.Pictures.RemoveWatermarkAsync(file, "image/png", Cancel);
        (cleaned.Width, cleaned.Height, cleaned.Marked, cleaned.Share, cleaned.Type).ShouldBe((120, 80, true, 0.25, "image/png"));
        cleaned.After.ShouldNotBe(cleaned.Before);
        using var clean = new MemoryStream(cleaned.After);
        var again = await client.Pictures.WatermarkAsync(clean, "image/png", new PolicyWatermark("mine", 0.5f) { Place = "single" }, Cancel);
        again.ShouldNotBe(cleaned.After);
        var said = await client.SendFeedbackAsync(new NewFeedback("up") { About = "picture", Words = "clean" }, Cancel);
        (said.Thumb, said.About, said.Words).ShouldBe(("up", "picture", "clean"));
    }
}

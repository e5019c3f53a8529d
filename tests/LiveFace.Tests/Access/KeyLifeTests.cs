using System.Net;
using System.Net.Http.Json;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>Keys that are made, kept and deleted.</summary>
public sealed class KeyLifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_made_key_works_until_it_is_deleted_and_is_never_shown_again()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var made = await (await admin.PostAsJsonAsync("/api/keys", new { name = "obs", roles = new[] { "publish", "view" }, pattern = "a" }, Cancel)).JsonAsync();
        var key = made.GetProperty("key").GetString()!;
        using var obs = server.ClientWith(key);
        (await obs.GetAsync("/api/rooms/a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.GetStringAsync("/api/keys", Cancel)).ShouldNotContain(key);
        (await admin.DeleteAsync($"/api/keys/{made.GetProperty("id").GetString()}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await obs.GetAsync("/api/rooms/a", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
    }

    [Fact]
    public async Task Keys_outlive_the_server_and_the_database_does_not_hold_them()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        string key;
        var first = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        key = first.MakeKey(Roles.Admin);
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        using var client = second.ClientWith(key);
        (await client.GetAsync("/api/rooms", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        if (!OperatingSystem.IsWindows())
            foreach (var file in Directory.GetFiles(folder))
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        foreach (var file in Directory.GetFiles(folder))
            Encoding.Latin1.GetString(await ReadSharedAsync(file)).ShouldNotContain(key);
    }

    [Fact]
    public async Task A_configured_key_opens_the_server()
    {
        await using var server = await RunningServer.StartLockedAsync(
            "--Access:Keys:0:Key=a-long-enough-configured-key", "--Access:Keys:0:Roles:0=view");
        using var client = server.ClientWith("a-long-enough-configured-key");
        (await client.GetAsync("/api/rooms", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}

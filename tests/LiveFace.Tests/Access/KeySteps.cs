using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>Makes, shares and deletes keys as an admin does.</summary>
internal static class KeySteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(string Id, string Key)> MakeKeyAsync(RunningServer server, params string[] roles)
    {
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var made = await (await admin.PostAsJsonAsync("/api/keys", new { name = "made", roles }, Cancel)).JsonAsync();
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }

    public static async Task DeleteKeyAsync(RunningServer server, string id)
    {
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        (await admin.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    public static Task<string> ShareAsync(RunningServer server, string key, string room, params string[] roles) =>
        ShareWithAsync(server, key, room, JsonSerializer.Serialize(new { roles }));

    public static async Task<string> ShareWithAsync(RunningServer server, string key, string room, string body)
    {
        using var client = server.ClientWith(key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return (await (await client.PostAsync($"/api/rooms/{room}/share", content, Cancel)).JsonAsync()).GetProperty("token").GetString()!;
    }

    public static async Task ShouldBeVoidAsync(RunningServer server, string token, string room = "a")
    {
        using var client = server.ClientWith(token);
        await (await client.GetAsync($"/api/rooms/{room}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
    }
}

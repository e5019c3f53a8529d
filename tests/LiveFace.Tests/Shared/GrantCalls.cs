using System.Net;
using System.Text;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Shared;

/// <summary>Calls with a key at one of two servers.</summary>
internal static class GrantCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ScriptedSession> OpenAsync(RunningServer server, string key, string path)
    {
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room(path[6..]).Answering = _ => session;
        (await PostAsync(server, key, path)).ShouldBe(HttpStatusCode.Created);
        return session;
    }

    public static async Task<HttpStatusCode> PostAsync(RunningServer server, string key, string path, bool close = false)
    {
        ScriptedSession? session = null;
        if (close)
            server.Rooms.Room(path[6..]).Answering = _ => session = new ScriptedSession("v=0\r\n");
        using var client = server.ClientWith(key);
        using var answer = await client.PostAsync(path, new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);
        session?.Close();
        return answer.StatusCode;
    }
}

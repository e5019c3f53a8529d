using System.Text.Json;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>Reads what the page measured.</summary>
internal static class ClientResults
{
    public static void ShouldShowPictures(this JsonElement result)
    {
        result.GetProperty("state").GetString().ShouldBe("connected");
        result.GetProperty("width").GetInt32().ShouldBeGreaterThan(100);
        result.GetProperty("pictures").GetInt32().ShouldBeGreaterThan(5, result.ToString());
    }

    public static JsonElement Inbound(this JsonElement result, string kind) =>
        result.GetProperty("stats").GetProperty("inbound").GetProperty(kind);

    public static JsonElement Outbound(this JsonElement result, string kind) =>
        result.GetProperty("stats").GetProperty("outbound").GetProperty(kind);
}

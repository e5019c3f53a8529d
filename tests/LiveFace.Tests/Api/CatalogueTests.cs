using LiveFace.Redaction.Policy;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>What pages build their controls from.</summary>
public sealed class CatalogueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_preset_that_is_offered_is_taken_back_as_a_policy()
    {
        await using var server = await RunningServer.StartAsync();
        var presets = await (await server.Client.GetAsync("/api/presets", Cancel)).JsonAsync();
        presets[0].GetProperty("id").GetString().ShouldBe("blur-faces");
        foreach (var preset in presets.EnumerateArray())
        {
            preset.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
            preset.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
            using var json = new StringContent(
                preset.GetProperty("policy").GetRawText(), System.Text.Encoding.UTF8, "application/json");
            using var set = await server.Client.PutAsync("/api/rooms/a/policy", json, Cancel);
            (await set.JsonAsync()).GetProperty("preset").GetString().ShouldBe(preset.GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task Every_effect_that_is_offered_is_one_that_policies_know()
    {
        await using var server = await RunningServer.StartAsync();
        var effects = await (await server.Client.GetAsync("/api/effects", Cancel)).JsonAsync();
        foreach (var effect in effects.EnumerateArray())
        {
            var name = effect.GetProperty("id").GetString()!;
            Enum.TryParse<RuleEffect>(name, ignoreCase: true, out var known).ShouldBeTrue(name);
            effect.GetProperty("hides").GetBoolean().ShouldBe(known.Hides());
            effect.GetProperty("live").GetBoolean().ShouldBe(known.IsLive());
        }
    }

    [Fact]
    public async Task Models_come_with_their_licence_and_one_default_a_job()
    {
        await using var server = await RunningServer.StartAsync();
        var models = (await (await server.Client.GetAsync("/api/models", Cancel)).JsonAsync()).EnumerateArray().ToArray();
        models.ShouldAllBe(m => m.GetProperty("licence").GetString()!.Length > 0);
        models.Where(m => m.GetProperty("job").GetString() == "faces" && m.GetProperty("default").GetBoolean())
            .Select(m => m.GetProperty("id").GetString()).ShouldBe(["liveface"]);
        models.Where(m => m.GetProperty("state").GetString() == "off").ShouldAllBe(m => !m.GetProperty("default").GetBoolean());
    }

    [Fact]
    public async Task The_server_says_who_asks_and_what_it_takes()
    {
        await using var server = await RunningServer.StartAsync("--Rooms:MaximumRooms=7");
        var info = await (await server.Client.GetAsync("/api/server", Cancel)).JsonAsync();
        info.GetProperty("keyRequired").GetBoolean().ShouldBeFalse();
        info.GetProperty("you").GetProperty("roles").GetArrayLength().ShouldBe(6);
        info.GetProperty("limits").GetProperty("rooms").GetInt32().ShouldBe(7);
        info.GetProperty("media").GetProperty("udpPort").GetInt32().ShouldBeGreaterThan(0);
        info.GetProperty("media").GetProperty("codecs").EnumerateArray().Select(c => c.GetString()).ShouldContain("vp8");
    }
}

using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Pictures through the SDK, in a real browser.</summary>
public class PictureTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task The_sdk_tells_what_is_in_a_picture_and_says_why_it_cannot()
    {
        await using var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/favicon.svg");
        var portrait = Convert.ToBase64String(await File.ReadAllBytesAsync(Portrait.Path, TestContext.Current.CancellationToken));
        var result = await page.Page.EvaluateAsync<JsonElement>("""
            async (base64) => {
              const { LiveFace, LiveFaceError } = await import('/liveface.js');
              const picture = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'image/png' });
              const found = await LiveFace.detect(picture, { server: location.origin, models: ['faces'], preset: 'blur-faces', look: 'quick' });
              const refused = await LiveFace.detect(picture, { server: location.origin, models: ['ghosts'] }).catch((error) => error);
              return { look: found.look, face: found.objects[0], code: refused instanceof LiveFaceError ? refused.code : null };
            }
            """, portrait);
        result.GetProperty("look").GetString().ShouldBe("quick");
        result.GetProperty("face").GetProperty("hidden").GetBoolean().ShouldBeTrue();
        result.GetProperty("face").GetProperty("landmarks").GetArrayLength().ShouldBe(5);
        result.GetProperty("code").GetString().ShouldBe("request-invalid");
    }
}

using System.Diagnostics;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Tests.Serving;

namespace LiveFace.Browser.Tests;

/// <summary>Video is decoded in processes of their own; what becomes of a call when one is killed.</summary>
public class DecoderTests(ITestOutputHelper output)
{
    /// <summary>A busy machine can be late for any one of them, or paint no picture while the card is up.</summary>
    private const int Kills = 3, MostKills = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_decoder_costs_its_room_a_card_for_less_than_a_second_and_other_rooms_nothing()
    {
        await using var server = await LiveFaceServer.StartAsync(("Media:Sandbox", "required"));
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        var taken = new List<int>();
        await using var one = await JoinAsync(chromium, server, "one", taken);
        await using var two = await JoinAsync(chromium, server, "two", taken);
        await WatchAsync(one);

        var cards = new List<double>();
        while (cards.Count < Kills || (cards.Max() == 0 && cards.Count < MostKills))
        {
            // The next that is taken is the one that stands ready now.
            var spare = await DecoderProcesses.SpareAsync(server, taken);
            var from = await one.Page.EvaluateAsync<int>("seen.length");
            using (var victim = Process.GetProcessById(taken[0]))
                victim.Kill();
            await one.UntilAsync($"cardAfter({from}) !== null");
            taken[0] = spare;
            cards.Add(await one.Page.EvaluateAsync<double>($"cardAfter({from})"));
        }

        output.WriteLine($"A card was seen for {string.Join(", ", cards.Select(card => $"{card:0} ms"))}.");
        cards.Max().ShouldBeGreaterThan(0, "no card was ever seen");
        cards.Where(card => card > 0).Min().ShouldBeLessThan(1000);
        (await DropsAsync(server, "two")).ShouldBe(0);
        (await DropsAsync(server, "one")).ShouldBeGreaterThanOrEqualTo(cards.Count);
    }

    private static async Task<WatchedPage> JoinAsync(ChromiumBrowser chromium, LiveFaceServer server, string room, List<int> taken)
    {
        var spare = await DecoderProcesses.SpareAsync(server, taken);
        var page = await chromium.OpenAsync($"{server.Address}/?room={room}");
        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");
        await page.UntilPictureAsync("#result", "the scene, not a card", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        taken.Add(spare);
        return page;
    }

    /// <summary>Keeps when each picture came and whether it was a card: the scene is bright blue at its left, a card dark.</summary>
    private static async Task WatchAsync(WatchedPage page) => await page.Page.EvaluateAsync("""
        () => {
          window.seen = [];
          // For how long the first card was seen from a picture on; null before another picture has followed it, and zero
          // where many pictures came and none of them was a card.
          window.cardAfter = (from) => {
            const card = seen.findIndex((now, i) => i >= from && now.isCard);
            const picture = seen.findIndex((now, i) => card >= 0 && i > card && !now.isCard);
            return picture >= 0 ? seen[picture].at - seen[card].at : card < 0 && seen.length > from + 90 ? 0 : null;
          };
          const video = document.querySelector('#result');
          const canvas = new OffscreenCanvas(64, 48);
          const context = canvas.getContext('2d', { willReadFrequently: true });
          const note = () => {
            context.drawImage(video, 0, 0, 64, 48);
            const { data } = context.getImageData(2, 5, 12, 28);
            let blue = 0;
            for (let i = 2; i < data.length; i += 4) blue += data[i];
            window.seen.push({ at: performance.now(), isCard: blue / (data.length / 4) < 75 });
            video.requestVideoFrameCallback(note);
          };
          video.requestVideoFrameCallback(note);
        }
        """);

    /// <summary>Frames of a room that were lost with a decoder or for want of a keyframe, as its statistics count them.</summary>
    private static async Task<long> DropsAsync(LiveFaceServer server, string room)
    {
        await using var hub = await HubSocket.ConnectAsync(new Uri(server.Address));
        await hub.InvokeAsync("Join", room, new { stats = true });
        var drops = (await hub.EventAsync("stats")).GetProperty("drops");
        return new[] { "decoderLost", "notDecodable" }.Sum(
            place => drops.TryGetProperty(place, out var count) ? count.GetInt64() : 0);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Bot.Texts;
using LiveFace.Tests.Jobs;

namespace LiveFace.Tests.Bots;

/// <summary>Films sent to the bot, which become jobs of a real server.</summary>
public sealed class BotFilmTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_comes_back_hidden_with_progress_on_the_way_and_its_job_is_gone()
    {
        await using var rig = await BotRig.StartAsync();
        rig.Language = "fr";
        var film = await JobFilm.MakeAsync(4);
        await rig.SendFilmAsync(film);
        (await rig.NextAsync("sendMessage"))["text"].ShouldBe(rig.Texts[Phrase.FilmFetch]);
        var sent = await rig.NextAsync("sendVideo");
        (await JobFilm.FacesShownAsync(film, sent.File!)).ShouldAllBe(shown => shown < Likeness.Shown);
        var done = rig.Texts[Phrase.FilmDone].Split('{')[0];
        await Eventually.IsAsync(() => rig.Of("editMessageText").Exists(edit => edit["text"].StartsWith(done, StringComparison.Ordinal)));
        var edits = rig.Of("editMessageText");
        edits.Count.ShouldBeGreaterThan(1);
        edits[0]["reply_markup"].ShouldContain("cancel");
        edits[^1]["reply_markup"].ShouldBeEmpty();
        (await JobsAsync(rig)).ShouldBe(0);
        Directory.GetDirectories(Path.Combine(Folder(rig), "films")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_film_is_cancelled_by_whoever_sent_it_and_by_nobody_else()
    {
        // Nobody works at it, so it waits until it is cancelled.
        await using var rig = await BotRig.StartAsync(filmWorkers: 0);
        await rig.SendFilmAsync(await JobFilm.MakeAsync(2));
        var note = await rig.NextAsync("sendMessage");
        await Eventually.IsAsync(async () => await JobsAsync(rig) == 1);
        var message = rig.Api.LastSent[BotRig.Chat];
        await rig.SendFilmAsync([1, 2, 3]);
        (await rig.NextAsync("sendMessage", 2))["text"].ShouldBe(rig.Texts[Phrase.FilmBusy]);
        await rig.Api.PressAsync(BotRig.Chat, "en", rig.Api.LastSent[BotRig.Chat], "cancel");
        (await rig.NextAsync("sendMessage", 3))["text"].ShouldBe(rig.Texts[Phrase.PictureGone]);
        (await JobsAsync(rig)).ShouldBe(1);
        await rig.Api.PressAsync(BotRig.Chat, "en", message, "cancel");
        await Eventually.IsAsync(() => rig.Of("editMessageText").Exists(edit => edit["text"] == rig.Texts[Phrase.FilmCancelled]));
        (await JobsAsync(rig)).ShouldBe(0);
        rig.Of("sendVideo").ShouldBeEmpty();
        note["reply_markup"].ShouldContain("cancel");
    }

    [Fact]
    public async Task What_is_no_film_is_said_to_be_none_and_what_a_stopped_bot_had_under_way_is_deleted()
    {
        await using var rig = await BotRig.StartAsync(options => options.FilmsPerChat = 2);
        await rig.SendFilmAsync([1, 2, 3]);
        await Eventually.IsAsync(() => rig.Of("editMessageText").Exists(edit => edit["text"] == rig.Texts[Phrase.FilmFailed]));
        (await JobsAsync(rig)).ShouldBe(0);
        await rig.SendFilmAsync(await JobFilm.MakeAsync(60));
        await Eventually.IsAsync(async () => await JobsAsync(rig) == 1);
        await rig.StopAsync();
        await Eventually.IsAsync(async () => await JobsAsync(rig) == 0);
    }

    [Fact]
    public async Task What_a_killed_bot_left_on_the_server_is_deleted_when_it_starts_again_and_nothing_else()
    {
        var film = await JobFilm.MakeAsync(4);
        string key = "", other = "";
        await using var rig = await BotRig.StartAsync(options => options.Key = key, async server =>
        {
            key = server.MakeKey(Roles.Publish);
            using var client = server.ClientWith(key);
            foreach (var name in (string[])["telegram-bot-424242-0", "telegram-bot-4242-0", "mine"])
                using (var made = await client.PostAsync($"/api/jobs?name={name}&preset=cover-everything", JobClient.Body(film), Cancel))
                    made.EnsureSuccessStatusCode();
            other = await client.GetStringAsync("/api/jobs", Cancel);
        });
        other.ShouldContain("\"telegram-bot-424242-0\"");
        using var own = rig.Server.ClientWith(key);
        await Eventually.IsAsync(async () => !(await own.GetStringAsync("/api/jobs", Cancel)).Contains("\"telegram-bot-424242-0\"", StringComparison.Ordinal));
        var left = await own.GetStringAsync("/api/jobs", Cancel);
        left.ShouldContain("\"telegram-bot-4242-0\"");
        left.ShouldContain("\"mine\"");
    }

    private static string Folder(BotRig rig) => rig.Server.Services.GetService(typeof(LiveFace.Storage.Database)) is LiveFace.Storage.Database database ? database.Folder : "";

    private static async Task<int> JobsAsync(BotRig rig)
    {
        using var admin = rig.Server.ClientWith(rig.Server.MakeKey(Roles.Admin));
        return (await admin.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).GetArrayLength();
    }
}

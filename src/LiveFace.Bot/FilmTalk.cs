using LiveFace.Bot.Texts;
using LiveFace.Client;
using LiveFace.Client.Messages;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace LiveFace.Bot;

/// <summary>
/// Films, as jobs of the server. Whatever comes of one, its job is deleted; what a run that was killed left behind, the next one
/// deletes, which it knows by the name.
/// </summary>
internal sealed class FilmTalk(ITelegramBotClient bot, LiveFaceClient client, BotFiles files, BotOptions options, ILogger log)
{
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(10);

    private readonly FilmDesk _desk = new(options.Films, options.FilmsPerChat);
    private readonly string _names = $"telegram-bot-{bot.BotId}-";

    /// <summary>Begins with a film; it goes on by itself.</summary>
    /// <exception cref="BotRefusal">There are too many.</exception>
    public async Task BeginAsync(Message message, BotFile film, BotTexts texts, CancellationToken stop)
    {
        if (film.Bytes > (long)options.DownloadMiB << 20)
            throw new BotRefusal(Phrase.FileTooLarge, options.DownloadMiB);
        var seat = _desk.TryTake(message.Chat.Id, out var isOwn) ?? throw new BotRefusal(isOwn ? Phrase.FilmBusy : Phrase.FilmsFull);
        try
        {
            var told = await bot.SendMessage(
                message.Chat.Id, texts[Phrase.FilmFetch], replyParameters: PictureTalk.Reply(message), replyMarkup: Buttons.ForFilm(texts), cancellationToken: stop);
            seat.Message = told.Id;
            var note = new FilmNote(bot, told, TimeSpan.FromSeconds(options.ProgressSeconds), TimeProvider.System, log);
            _ = RunAsync(message, film, seat, note, texts, stop);
        }
        catch
        {
            seat.Dispose();
            throw;
        }
    }

    /// <exception cref="BotRefusal">There is no such film any more.</exception>
    public void Cancel(Message told)
    {
        if (!_desk.Cancel(told.Chat.Id, told.Id))
            throw new BotRefusal(Phrase.PictureGone);
    }

    /// <summary>Waits for films that were stopped to be deleted.</summary>
    public Task WhenDoneAsync() => _desk.WhenLeftAsync();

    /// <summary>Deletes what an earlier run left on the server.</summary>
    public async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            var left = (await client.Jobs.ListAsync(cancel)).Where(job => job.Name.StartsWith(_names, StringComparison.Ordinal)).ToList();
            foreach (var job in left)
                await client.Jobs.DeleteAsync(job.Id, cancel);
            if (left.Count > 0)
                log.Swept(left.Count);
        }
        catch (Exception error) when (error is LiveFaceException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            log.Failed("films of an earlier run", Refusals.Describe(error));
        }
    }

    private async Task RunAsync(Message message, BotFile film, FilmSeat seat, FilmNote note, BotTexts texts, CancellationToken stop)
    {
        using (seat)
        using (var late = new CancellationTokenSource(TimeSpan.FromMinutes(options.FilmMinutes)))
        using (var any = CancellationTokenSource.CreateLinkedTokenSource(stop, seat.Cancelled, late.Token))
        {
            var name = _names + Guid.NewGuid().ToString("N");
            var end = texts[Phrase.Failed];
            try
            {
                using var bytes = new MemoryStream(await files.FetchAsync(film, any.Token));
                var job = await client.Jobs.AddAsync(bytes, new JobOptions { Name = name, Preset = options.Preset }, any.Token);
                end = await ShowAsync(job.Id, message, note, texts, any.Token);
            }
            catch (OperationCanceledException) when (any.IsCancellationRequested)
            {
                end = texts[seat.Cancelled.IsCancellationRequested ? Phrase.FilmCancelled : late.IsCancellationRequested ? Phrase.FilmTooLong : Phrase.Failed];
            }
#pragma warning disable CA1031 // Nobody waits for this task: whatever happens is told in the chat, and what is ours is written down.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (Refusals.IsOurs(error))
                    log.Failed("a film", Refusals.Describe(error));
                end = (error is LiveFaceException { Code: "request-invalid" } ? new BotRefusal(Phrase.FilmFailed) : Refusals.Of(error)).In(texts);
            }

            using var parting = new CancellationTokenSource(Parting);
            await PartAsync(name, note, end, parting.Token);
        }
    }

    private async Task<string> ShowAsync(string id, Message message, FilmNote note, BotTexts texts, CancellationToken cancel)
    {
        Job? last = null;
        await foreach (var job in client.Jobs.WatchAsync(id, cancel))
        {
            last = job;
            if (!job.Rests())
                await note.ShowAsync(FilmWords.Progress(job, texts), Buttons.ForFilm(texts), cancel);
        }

        if (last is not { State: JobStates.Done, Result: { } made })
            throw new BotRefusal(Phrase.FilmFailed);
        if (made.Bytes > (long)options.UploadMiB << 20)
            throw new BotRefusal(Phrase.ResultTooLarge, made.Bytes >> 20);
        await using var result = await client.Jobs.ResultAsync(id, cancel);
        var file = InputFile.FromStream(result.Content, "film" + Path.GetExtension(result.Name));
        if (result.ContentType == "video/mp4")
            await bot.SendVideo(message.Chat.Id, file, replyParameters: PictureTalk.Reply(message), cancellationToken: cancel);
        else
            await bot.SendDocument(message.Chat.Id, file, replyParameters: PictureTalk.Reply(message), cancellationToken: cancel);
        return FilmWords.Done(made, texts);
    }

    /// <summary>Deletes the job first, so that what the last words say is so; by its name, since its number may not have come any more.</summary>
    private async Task PartAsync(string name, FilmNote note, string end, CancellationToken cancel)
    {
        try
        {
            foreach (var job in (await client.Jobs.ListAsync(cancel)).Where(one => one.Name == name))
                await client.Jobs.DeleteAsync(job.Id, cancel);
        }
        catch (Exception error) when (error is LiveFaceException or HttpRequestException or OperationCanceledException)
        {
            // Gone already, or the server is: the next run looks once more, and the server lets it expire.
            log.Failed("a film's end", Refusals.Describe(error));
        }

        try
        {
            await note.EndAsync(end, cancel);
        }
        catch (OperationCanceledException error)
        {
            log.Failed("a film's end", Refusals.Describe(error));
        }
    }
}

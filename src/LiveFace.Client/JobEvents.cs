using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>A job's server-sent events, over as many connections as it takes.</summary>
internal sealed class JobEvents(LiveFaceClient client, Uri address)
{
    private const string Gone = "gone";
    private readonly Patience _patience = new();

    public async IAsyncEnumerable<Job> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            await using var connection = Connection(cancel).GetAsyncEnumerator(cancel);
            while (await NextAsync(connection, cancel).ConfigureAwait(false) is { } job)
            {
                yield return job;
                if (job.Rests())
                    yield break;
            }
        }
    }

    /// <summary>The next event of this connection; null where there has to be another connection.</summary>
    private async Task<Job?> NextAsync(IAsyncEnumerator<Job> connection, CancellationToken cancel)
    {
        Exception broken;
        try
        {
            if (await connection.MoveNextAsync().ConfigureAwait(false))
            {
                _patience.Renew();
                return connection.Current;
            }

            broken = new IOException("The server ended the events.");
        }
        catch (Exception error) when (error is IOException or HttpRequestException or LiveFaceException or OperationCanceledException)
        {
            broken = error;
        }

        if (!await _patience.LastsAsync(broken, cancel).ConfigureAwait(false))
            ExceptionDispatchInfo.Throw(broken);
        return null;
    }

    private async IAsyncEnumerable<Job> Connection([EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancel).ConfigureAwait(false);
        var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var events = SseParser.Create(stream, static (kind, data) => kind == Gone ? null : JsonSerializer.Deserialize(data, ClientJson.Default.Job));
        await foreach (var told in events.EnumerateAsync(cancel).ConfigureAwait(false))
        {
            if (told.EventType == Gone)
                throw new LiveFaceException("job-not-found", "The job was deleted.");
            if (told.Data is { } job)
                yield return job;
        }
    }
}

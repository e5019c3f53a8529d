namespace LiveFace.Client;

/// <summary>A file of a job as it comes: read it, copy it, and let go of it.</summary>
public sealed class JobFile : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;

    private JobFile(HttpResponseMessage answer, Stream content)
    {
        _answer = answer;
        Content = content;
        var headers = answer.Content.Headers;
        (ContentType, Length) = (headers.ContentType?.MediaType ?? "application/octet-stream", headers.ContentLength);
        // Whatever a server calls it, it is the name of a file and leads into no folder.
        Name = Path.GetFileName(headers.ContentDisposition?.FileNameStar ?? headers.ContentDisposition?.FileName?.Trim('"'));
    }

    /// <summary>The bytes, from the first on, once.</summary>
    public Stream Content { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>The server's name for it, without a folder.</summary>
    public string? Name { get; }

    /// <summary>How many bytes there are, where the server says so.</summary>
    public long? Length { get; }

    /// <summary>Reads all of it.</summary>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancel = default)
    {
        using var all = new MemoryStream();
        await Content.CopyToAsync(all, cancel).ConfigureAwait(false);
        return all.ToArray();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        _answer.Dispose();
    }

    internal static async Task<JobFile> OpenAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return new JobFile(answer, await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}

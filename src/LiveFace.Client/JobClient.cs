using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>Films and pictures as work that lasts on the server; docs/reference/jobs.md has the whole.</summary>
public sealed class JobClient
{
    private readonly LiveFaceClient _client;

    internal JobClient(LiveFaceClient client) => _client = client;

    /// <summary>Sends a film or picture in one request and has it redacted. <see cref="UploadAsync"/> is for large films and weak networks.</summary>
    public Task<Job> AddAsync(Stream file, JobOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _client.ReadAsync(
            new HttpRequestMessage(HttpMethod.Post, _client.At("api/jobs" + (options ?? new JobOptions()).ToQuery()))
            {
                Content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            }, ClientJson.Default.Job, cancel, isLong: true);
    }

    /// <summary>Sends a file in pieces: one that breaks off is gone on with from where it broke. <paramref name="sent"/> is told how much has come.</summary>
    public async Task<Job> UploadAsync(Stream file, JobOptions? options = null, IProgress<long>? sent = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var request = new HttpRequestMessage(HttpMethod.Post, _client.At("api/jobs" + (options ?? new JobOptions()).ToQuery()))
        {
            Headers = { { "Upload-Length", file.Length.ToString(CultureInfo.InvariantCulture) } },
        };
        var job = await _client.ReadAsync(request, ClientJson.Default.Job, cancel).ConfigureAwait(false);
        return await ResumeUploadAsync(job.Id, file, sent, cancel).ConfigureAwait(false);
    }

    /// <summary>Goes on with an upload, by whichever program it was begun. The file can seek and is the same.</summary>
    public async Task<Job> ResumeUploadAsync(string id, Stream file, IProgress<long>? sent = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        await new JobUpload(_client, _client.At(PathOf(id) + "/upload"), file, sent).RunAsync(cancel).ConfigureAwait(false);
        return await GetAsync(id, cancel).ConfigureAwait(false);
    }

    /// <summary>The jobs that the key may see.</summary>
    public Task<IReadOnlyList<Job>> ListAsync(CancellationToken cancel = default) => GetAsync("api/jobs", ClientJson.Default.IReadOnlyListJob, cancel);

    /// <summary>A job as it is now.</summary>
    public Task<Job> GetAsync(string id, CancellationToken cancel = default) => GetAsync(PathOf(id), ClientJson.Default.Job, cancel);

    /// <summary>
    /// A job as it is and on each change, at most twice a second, until it <see cref="Job.Rests"/>. A connection that breaks is mended.
    /// </summary>
    /// <exception cref="LiveFaceException">The job is gone, or was never there.</exception>
    public IAsyncEnumerable<Job> WatchAsync(string id, CancellationToken cancel = default) =>
        new JobEvents(_client, _client.At(PathOf(id) + "/events")).ReadAsync(cancel);

    /// <summary>The redacted film or picture.</summary>
    public Task<JobFile> ResultAsync(string id, CancellationToken cancel = default) => OpenAsync(PathOf(id) + "/result", cancel);

    /// <summary>The box file: what was found, picture by picture.</summary>
    public Task<JobFile> BoxesAsync(string id, CancellationToken cancel = default) => OpenAsync(PathOf(id) + "/boxes", cancel);

    /// <summary>What is said of the result to whoever has to trust it.</summary>
    public Task<JobReport> ReportAsync(string id, CancellationToken cancel = default) => GetAsync(PathOf(id) + "/report", ClientJson.Default.JobReport, cancel);

    /// <summary>The tracks as the edits leave them; with their boxes in a part of the film, where one is named.</summary>
    public Task<IReadOnlyList<JobTrack>> TracksAsync(string id, int? from = null, int? to = null, CancellationToken cancel = default) => GetAsync(
        PathOf(id) + "/tracks" + Query.Of(("from", from?.ToString(CultureInfo.InvariantCulture)), ("to", to?.ToString(CultureInfo.InvariantCulture))),
        ClientJson.Default.IReadOnlyListJobTrack, cancel);

    /// <summary>The edits of a review.</summary>
    public Task<JobEdits> EditsAsync(string id, CancellationToken cancel = default) => GetAsync(PathOf(id) + "/edits", ClientJson.Default.JobEdits, cancel);

    /// <summary>Adds an edit; gives it as it stands in the log. The key needs the role <c>review</c>.</summary>
    public Task<JobEdit> EditAsync(string id, JobEdit edit, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return _client.ReadAsync(
            new HttpRequestMessage(HttpMethod.Post, _client.At(PathOf(id) + "/edits"))
            {
                Content = JsonContent.Create(edit with { Edit = null, At = null, By = null }, ClientJson.Default.JobEdit),
            }, ClientJson.Default.JobEdit, cancel);
    }

    /// <summary>A picture of a film as it would be written, as JPEG.</summary>
    public Task<JobFile> PreviewAsync(string id, int picture, int? width = null, CancellationToken cancel = default) =>
        OpenAsync(Still(id, $"preview/{picture}", width), cancel);

    /// <summary>A picture of a film as it is, as JPEG, for reviewing: the key needs the role <c>review</c>, and each is in the audit log.</summary>
    public Task<JobFile> PictureAsync(string id, int picture, int? width = null, CancellationToken cancel = default) =>
        OpenAsync(Still(id, $"pictures/{picture}", width), cancel);

    /// <summary>A track where it is seen best, as it is, as JPEG; as <see cref="PictureAsync"/>.</summary>
    public Task<JobFile> ThumbnailAsync(string id, int track, int? width = null, CancellationToken cancel = default) =>
        OpenAsync(Still(id, $"tracks/{track}/thumbnail", width), cancel);

    /// <summary>Stops a job soon, and keeps what is done.</summary>
    public Task<Job> PauseAsync(string id, CancellationToken cancel = default) => MoveAsync(id, "pause", cancel);

    /// <summary>Queues a paused job again.</summary>
    public Task<Job> ResumeAsync(string id, CancellationToken cancel = default) => MoveAsync(id, "resume", cancel);

    /// <summary>Has a job written by the edits that there are.</summary>
    public Task<Job> RenderAsync(string id, CancellationToken cancel = default) => MoveAsync(id, "render", cancel);

    /// <summary>Cancels a job and deletes all its files.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancel = default) =>
        (await _client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, _client.At(PathOf(id))), cancel).ConfigureAwait(false)).Dispose();

    private static string PathOf(string id) => "api/jobs/" + Uri.EscapeDataString(id);

    private static string Still(string id, string what, int? width) =>
        $"{PathOf(id)}/{what}{Query.Of(("width", width?.ToString(CultureInfo.InvariantCulture)))}";

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel) =>
        _client.ReadAsync(new HttpRequestMessage(HttpMethod.Get, _client.At(path)), type, cancel);

    private Task<Job> MoveAsync(string id, string to, CancellationToken cancel) =>
        _client.ReadAsync(new HttpRequestMessage(HttpMethod.Post, _client.At($"{PathOf(id)}/{to}")), ClientJson.Default.Job, cancel);

    private async Task<JobFile> OpenAsync(string path, CancellationToken cancel) => await JobFile.OpenAsync(
        await _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, _client.At(path)), cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
}

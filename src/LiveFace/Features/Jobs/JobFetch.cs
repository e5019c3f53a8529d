using System.Net;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs;

/// <summary>
/// Films that the server fetches itself, from where its configuration allows it and nowhere else: no redirect is followed, so that what is allowed
/// is what is asked. An address may hold a secret, and is neither kept nor logged.
/// </summary>
internal sealed class JobFetch(IOptions<FilmsOptions> options) : IDisposable
{
    private const string What = "from";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Patience })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>An address that is allowed.</summary>
    /// <exception cref="ProblemException">It is not.</exception>
    public Uri Require(string from) => FetchAddress.Of(from, options.Value.FetchFrom) ?? throw RequestBody.Invalid(
        What, options.Value.FetchFrom.Count == 0 ? "is switched off on this server (Films:FetchFrom)" : "is none of the addresses that this server fetches films from");

    /// <summary>The name that a film has there.</summary>
    public static string NameOf(Uri address) => Uri.UnescapeDataString(address.Segments[^1]).Trim('/');

    /// <summary>Opens a film.</summary>
    /// <exception cref="ProblemException">It is not there, or there is no answer.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        HttpResponseMessage answer;
        try
        {
            answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw RequestBody.Invalid(What, "did not answer");
        }

        if (answer.StatusCode == HttpStatusCode.OK)
            return answer;
        var said = (int)answer.StatusCode;
        answer.Dispose();
        throw RequestBody.Invalid(What, $"answered {said}");
    }

    /// <summary>What is said of a film that broke off.</summary>
    public static ProblemException BrokeOff() => RequestBody.Invalid(What, "broke off");

    public void Dispose() => _http.Dispose();
}

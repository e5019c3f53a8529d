using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Access.Foreign;

/// <summary>
/// Asks another server over HTTP, in MediaMTX's words (user, password, token, ip, action, path, protocol, id, query), so a
/// hook that was written for it works here. 2xx lets in: with an empty answer for that action in that room alone, with
/// <c>{"name","roles","pattern","seconds"}</c> for as much as it says. Another status, no answer or one that cannot be
/// read lets nobody in. What is open is asked about again, and closed when the word has changed.
/// </summary>
internal sealed class AuthHook : IForeignBearer, IDisposable
{
    private const int MostAnswers = 10_000;
    private const int LargestAnswer = 16 * 1024;

    private static readonly (Roles Role, string Action)[] Actions =
        [(Roles.Publish, "publish"), (Roles.View, "read"), (Roles.Control, "control"), (Roles.Join, "join"), (Roles.Admin, "api")];

    private readonly AuthHookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, (HookAnswer Answer, long At)> _answers = new(StringComparer.Ordinal);

    public AuthHook(IOptions<AuthHookOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _http = new HttpClient
        {
            Timeout = TimeSpan.FromMilliseconds(_options.TimeoutMs), MaxResponseContentBufferSize = LargestAnswer,
        };
        if (!string.IsNullOrEmpty(_options.Secret))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _options.Secret);
    }

    public bool Reads(string? bearer) => _options.Url.Length > 0 && (bearer is not null || _options.AskWithoutKey);

    public async ValueTask<(Grant? Grant, Problem? Problem)> AdmitAsync(ForeignRequest request, CancellationToken cancel)
    {
        var scopes = ImmutableArray.CreateBuilder<Scope>();
        var name = "hook";
        DateTimeOffset? expires = null;
        var actions = Actions.Where(a => request.Needed.HasFlag(a.Role)).DefaultIfEmpty((Roles.None, "read"));
        foreach (var (role, action) in actions)
        {
            var answer = await AskAsync(request, action, cancel);
            if (answer.Problem is { } problem)
                return (null, problem);
            name = answer.Name ?? name;
            if (answer.Until is { } until && (expires is null || until < expires))
                expires = until;

            // The asked action alone: without a room it is good for what belongs to no room.
            var room = RoomPattern.TryParse(request.Room, out var named) ? named : default;
            scopes.Add(answer.Scope ?? new Scope(role, room));
        }

        return (new Grant(name, scopes.ToImmutable(), expires)
        {
            Owner = Owner(request.Bearer ?? request.Address.ToString()), Recheck = new GrantRecheck(this, request, TimeSpan.FromSeconds(_options.RecheckSeconds)),
        }, null);
    }

    /// <summary>Whether the word still stands; asked anew.</summary>
    public async Task<bool> StandsAsync(ForeignRequest request, CancellationToken cancel)
    {
        foreach (var (role, action) in Actions)
            if (request.Needed.HasFlag(role))
                _answers.TryRemove(Question(request, action), out _);
        _answers.TryRemove(Question(request, "read"), out _);
        return (await AdmitAsync(request, cancel)).Grant is not null;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<HookAnswer> AskAsync(ForeignRequest request, string action, CancellationToken cancel)
    {
        var question = Question(request, action);
        var lasts = TimeSpan.FromSeconds(_options.CacheSeconds);
        if (_answers.TryGetValue(question, out var known) && _time.GetElapsedTime(known.At) < lasts)
            return known.Answer;
        var answer = await SendAsync(request, action, cancel);
        if (_answers.Count >= MostAnswers)
            _answers.Clear();
        _answers[question] = (answer, _time.GetTimestamp());
        return answer;
    }

    private async Task<HookAnswer> SendAsync(ForeignRequest request, string action, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            user = "", password = "", token = request.Bearer ?? "", ip = request.Address.ToString(), action,
            path = request.Room ?? "", protocol = request.IsHub ? "hub" : "webrtc", id = (string?)null, query = "",
        });
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await _http.PostAsync(_options.Url, content, cancel);
            if (!response.IsSuccessStatusCode)
                return new HookAnswer(response.StatusCode is HttpStatusCode.Unauthorized ? Problem.KeyInvalid
                    : (int)response.StatusCode is >= 400 and < 500 ? Problem.NotAllowed : Problem.IssuerUnreachable);
            return HookAnswer.Read(await response.Content.ReadAsByteArrayAsync(cancel), _time.GetUtcNow());
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new HookAnswer(Problem.IssuerUnreachable);
        }
    }

    private static string Question(ForeignRequest request, string action) =>
        $"{Owner(request.Bearer ?? "")} {request.Address} {action} {request.Room}";

    private static string Owner(string bearer) =>
        $"hook-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bearer)).AsSpan(0, 12))}";
}

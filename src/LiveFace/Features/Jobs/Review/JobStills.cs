using LiveFace.Films.Detection;
using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Features.Jobs.Review;

/// <summary>Reads single pictures, one at a time: each is a process of FFmpeg's beside the live rooms. Whoever comes when many wait is sent away.</summary>
internal sealed class JobStills(TimeProvider time) : IDisposable
{
    private const int MostWaiting = 16;

    /// <summary>So long a film that lies encrypted stays in memory for the next picture.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private int _waiting;
    private IFilm? _last;
    private ITimer? _idle;

    public void Dispose()
    {
        _idle?.Dispose();
        _last?.Release();
        _one.Dispose();
    }

    /// <exception cref="ProblemException">As many are waiting as may.</exception>
    public async Task<byte[]> ReadAsync(
        OpenReview review, int picture, RedactionPolicy policy, ReviewedTracks tracks, BoxF? region, int? width, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ProblemException(Problem.TooBusy, "Other pictures are waiting already; try again in a second.") { RetryAfterSeconds = 1 };
        }

        try
        {
            await _one.WaitAsync(cancel);
            try
            {
                await review.Needs(cancel);
                Turn(review.Film);
                return await new FilmStills(review.Film, review.Index).ReadAsync(picture, policy, tracks, region, width, cancel);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Of films that lie encrypted, the one that was read last stays in memory, and no other.</summary>
    private void Turn(IFilm film)
    {
        if (!ReferenceEquals(_last, film))
            _last?.Release();
        _last = film;
        _idle ??= time.CreateTimer(_ => Leave(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _idle.Change(Linger, Timeout.InfiniteTimeSpan);
    }

    private void Leave()
    {
        // Whoever reads one now sets the time anew.
        if (!_one.Wait(0))
            return;
        _last?.Release();
        _last = null;
        _one.Release();
    }
}

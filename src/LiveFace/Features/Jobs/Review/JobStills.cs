using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Features.Jobs.Review;

/// <summary>Reads single pictures, one at a time: each is a process of FFmpeg's beside the live rooms. Whoever comes when many wait is sent away.</summary>
internal sealed class JobStills : IDisposable
{
    private const int MostWaiting = 16;

    private readonly SemaphoreSlim _one = new(1);
    private int _waiting;

    public void Dispose() => _one.Dispose();

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
}

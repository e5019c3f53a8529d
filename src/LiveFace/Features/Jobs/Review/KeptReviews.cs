namespace LiveFace.Features.Jobs.Review;

/// <summary>What was read of the few jobs that were asked about last.</summary>
internal sealed class KeptReviews(int most)
{
    /// <summary>That asked about last is the last.</summary>
    private readonly List<(string Job, OpenReview Review)> _kept = [];
    private readonly Lock _lock = new();

    /// <summary>What was read when the files were like this; null where they have changed, or it is kept no longer.</summary>
    public OpenReview? Find(string job, (DateTime Boxes, long Edits) stamp)
    {
        lock (_lock)
        {
            var at = _kept.FindIndex(kept => kept.Job == job);
            if (at < 0 || _kept[at].Review.Stamp != stamp)
                return null;
            var found = _kept[at];
            _kept.RemoveAt(at);
            _kept.Add(found);
            return found.Review;
        }
    }

    public void Keep(string job, OpenReview review)
    {
        lock (_lock)
        {
            _kept.RemoveAll(kept => kept.Job == job);
            if (_kept.Count >= most)
                _kept.RemoveAt(0);
            _kept.Add((job, review));
        }
    }

    public void Forget(string job)
    {
        lock (_lock)
            _kept.RemoveAll(kept => kept.Job == job);
    }
}

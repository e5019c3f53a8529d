namespace LiveFace.Bot;

/// <summary>What became of somebody's wish to be answered.</summary>
internal enum ChatVerdict
{
    Answer,

    /// <summary>Too many, and it is said.</summary>
    Refuse,

    /// <summary>Too many, and it was said already.</summary>
    Ignore,
}

/// <summary>
/// A bucket a chat that fills evenly. What is known of chats is bounded: those that have been quiet the longest are forgotten.
/// </summary>
internal sealed class ChatLimits(int perMinute, TimeProvider time)
{
    /// <summary>Chats that are remembered at a time.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<long, Bucket> _chats = [];
    private readonly Lock _lock = new();

    public int Known
    {
        get
        {
            lock (_lock)
                return _chats.Count;
        }
    }

    public ChatVerdict Ask(long chat)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_chats.TryGetValue(chat, out var bucket))
            {
                Forget(now);
                bucket = new Bucket(perMinute, now, Told: false);
            }

            var level = LevelOf(bucket, now);
            var verdict = level >= 1 ? ChatVerdict.Answer : bucket.Told ? ChatVerdict.Ignore : ChatVerdict.Refuse;
            _chats[chat] = new Bucket(verdict == ChatVerdict.Answer ? level - 1 : level, now, verdict != ChatVerdict.Answer);
            return verdict;
        }
    }

    private double LevelOf(in Bucket bucket, long now) =>
        Math.Min(perMinute, bucket.Level + (time.GetElapsedTime(bucket.At, now).TotalMinutes * perMinute));

    /// <summary>Whose bucket is full again is as somebody new; if there is nobody, whoever was quiet the longest.</summary>
    private void Forget(long now)
    {
        if (_chats.Count < Most)
            return;
        foreach (var (chat, bucket) in _chats)
            if (LevelOf(bucket, now) >= perMinute)
                _chats.Remove(chat);
        if (_chats.Count >= Most)
            _chats.Remove(_chats.MinBy(known => known.Value.At).Key);
    }

    private readonly record struct Bucket(double Level, long At, bool Told);
}

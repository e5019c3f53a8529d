namespace LiveFace.WebRtc.Sending;

/// <summary>
/// How long a receiver that could not keep up waits for its next key frame: longer each time, so that one slow receiver
/// of a shared encoder does not turn everybody's stream into key frames.
/// </summary>
internal sealed class CongestionBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Forgiven = TimeSpan.FromSeconds(10);

    private TimeSpan _wait = First;
    private TimeSpan? _fell;

    /// <summary>A frame was dropped because too much waited.</summary>
    public void OnDropped(TimeSpan now)
    {
        if (_fell is { } fell)
            _wait = now - fell > _wait + Forgiven ? First : _wait * 2 < Longest ? _wait * 2 : Longest;
        _fell = now;
    }

    /// <summary>Whether a key frame may be asked for again.</summary>
    public bool IsOver(TimeSpan now) => _fell is not { } fell || now - fell >= _wait;
}

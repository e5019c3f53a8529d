using System.Security.Cryptography;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The room's own 90 kHz timestamps: they keep the publisher's rhythm, and go on without a jump when somebody else, or
/// the same one anew, publishes with a clock that has nothing to do with the last one's. Every receiver gets them as
/// they are, so that detections can name a frame by its timestamp.
/// </summary>
internal sealed class OutputClock
{
    private const int Rate = 90_000;
    private int _source = -1;
    private uint _offset;
    private uint _last = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private TimeSpan _lastAt;

    public uint Map(uint senderTimestamp, int source, TimeSpan now)
    {
        if (source != _source)
        {
            var elapsed = _source < 0 ? 0 : Math.Max(1, (long)((now - _lastAt).TotalSeconds * Rate));
            _offset = unchecked(_last + (uint)elapsed - senderTimestamp);
            _source = source;
        }

        _lastAt = now;
        return _last = unchecked(senderTimestamp + _offset);
    }
}

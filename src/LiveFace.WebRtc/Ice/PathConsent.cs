using System.Security.Cryptography;

namespace LiveFace.WebRtc.Ice;

/// <summary>
/// Consent to send over one path (RFC 7675 5.1). A check from an address proves nothing about who receives there,
/// because its source can be forged. Consent is the answer from there to a request of ours with an unguessable
/// transaction id. One call at a time, but for <see cref="Until"/> and <see cref="Heard"/>.
/// </summary>
/// <remarks>
/// A client that answers no checks has consent only where it took the handshake (<see cref="Prove"/>), for as long as
/// authentic packets come from there.
/// </remarks>
internal sealed class PathConsent(TimeSpan lifetime)
{
    /// <summary>Room for any request that is written: a fragment has up to 256 characters.</summary>
    public const int MaximumCheck = 400;

    /// <summary>Requests whose answers still count: those of one lifetime, or the first of a path with a long round trip.</summary>
    const int Outstanding = 16;
    const int IdLength = 12;

    /// <summary>The least time between requests; it doubles while a path has not answered.</summary>
    const double LeastWaitSeconds = 0.1;

    /// <summary>A path that was never answered on gets no more than this on its own, as its address may be forged.</summary>
    const int MaximumUnanswered = 5;

    /// <summary>110 × 2²⁴ + 65535 × 2⁸ + 255: the priority of a peer-reflexive candidate (RFC 8445 5.1.2.1, 7.1.1).</summary>
    const uint Priority = 0x6EFF_FFFF;

    readonly byte[] _ids = new byte[Outstanding * IdLength];
    long _until = TimeSpan.MinValue.Ticks;
    int _asked;
    int _unanswered;
    bool _wasAnswered;
    TimeSpan _lastAsked = TimeSpan.MinValue;

    /// <summary>Until when may be sent; in the past if there is no consent.</summary>
    public TimeSpan Until => new(Volatile.Read(ref _until));

    /// <summary>When <see cref="WriteCheck"/> wants to be called.</summary>
    public TimeSpan NextCheck { get; private set; } = TimeSpan.MaxValue;

    public bool IsHeld(TimeSpan now) => now < Until;

    /// <summary>The other side wants the path: asks it soon, also where earlier requests stayed without answer.</summary>
    public void Ask(TimeSpan now)
    {
        _unanswered = Math.Min(_unanswered, MaximumUnanswered - 1);
        var earliest = _lastAsked == TimeSpan.MinValue ? now : _lastAsked + TimeSpan.FromSeconds(LeastWaitSeconds);
        var at = now > earliest ? now : earliest;
        NextCheck = at < NextCheck ? at : NextCheck;
    }

    /// <summary>Writes a Binding request with a new transaction id, and sets when the next is due.</summary>
    public int WriteCheck(IceGeneration generation, ReadOnlySpan<byte> tieBreaker, Span<byte> buffer, TimeSpan now)
    {
        var id = _ids.AsSpan(_asked++ % Outstanding * IdLength, IdLength);
        RandomNumberGenerator.Fill(id);
        _lastAsked = now;
        NextCheck = now + Wait(now);

        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, id);
        writer.Add(StunAttribute.Username, generation.OutgoingUsername);
        writer.Add(StunAttribute.Priority, Priority);
        writer.Add(StunAttribute.IceControlled, tieBreaker);
        writer.AddIntegrity(generation.RemotePasswordBytes);
        writer.AddFingerprint();
        return writer.Length;
    }

    /// <summary>Takes the response to one of our requests; false for anything else.</summary>
    public bool TryAnswer(in StunMessage response, IceGeneration generation, TimeSpan now)
    {
        if (!IsAsked(response.TransactionId) || !response.FingerprintFits
            || !StunIntegrity.Fits(response, generation.RemotePasswordBytes))
        {
            return false;
        }

        _wasAnswered = true;
        Prove(now);
        return true;
    }

    /// <summary>The other side was shown to receive on this path.</summary>
    public void Prove(TimeSpan now)
    {
        _unanswered = 0;
        Extend(now);
        NextCheck = now + Interval();
    }

    /// <summary>An authentic packet came over the path. From a client that answers requests only answers count.</summary>
    public void Heard(TimeSpan now)
    {
        if (!Volatile.Read(ref _wasAnswered) && IsHeld(now))
            Extend(now);
    }

    void Extend(TimeSpan now) => Volatile.Write(ref _until, (now + lifetime).Ticks);

    TimeSpan Wait(TimeSpan now)
    {
        if (IsHeld(now))
            return Interval();
        return ++_unanswered < MaximumUnanswered
            ? TimeSpan.FromSeconds(LeastWaitSeconds * (1 << _unanswered))
            : TimeSpan.MaxValue - now;
    }

    /// <summary>A sixth of the lifetime – five of thirty seconds – from 0.8 to 1.2 times, so that nobody can foresee it.</summary>
    TimeSpan Interval() => lifetime / 6 * (0.8 + (RandomNumberGenerator.GetInt32(401) / 1000.0));

    bool IsAsked(ReadOnlySpan<byte> id)
    {
        for (var i = 0; i < Math.Min(_asked, Outstanding); i++)
        {
            if (id.SequenceEqual(_ids.AsSpan(i * IdLength, IdLength)))
                return true;
        }

        return false;
    }
}

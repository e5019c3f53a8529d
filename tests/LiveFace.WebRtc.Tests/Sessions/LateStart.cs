namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Makes timestamps begin a second before their wrap.</summary>
internal sealed class LateStart() : Random(5)
{
    public override long NextInt64(long maxValue) => maxValue - 90_000;
}

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Times between pictures.</summary>
internal static class Gaps
{
    public static TimeSpan Longest(IEnumerable<TimeSpan> times)
    {
        var list = times.ToList();
        return list.Zip(list.Skip(1), (a, b) => b - a).Max();
    }
}

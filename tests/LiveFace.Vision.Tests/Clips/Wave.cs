namespace LiveFace.Vision.Tests.Clips;

/// <summary>Paths that go to and fro.</summary>
internal static class Wave
{
    /// <summary>Goes at an even pace from 0 to the limit, back through 0 to minus the limit, and so on.</summary>
    public static float Triangle(float way, float limit)
    {
        if (limit <= 0)
            return 0;
        var p = (way / limit + 1) % 4;
        if (p < 0)
            p += 4;
        return limit * (p < 2 ? p - 1 : 3 - p);
    }
}

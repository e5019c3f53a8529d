using System.Globalization;

namespace LiveFace.Media.Tests;

/// <summary>How many inputs a fuzz test tries; LIVEFACE_FUZZ_INPUTS in the environment multiplies them.</summary>
internal static class FuzzInputs
{
    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("LIVEFACE_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    public static int Count(int usual) => usual * Factor;
}

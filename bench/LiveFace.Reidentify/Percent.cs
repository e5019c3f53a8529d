namespace LiveFace.Reidentify;

internal static class Percent
{
    public static string Of(int part, int whole) => $"{100.0 * part / whole:0.0} %";
}

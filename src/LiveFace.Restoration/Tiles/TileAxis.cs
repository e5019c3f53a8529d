namespace LiveFace.Restoration.Tiles;

/// <summary>Where tiles begin along one side of a picture, and how much each counts where several meet.</summary>
internal static class TileAxis
{
    /// <summary>Pixels of a tile's side where the picture is as large.</summary>
    public const int Side = 512;

    /// <summary>Tiles share at least so many pixels with their neighbours.</summary>
    public const int Overlap = 64;

    // What the net's sizes go in, and the least that it sees something in.
    private const int Step = 16;
    private const int Least = 64;

    /// <summary>The side of the tiles of a picture with this side; over the picture's end, its mirror image is seen.</summary>
    public static int SideFor(int length) => Math.Min(Side, Math.Max(Least, (length + Step - 1) / Step * Step));

    /// <summary>First pixels, evenly spread.</summary>
    public static int[] Starts(int length)
    {
        if (length <= Side)
            return [0];
        var count = (length - Overlap + Side - Overlap - 1) / (Side - Overlap);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (length - Side) / (count - 1)))];
    }

    /// <summary>How much each pixel of a tile counts: less and less towards its ends, and never nothing.</summary>
    public static float[] Weights(int side) =>
        [.. Enumerable.Range(0, side).Select(i => Math.Min(1, Math.Min(i + 1, side - i) / (Overlap + 1f)))];

    /// <summary>The pixel that a place past the picture's end shows.</summary>
    public static int Mirrored(int at, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        at %= period;
        return at < length ? at : period - at;
    }
}

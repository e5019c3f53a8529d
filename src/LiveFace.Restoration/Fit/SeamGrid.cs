namespace LiveFace.Restoration.Fit;

/// <summary>Where windows lie in a picture: on every third pixel, or wider in a large one.</summary>
internal readonly record struct SeamGrid(int Step, int Columns, int Rows)
{
    private const double MostPlaces = 60_000;

    public static SeamGrid Of(int width, int height)
    {
        var step = Math.Max(3, (int)Math.Ceiling(Math.Sqrt(height * (double)width / MostPlaces)));
        return new SeamGrid(step, (width + step - 1) / step, (height + step - 1) / step);
    }

    /// <summary>The cell that a pixel lies in.</summary>
    public int At(int x, int y) => y / Step * Columns + x / Step;
}

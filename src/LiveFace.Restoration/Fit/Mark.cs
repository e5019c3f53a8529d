namespace LiveFace.Restoration.Fit;

/// <summary>How strong a mark is, 0 to 1, and which colour it has, each part 0 to 255.</summary>
public readonly record struct Mark(double Opacity, double Red, double Green, double Blue)
{
    /// <summary>The mark this one becomes when <paramref name="newer"/> counts for a part.</summary>
    internal Mark Towards(Mark newer, double part) => new(
        double.Lerp(Opacity, newer.Opacity, part), double.Lerp(Red, newer.Red, part), double.Lerp(Green, newer.Green, part), double.Lerp(Blue, newer.Blue, part));
}

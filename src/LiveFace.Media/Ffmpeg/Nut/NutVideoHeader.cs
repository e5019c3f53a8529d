namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>The header of the one stream: size and time base.</summary>
internal sealed record NutVideoHeader(int TimeBase, int MsbTimeShift, int Width, int Height)
{
    private const int ClassVideo = 0;
    private const int MaximumSide = 65535;

    public static NutVideoHeader Parse(ReadOnlySpan<byte> packet)
    {
        var field = new NutField(packet);
        if (field.Number() != 0 || field.Number() != ClassVideo)
            throw new InvalidDataException("A NUT stream of one video track was expected.");
        field.Bytes(8);
        var timeBase = field.Count(15);
        var shift = field.Count(16);
        field.Number();
        field.Number();
        field.Number();
        field.Bytes(1 << 16);
        return new NutVideoHeader(timeBase, shift, field.Count(MaximumSide), field.Count(MaximumSide));
    }
}

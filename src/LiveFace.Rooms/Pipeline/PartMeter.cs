namespace LiveFace.Rooms.Pipeline;

/// <summary>The mean of a part, 0 to 1, over about the last thirty pictures. One thread writes, any reads.</summary>
internal sealed class PartMeter
{
    private const double Learning = 1.0 / 30;
    private double _mean;

    public double Mean => Volatile.Read(ref _mean);

    public void Add(double part) => Volatile.Write(ref _mean, _mean + Learning * (part - _mean));
}

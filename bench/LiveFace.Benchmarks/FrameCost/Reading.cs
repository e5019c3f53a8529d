namespace LiveFace.Benchmarks.FrameCost;

/// <summary>What had been spent at one moment, in milliseconds of processor time.</summary>
internal readonly record struct Reading(
    double Room, double RoomDecoding, double RoomFilling, double RoomLooking, double RoomEncoding,
    double BareDecoding, double BareLooking, double BareEncoding, long Frames)
{
    public double Bare => BareDecoding + BareLooking + BareEncoding;

    public double RoomRest => Room - RoomDecoding - RoomFilling - RoomLooking - RoomEncoding;

    /// <summary>What was spent for each frame since.</summary>
    public Reading EachSince(in Reading begin)
    {
        var frames = (double)Math.Max(1, Frames - begin.Frames);
        return new Reading(
            (Room - begin.Room) / frames, (RoomDecoding - begin.RoomDecoding) / frames, (RoomFilling - begin.RoomFilling) / frames,
            (RoomLooking - begin.RoomLooking) / frames, (RoomEncoding - begin.RoomEncoding) / frames,
            (BareDecoding - begin.BareDecoding) / frames, (BareLooking - begin.BareLooking) / frames,
            (BareEncoding - begin.BareEncoding) / frames, Frames - begin.Frames);
    }
}

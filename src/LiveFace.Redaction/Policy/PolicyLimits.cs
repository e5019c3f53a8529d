namespace LiveFace.Redaction.Policy;

/// <summary>How large a policy may get, so that none costs more than a frame has time for.</summary>
public static class PolicyLimits
{
    /// <summary>Rules in a policy.</summary>
    public const int Rules = 32;

    /// <summary>Zones in a policy.</summary>
    public const int Zones = 32;

    /// <summary>Corners of a zone.</summary>
    public const int ZonePoints = 64;

    /// <summary>Different models in a policy.</summary>
    public const int Models = 4;

    /// <summary>Classes or track ids in a list.</summary>
    public const int Selectors = 100;

    /// <summary>Different people whom a policy leaves alone: with each, a stranger has one more chance to be taken for one of them.</summary>
    public const int People = 16;

    /// <summary>Characters of a name: a model's id, a label, a sticker.</summary>
    public const int NameLength = 100;

    /// <summary>Characters of a watermark.</summary>
    public const int WatermarkLength = 64;

    /// <summary>The least width of a watermark, as a part of the picture's.</summary>
    public const float LeastWatermark = 0.02f;

    /// <summary>The widest gap between a watermark's tiles, as a part of its size.</summary>
    public const float WidestSpacing = 4;

    /// <summary>Pixels of the smallest face that can be promised.</summary>
    public const int LeastFace = 8;

    /// <summary>Pixels of the largest face that can be the smallest of a promise.</summary>
    public const int LargestLeastFace = 1000;

    /// <summary>Years of the lowest age that a rule can go by.</summary>
    public const int LeastAge = 1;

    /// <summary>Years of the highest: nobody is read much older, so everybody would be hidden.</summary>
    public const int MostAge = 80;

    /// <summary>The least height of a face that framing aims for, as a part of the picture's.</summary>
    public const float LeastFramedFace = 0.05f;

    /// <summary>The most.</summary>
    public const float MostFramedFace = 0.8f;

    /// <summary>How many times framing enlarges at most.</summary>
    public const float ClosestFraming = 4;

    /// <summary>Shortest maximum age in milliseconds.</summary>
    public const int ShortestAgeMs = 50;

    /// <summary>Longest maximum age in milliseconds.</summary>
    public const int LongestAgeMs = 5000;

    /// <summary>Frames of look-ahead.</summary>
    public const int LookAheadFrames = 5;

    /// <summary>Bytes of a policy as JSON.</summary>
    public const int JsonBytes = 64 * 1024;
}

namespace LiveFace.Telemetry;

/// <summary>Names of meters that several parts write to.</summary>
internal static class MeterNames
{
    public const string Server = "LiveFace.Server";
}

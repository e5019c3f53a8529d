namespace LiveFace.Media.Sandbox;

/// <summary>Where hostile bytes are decoded.</summary>
public enum SandboxMode
{
    /// <summary>In confined workers; where the system does not allow that, as much of it as it does, and this is told.</summary>
    Preferred,

    /// <summary>In confined workers or not at all.</summary>
    Required,

    /// <summary>In the server itself.</summary>
    Off,
}

namespace LiveFace.Vision.Detection;

/// <summary>In which other ways a picture is looked at where nobody is waiting, for what a face model is blind to as it stands.</summary>
[Flags]
public enum LookViews
{
    /// <summary>As it stands, and in the mirror.</summary>
    None = 0,

    /// <summary>Turned by right angles, for faces that lie or stand on their heads.</summary>
    Turned = 1,

    /// <summary>With room around it, for faces that are larger than the picture or reach out of it.</summary>
    Padded = 2,

    /// <summary>Brightened, where it is dark.</summary>
    Bright = 4,

    /// <summary>All of these.</summary>
    All = Turned | Padded | Bright,
}

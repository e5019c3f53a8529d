namespace LiveFace.WebRtc.Sdp;

/// <summary>The attributes of a description's session part or of one of its media sections.</summary>
internal abstract class SdpSection
{
    public List<SdpAttribute> Attributes { get; } = [];

    /// <summary>The first value of an attribute; null if it is absent, empty if it has none.</summary>
    public string? Find(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name)
                return attribute.Value;
        }

        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    public IEnumerable<string> FindAll(string name) =>
        Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value);
}

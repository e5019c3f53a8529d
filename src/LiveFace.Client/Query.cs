namespace LiveFace.Client;

/// <summary>The query of an address.</summary>
internal static class Query
{
    /// <summary>A query of the values that are there; nothing where none is.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var parts = new List<string>();
        foreach (var (name, value) in values)
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}

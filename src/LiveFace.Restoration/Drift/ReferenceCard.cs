using System.Text.Json;

namespace LiveFace.Restoration.Drift;

/// <summary>The reference histograms in a net's card, by the measure's name.</summary>
public static class ReferenceCard
{
    private const int Version = 1;
    private const int MostBins = 100;

    /// <summary>The measures that are compared, and how each is read.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<MarkMeasures, double?>> Measures = new Dictionary<string, Func<MarkMeasures, double?>>
    {
        ["mask_share"] = one => one.MaskShare, ["confidence"] = one => one.Confidence, ["residual_energy"] = one => one.ResidualEnergy,
        ["size"] = one => one.Size, ["brightness"] = one => one.Brightness, ["sharpness"] = one => one.Sharpness,
    };

    /// <summary>Reads a card as training/watermark writes it.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says what is wrong.</exception>
    public static IReadOnlyDictionary<string, ReferenceHistogram> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var card = document.RootElement;
            if (card.GetProperty("version").GetInt32() != Version)
                throw new InvalidDataException($"'version' has to be {Version}");
            var found = new Dictionary<string, ReferenceHistogram>(StringComparer.Ordinal);
            foreach (var one in card.GetProperty("histograms").EnumerateObject().Where(one => Measures.ContainsKey(one.Name)))
                found[one.Name] = Histogram(one.Name, one.Value);
            return found.Count > 0 ? found : throw new InvalidDataException($"'histograms' has none of {string.Join(", ", Measures.Keys)}");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"it is no card: {wrong.Message}", wrong);
        }
    }

    private static ReferenceHistogram Histogram(string name, JsonElement json)
    {
        double[] edges = [.. json.GetProperty("edges").EnumerateArray().Select(edge => edge.GetDouble())];
        double[] shares = [.. json.GetProperty("shares").EnumerateArray().Select(share => share.GetDouble())];
        if (edges.Length > MostBins)
            throw new InvalidDataException($"'{name}' has more than {MostBins} edges");
        try
        {
            return new ReferenceHistogram(edges, shares);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"'{name}' {wrong.Message}", wrong);
        }
    }
}

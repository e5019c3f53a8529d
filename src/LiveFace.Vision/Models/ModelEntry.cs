namespace LiveFace.Vision.Models;

/// <summary>One model of the catalogue: where it comes from, under which licence, and how to feed and read it.</summary>
public sealed record ModelEntry
{
    /// <summary>The name that settings and commands use.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public required ModelJob Job { get; init; }

    /// <summary>Where its files come from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>What preparation does with the files.</summary>
    public required ModelConversion Conversion { get; init; }

    /// <summary>Licences of the package and of the weights in it.</summary>
    public required ModelLicence Licence { get; init; }

    /// <summary>Which code reads its outputs.</summary>
    public required ModelDecoder Decoder { get; init; }

    /// <summary>How a picture becomes its input.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>Names of its classes, by index; empty for a model without classes.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Thresholds to start from.</summary>
    public required ModelThresholds Thresholds { get; init; }

    /// <summary>The smallest face that it finds, in pixels of its input; 0 for models that find no faces.</summary>
    public int SmallestFace { get; init; }

    /// <summary>Whether files are looked at with it, where a policy names its job, in place of the model that rooms use.</summary>
    public bool IsForFiles { get; init; }

    /// <summary>The models that look beside it at files, by their ids.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>Whether rooms may use it.</summary>
    public required bool IsOn { get; init; }

    /// <summary>Whether the first run prepares it; the others are prepared when first asked for.</summary>
    public required bool IsFirst { get; init; }
}

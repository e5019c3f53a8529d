using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>A rule or zone of a policy, made ready: names looked up, effect built.</summary>
internal sealed class PaintLine
{
    private readonly HashSet<int>? _classes;
    private readonly HashSet<int> _exceptClasses;
    private readonly HashSet<int>? _tracks;
    private readonly HashSet<int> _exceptTracks;
    private readonly IReadOnlyList<string> _exceptPeople = [];
    private readonly Func<string?, OverlayPicture?>? _stickers;
    private readonly OverlayPicture? _sticker;

    public PaintLine(PolicyRule rule, VisionSource source, Func<string?, OverlayPicture?>? stickers)
    {
        How = rule.How;
        Where = rule.Where;
        Source = source;
        Hides = rule.How.Effect.Hides();
        MinimumScore = rule.When.MinScore ?? (Hides ? 0 : source.Strong);
        _classes = rule.When.Classes is { } classes ? Indices(classes, source.Labels) : null;
        _exceptClasses = Indices(rule.When.ExceptClasses, source.Labels);
        _tracks = rule.When.TrackIds is { } tracks ? [.. tracks] : null;
        _exceptTracks = [.. rule.When.ExceptTrackIds];
        AgeUnder = Hides ? rule.When.AgeUnder : null;
        _exceptPeople = rule.When.ExceptPeople;
        (_stickers, _sticker) = Find(How, stickers);
        Effect = Hides ? PolicyEffects.Create(How, _sticker) : null;
        Colour = PolicyEffects.ColourOf(rule.How);
    }

    public PaintLine(PolicyZone zone, Func<string?, OverlayPicture?>? stickers)
    {
        How = zone.How ?? new RuleHow { Effect = RuleEffect.Solid };
        Zone = zone;
        Hides = true;
        _exceptClasses = [];
        _exceptTracks = [];
        (_stickers, _sticker) = Find(How, stickers);
        Effect = PolicyEffects.Create(How, _sticker);
        Polygon = zone is { Shape: ZoneShape.Polygon, Points: { } points } ? PolygonMask.Draw(points) : null;
    }

    /// <summary>A line for what is drawn by hand.</summary>
    public PaintLine(RuleHow how, Func<string?, OverlayPicture?>? stickers)
    {
        How = how;
        Hides = true;
        _exceptClasses = [];
        _exceptTracks = [];
        (_stickers, _sticker) = Find(How, stickers);
        Effect = PolicyEffects.Create(How, _sticker);
    }

    public PaintLine(RuleHow background, VisionSource source)
    {
        How = background;
        Source = source;
        Hides = true;
        IsBackground = true;
        _exceptClasses = [];
        _exceptTracks = [];
        Effect = PolicyEffects.CreateBackground(background);
    }

    public RuleHow How { get; }

    public RuleWhere Where { get; }

    public VisionSource? Source { get; }

    public PolicyZone? Zone { get; }

    /// <summary>The zone's outline, drawn over the whole picture's area.</summary>
    public AlphaMask? Polygon { get; }

    /// <summary>Whether the line is for everything but what was found.</summary>
    public bool IsBackground { get; }

    public bool Hides { get; }

    /// <summary>Whether nothing of what it covers is left, so that it does not matter what that is.</summary>
    public bool LeavesNothing => Hides && !IsBackground && How.Effect.LeavesNothing();

    public float MinimumScore { get; }

    /// <summary>The colour of a line that only marks.</summary>
    public RgbColor? Colour { get; }

    /// <summary>Null for a line that only marks.</summary>
    public IRegionEffect? Effect { get; }

    /// <summary>Whether its sticker is still the one of that name: it may be replaced, taken away or come back.</summary>
    public bool HasItsSticker => _stickers is null || ReferenceEquals(_stickers(How.Sticker), _sticker);

    /// <summary>Whether the rule names the tracks that it is for, so that what has no track is none of its business.</summary>
    public bool IsForTracksOnly => _tracks is not null;

    /// <summary>Faces that are certainly older are left alone.</summary>
    public int? AgeUnder { get; }

    public bool HasExceptions => _exceptTracks.Count > 0 || _exceptPeople.Count > 0 || AgeUnder is not null;

    public bool Wants(int source, int label, float score) =>
        Source is { } own && own.Index == source && !(score < MinimumScore) &&
        (_classes is null || _classes.Contains(label)) && !_exceptClasses.Contains(label);

    public bool WantsTrack(int track) => (_tracks is null || _tracks.Contains(track)) && !_exceptTracks.Contains(track);

    public bool Excepts(int track) => _exceptTracks.Contains(track);

    public bool Excepts(string person)
    {
        for (var i = 0; i < _exceptPeople.Count; i++)
            if (string.Equals(_exceptPeople[i], person, StringComparison.Ordinal))
                return true;
        return false;
    }

    private static (Func<string?, OverlayPicture?>? Stickers, OverlayPicture? Sticker) Find(
        RuleHow how, Func<string?, OverlayPicture?>? stickers) =>
        how.Effect == RuleEffect.Sticker ? (stickers, stickers?.Invoke(how.Sticker)) : (null, null);

    private static HashSet<int> Indices(IReadOnlyList<string> classes, IReadOnlyList<string> labels)
    {
        var indices = new HashSet<int>();
        foreach (var name in classes)
            for (var i = 0; i < labels.Count; i++)
                if (string.Equals(labels[i], name, StringComparison.OrdinalIgnoreCase))
                    indices.Add(i);
        return indices;
    }
}

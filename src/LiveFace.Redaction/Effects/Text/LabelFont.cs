using Microsoft.Win32.SafeHandles;

namespace LiveFace.Redaction.Effects.Text;

/// <summary>The font that is drawn into pictures. One thread at a time.</summary>
internal sealed class LabelFont : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Where distributions keep DejaVu.</summary>
    private static readonly string[] Places =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf",
        "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    ];

    private readonly Dictionary<int, GlyphSet> _sets = [];
    private nint _face;

    internal LabelFont()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Opens the font.</summary>
    /// <exception cref="DllNotFoundException">FreeType is not installed.</exception>
    /// <exception cref="FileNotFoundException">The font is not installed.</exception>
    public static LabelFont Open()
    {
        var path = Array.Find(Places, File.Exists) ?? throw new FileNotFoundException(
            "DejaVuSans.ttf is not installed, so nothing can be written into pictures. On Debian or Ubuntu: " +
            "apt-get install fonts-dejavu-core.");
        var font = new LabelFont();
        if (FreeType.Init(out var library) == 0)
            font.SetHandle(library);
        if (font.IsInvalid || FreeType.NewFace(library, path, 0, out font._face) != 0)
        {
            font.Dispose();
            throw new InvalidDataException($"FreeType does not read {path}.");
        }

        return font;
    }

    /// <summary>The characters at one height in pixels, drawn as they are needed.</summary>
    public GlyphSet Size(int pixels)
    {
        if (!_sets.TryGetValue(pixels, out var set))
            _sets[pixels] = set = new GlyphSet(this, pixels);
        return set;
    }

    internal nint FaceAt(int pixels)
    {
        // A scalable font takes every size; were it not to, letters would only keep their last one.
        _ = FreeType.SetPixelSizes(_face, 0, (uint)pixels);
        return _face;
    }

    /// <summary>Closing the library closes its faces.</summary>
    protected override bool ReleaseHandle() => FreeType.Done(handle) == 0;
}

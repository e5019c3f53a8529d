namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>Walks the NAL units of an Annex B byte stream (ITU-T H.264, annex B), in 3- or 4-byte start codes.</summary>
internal ref struct AnnexBReader
{
    private ReadOnlySpan<byte> _rest;

    public AnnexBReader(ReadOnlySpan<byte> stream)
    {
        var start = IndexOfStartCode(stream);
        _rest = start < 0 ? default : stream[(start + 3)..];
    }

    public bool TryRead(out ReadOnlySpan<byte> nal)
    {
        while (!_rest.IsEmpty)
        {
            var next = IndexOfStartCode(_rest);
            nal = next < 0 ? _rest : _rest[..next];
            _rest = next < 0 ? default : _rest[(next + 3)..];
            // Zeros before a start code belong to it or are trailing_zero_8bits; a NAL unit never ends in one.
            nal = nal.TrimEnd((byte)0);
            if (!nal.IsEmpty)
                return true;
        }

        nal = default;
        return false;
    }

    private static int IndexOfStartCode(ReadOnlySpan<byte> data) => data.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
}

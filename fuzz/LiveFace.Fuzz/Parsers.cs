using System.Text;
using LiveFace.Films.Boxes;
using LiveFace.Media.Codecs.OpenH264;
using LiveFace.Media.Codecs.Vpx;
using LiveFace.Media.Ffmpeg.Nut;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Metadata;
using LiveFace.Redaction.Policy;
using LiveFace.Stickers;
using LiveFace.Vision.Models.Onnx;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Sdp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.Fuzz;

/// <summary>Each parser that strangers' bytes reach, with the refusals that it may answer with. Anything else is a finding.</summary>
internal static class Parsers
{
    public static SortedDictionary<string, Action<byte[]>> All { get; } = new(StringComparer.Ordinal)
    {
        ["sdp"] = Offer,
        ["fragment"] = input => Refusing<OfferRejectedException>(() => IceFragment.Read(Encoding.UTF8.GetString(input))),
        ["candidate"] = input => IceCandidate.IsWellFormed(Encoding.UTF8.GetString(input)),
        ["stun"] = Stun,
        ["dtls"] = input => DtlsRecords.AreWellFormed(input),
        ["tcp"] = TcpFraming,
        ["rtp"] = MediaPackets.Rtp,
        ["rtcp"] = MediaPackets.Rtcp,
        ["vp8-payload"] = MediaPackets.Vp8,
        ["vp9-payload"] = MediaPackets.Vp9,
        ["h264-payload"] = MediaPackets.H264,
        ["opus-payload"] = MediaPackets.Opus,
        ["vp8-frame"] = input => Vp8Header.Read(input),
        ["vp9-frame"] = Vp9Frame,
        ["h264-frame"] = input => H264Header.Read(input),
        ["exif"] = Exif,
        ["png-chunks"] = input => PngChunks.PictureOnly(input),
        ["policy"] = Policy,
        ["onnx"] = input => Refusing<InvalidDataException>(() => OnnxReader.Read(input)),
        ["nut"] = Nut,
        ["boxes"] = input => Refusing<BoxFileException>(() => Boxes(input)),
    };

    /// <summary>Does it; refusing is an answer.</summary>
    private static void Refusing<T>(Action parse)
        where T : Exception
    {
        try
        {
            parse();
        }
        catch (T)
        {
            // As it should be.
        }
    }

    private static void Offer(byte[] input) => Refusing<OfferRejectedException>(() =>
        NegotiatedSession.Create(OfferedSession.Read(Encoding.UTF8.GetString(input)), new MediaPolicy(), new LocalSources()));

    private static void Stun(byte[] input)
    {
        if (!StunMessage.TryRead(input, out var message))
            return;
        _ = message.FingerprintFits;
        StunIntegrity.Fits(message, "a password of some length"u8);
        IceCredentials.TryKey(message.Username, out _);
    }

    private static void TcpFraming(byte[] input)
    {
        var framing = new StreamFraming();
        var rest = input.AsSpan();
        while (!rest.IsEmpty && !framing.IsBroken)
        {
            var count = Math.Min(rest.Length, Math.Min(framing.Free.Length, 1 + rest[0]));
            rest[..count].CopyTo(framing.Free.Span);
            framing.Received(count);
            rest = rest[count..];
            while (framing.TryTake(out var packet))
                packet.Clear();
        }
    }

    private static void Vp9Frame(byte[] input)
    {
        if (input.Length > 0)
            Vp9Header.ReadAll(input);
    }

    private static void Exif(byte[] input)
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
            TiffOrientation.Read(ExifBlock.Find(format, input));
        TiffOrientation.Read(input);
    }

    private static void Policy(byte[] input)
    {
        if (PolicyJson.TryRead(input, out var policy, out _))
            PolicyJson.Write(policy);
    }

    private static void Boxes(byte[] input)
    {
        using var reader = BoxFileReader.Read(new MemoryStream(input), "boxes");
        var picture = new BoxPicture();
        while (reader.TryNext(picture))
        {
            // Each picture says what it has, or is refused.
        }
    }

    private static void Nut(byte[] input)
    {
        try
        {
            var reader = new NutVideoReader(new MemoryStream(input));
            if (!reader.OpenAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
                return;
            var frame = new byte[1 << 16];
            while (reader.NextFrameAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } next)
            {
                if (next.Bytes > frame.Length)
                    return;
                reader.ReadExactlyAsync(frame.AsMemory(0, next.Bytes), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception refusal) when (refusal is InvalidDataException or EndOfStreamException)
        {
            // As it should be.
        }
    }
}

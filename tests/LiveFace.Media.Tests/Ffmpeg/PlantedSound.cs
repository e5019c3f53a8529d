using System.Text;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Plants text where codecs of sound have room for it beside their samples: in private data and in packets.</summary>
internal static class PlantedSound
{
    private const byte SoundTrack = 2;

    /// <summary>Changes a Matroska file that was written as a stream, so that nothing in it points to a place.</summary>
    public static byte[] Into(byte[] matroska, string codec, string inPrivateData, string? inPackets)
    {
        var elements = Ebml.Read(matroska);
        var segment = elements.Single(element => element.Id == Ebml.Segment);
        var track = segment.Find(Ebml.Tracks)!.Children.Single(entry => entry.Find(Ebml.TrackType)?.Bytes is [SoundTrack]);
        if (track.Find(Ebml.CodecPrivate) is not { } data)
            track.Children.Add(data = new Ebml { Id = Ebml.CodecPrivate });
        data.Bytes = InPrivateData(codec, data.Bytes, Encoding.ASCII.GetBytes(inPrivateData));
        var number = track.Find(Ebml.TrackNumber)!.Bytes[^1];
        if (inPackets is not null)
            foreach (var block in segment.Children.Where(child => child.Id == Ebml.Cluster).SelectMany(cluster => cluster.Children))
                if (block.Id == Ebml.SimpleBlock && block.Bytes[0] == (0x80 | number))
                    block.Bytes = [.. block.Bytes.AsSpan(0, 4), .. InPacket(codec, block.Bytes[4..], Encoding.ASCII.GetBytes(inPackets))];
        return Ebml.Write(elements);
    }

    private static byte[] InPrivateData(string codec, byte[] data, byte[] planted) => codec switch
    {
        "vorbis" => InVorbisComments(data, planted),
        // RFC 9639, 8: the stream's description was the last block; now a picture's block (type 6) is.
        "flac" => [.. data.AsSpan(0, 4), (byte)(data[4] & 0x7F), .. data.AsSpan(5), 0x86, 0, 0, (byte)planted.Length, .. planted],
        _ => [.. data, .. planted],
    };

    /// <summary>Three headers in Xiph's lacing; the second holds the comments, of which one becomes a picture.</summary>
    private static byte[] InVorbisComments(byte[] data, byte[] planted)
    {
        var at = 1;
        var first = Laced(data, ref at);
        var second = Laced(data, ref at);
        byte[] comment = [.. "METADATA_BLOCK_PICTURE="u8, .. planted];
        byte[] comments =
        [
            3, .. "vorbis"u8, 0, 0, 0, 0, .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(comment.Length), .. comment, 1,
        ];
        return
        [
            2, .. Lacing(first), .. Lacing(comments.Length), .. data.AsSpan(at, first), .. comments, .. data.AsSpan(at + first + second),
        ];
    }

    private static int Laced(byte[] data, ref int at)
    {
        var length = 0;
        while (data[at] == 255)
            length += data[at++];
        return length + data[at++];
    }

    private static byte[] Lacing(int length) => [.. Enumerable.Repeat((byte)255, length / 255), (byte)(length % 255)];

    private static byte[] InPacket(string codec, byte[] packet, byte[] planted)
    {
        if (codec != "opus")
            return [.. packet, .. planted];
        // RFC 6716, 3.2.5: one frame becomes a frame with padding. Others stay as they are.
        return (packet[0] & 3) != 0 ? packet : [(byte)(packet[0] | 3), 0x41, (byte)planted.Length, .. packet.AsSpan(1), .. planted];
    }
}

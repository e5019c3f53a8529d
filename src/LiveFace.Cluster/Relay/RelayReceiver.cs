using LiveFace.Media.Codecs;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;
using LiveFace.WebRtc;

namespace LiveFace.Cluster.Relay;

/// <summary>
/// Makes pictures of an owner's messages, and is the only one that does. There is one for a stream whose owner has proved to know
/// the cluster's secret, and none before.
/// </summary>
internal sealed class RelayReceiver
{
    private readonly IRelaySink _sink;
    private readonly long _epoch;
    private readonly VideoCodec _codec;

    private RelayReceiver(IRelaySink sink, long epoch) => (_sink, _epoch, _codec) = (sink, epoch, sink.Codec);

    /// <summary>What the owner says first; null when it proves nothing, or is one that was followed by another.</summary>
    public static RelayReceiver? For(IRelaySink sink, RelayTell hello, byte[] nonce, RelayProof proof, out byte[] answer)
    {
        answer = [];
        if (hello is not { Kind: RelayTell.Kinds.Hello, Payload.Length: RelayAsk.NonceSize + RelayAsk.ProofSize } || hello.Epoch < sink.LeastEpoch)
            return null;
        var stream = new RelayProof.Stream(sink.Room, sink.Codec, hello.Epoch, nonce, hello.Payload[..RelayAsk.NonceSize].ToArray());
        if (!proof.IsOwners(hello.Payload[RelayAsk.NonceSize..], stream))
            return null;
        answer = proof.Pullers(stream);
        return new RelayReceiver(sink, hello.Epoch);
    }

    /// <summary>Hands a message on; a stream is of one ownership and one codec, whatever a message says.</summary>
    /// <exception cref="RelayFormatException">It is none of this stream.</exception>
    public void Receive(RelayTell tell)
    {
        if (tell.Epoch != _epoch)
            throw new RelayFormatException();
        switch (tell.Kind)
        {
            case RelayTell.Kinds.Picture when tell.Codec == _codec && !tell.Payload.IsEmpty:
                _sink.Take(
                    new RelayedPicture(tell.Payload, tell.Codec, tell.IsMarked, tell.Epoch),
                    new RelayTimes(tell.RtpTimestamp, tell.CaptureTime, tell.RecoveryDelay));
                break;
            case RelayTell.Kinds.Sound:
                _sink.Take(new OutgoingAudioPacket
                {
                    Codec = RtcCodec.Opus, Payload = tell.Payload, RtpTimestamp = tell.RtpTimestamp, CaptureTime = tell.CaptureTime,
                    SequenceNumber = tell.SequenceNumber, Marker = tell.IsMarked,
                }, tell.Epoch);
                break;
            case RelayTell.Kinds.Alive:
                break;
            default:
                throw new RelayFormatException();
        }
    }
}

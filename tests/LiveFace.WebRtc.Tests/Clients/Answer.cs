using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Sdp;

namespace LiveFace.WebRtc.Tests.Clients;

/// <summary>What a client reads out of an answer.</summary>
internal sealed class Answer
{
    public Answer(string sdp)
    {
        Text = sdp;
        Description = SdpDescription.Parse(sdp);
        var section = Description.Media.First(media => media.Port != 0);
        Ufrag = section.Find("ice-ufrag")!;
        Password = section.Find("ice-pwd")!;
        Setup = section.Find("setup")!;
        Fingerprint = Fingerprint.TryParse(section.Find("fingerprint"))!;
    }

    public string Text { get; }

    public SdpDescription Description { get; }

    public string Ufrag { get; }

    public string Password { get; }

    public string Setup { get; }

    public Fingerprint Fingerprint { get; }
}

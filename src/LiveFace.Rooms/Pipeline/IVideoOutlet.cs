using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>Somebody who gets the room's redacted picture, encoded.</summary>
internal interface IVideoOutlet : IVideoWay
{
    /// <summary>Takes nothing but what an encoder made of a redacted picture.</summary>
    SendVerdict Send(in SentPicture sent);
}

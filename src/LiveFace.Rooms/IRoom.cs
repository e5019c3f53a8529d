using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>One room: a publisher, its viewers, and the policy between them. Safe to call from any thread.</summary>
public interface IRoom
{
    /// <summary>Its name, which is unique.</summary>
    string Name { get; }

    /// <summary>Who is there and what is shown.</summary>
    RoomState State { get; }

    /// <summary>The policy in force.</summary>
    RedactionPolicy Policy { get; }

    /// <summary>
    /// Puts a policy, raised to the floors, in force from the next frame on, stores it and tells the observers. False when
    /// <paramref name="expectedVersion"/> is given and another version stands; <paramref name="current"/> is what stands.
    /// The policy has been validated. With <paramref name="moderates"/> it hides more than the owner chose, and never less.
    /// </summary>
    /// <exception cref="NotKeptException">It could not be kept; it and what stood before both hold.</exception>
    /// <exception cref="PolicyRefusedException">It names a model or a class that this server does not have.</exception>
    bool TrySetPolicy(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates = false);

    /// <summary>Whether a moderator lets nobody hear the publisher. Told to the room.</summary>
    bool Muted { get; set; }

    /// <summary>How it is doing, over the last seconds.</summary>
    RoomStatistics ReadStatistics();

    /// <summary>
    /// Answers the offer of somebody who sends, and with <paramref name="watchesToo"/> receives on the same connection.
    /// A publisher that is there is closed, unless <paramref name="takeOver"/> is false.
    /// </summary>
    /// <exception cref="RoomRefusedException">Admission, or the room is taken.</exception>
    /// <exception cref="PolicyRefusedException">The publisher wants what this server does not have.</exception>
    /// <exception cref="WebRtc.OfferRejectedException">The offer cannot be answered.</exception>
    IRoomSession Publish(string offerSdp, bool watchesToo, bool takeOver, PublisherWishes wishes);

    /// <summary>
    /// Changes the floor that the publisher of this session set; null takes it away. False when the session publishes no more.
    /// </summary>
    /// <exception cref="PolicyRefusedException">It names what this server does not have.</exception>
    bool TrySetFloor(string session, RedactionPolicy? floor, out RedactionPolicy current);

    /// <summary>Answers the offer of somebody who watches.</summary>
    /// <exception cref="RoomRefusedException">Admission, or nobody publishes.</exception>
    /// <exception cref="WebRtc.OfferRejectedException">The offer cannot be answered.</exception>
    IRoomSession View(string offerSdp);

    /// <summary>Keeps the room there and tells the observer what happens. Dispose to end it.</summary>
    IDisposable Observe(IRoomObserver observer);

    /// <summary>An observer stands for more or fewer members than it did: the room's state is told.</summary>
    void MembersChanged()
    {
    }

    /// <summary>Closes every session and tells the observers.</summary>
    void End();
}

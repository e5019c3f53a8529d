using System.Reflection;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms.Tests;

/// <summary>An outlet sends what an encoder made of a redacted picture, and there is no other way to a peer.</summary>
public sealed class OutletTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void An_outlet_takes_nothing_but_encoded_pictures() =>
        typeof(IVideoOutlet).GetMethod(nameof(IVideoOutlet.Send))!.GetParameters().ShouldHaveSingleItem()
            .ParameterType.GetElementType().ShouldBe(typeof(SentPicture));

    [Fact]
    public void Only_a_rooms_session_hands_pictures_to_a_peer()
    {
        var callers = from type in typeof(Room).Assembly.GetTypes()
                      from method in type.GetMethods(All)
                      where Calls(method)
                      select $"{type.Name}.{method.Name}";
        callers.ShouldBe([$"{nameof(RoomSession)}.{nameof(RoomSession.Send)}", $"{nameof(RoomSession)}.{nameof(RoomSession.Send)}"]);
        typeof(RoomSession).GetMethods(All).Where(method => method.Name == nameof(RoomSession.Send))
            .Select(method => method.GetParameters()[0].ParameterType.GetElementType())
            .ShouldBe([typeof(SentPicture), typeof(RelayedPicture)], ignoreOrder: true);
    }

    [Fact]
    public void An_outlet_of_a_relay_takes_nothing_but_what_the_relays_receiver_made() =>
        typeof(IRelayedOutlet).GetMethod(nameof(IRelayedOutlet.Send))!.GetParameters()[0]
            .ParameterType.GetElementType().ShouldBe(typeof(RelayedPicture));

    // Every place in a method's code that holds the token of the method, whatever instruction stands before it.
    private static bool Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 <= code.Length; i++)
        {
            var token = BitConverter.ToInt32(code, i);
            if (token >> 24 is not (0x06 or 0x0a))
                continue;
            try
            {
                if (method.Module.ResolveMethod(token) is { Name: nameof(RtcPeer.SendVideo) } found && found.DeclaringType == typeof(RtcPeer))
                    return true;
            }
            catch (Exception error) when (error is ArgumentException or BadImageFormatException)
            {
                // Four bytes that only look like a token.
            }
        }

        return false;
    }
}

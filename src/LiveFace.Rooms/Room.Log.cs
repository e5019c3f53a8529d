namespace LiveFace.Rooms;

internal sealed partial class Room
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room}: {Kind} session began")]
    private static partial void LogBegan(ILogger logger, string room, string kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room}: {Kind} session ended ({Reason})")]
    private static partial void LogEnded(ILogger logger, string room, string kind, WebRtc.CloseReason reason);
}

namespace LiveFace.WebRtc.Ice;

/// <summary>
/// ICE-lite for one session (RFC 8445 2.5, 7.3): it answers checks, and the controlling side decides by USE-CANDIDATE
/// which path is used. It keeps no paths itself; it says what each check means. One call at a time.
/// </summary>
internal sealed class IceLiteAgent(IceCredentials local, string remoteUfrag, string remotePassword)
{
    /// <summary>Room for any response that is written.</summary>
    public const int MaximumResponse = 160;

    IceGeneration _current = new(local, remoteUfrag, remotePassword);
    IceGeneration? _previous;

    public IceCredentials Local => _current.Local;

    public string RemoteUfrag => _current.RemoteUfrag;

    /// <summary>
    /// Takes new credentials (RFC 8445 9). Checks with the old ones still count until the first with the new ones, so
    /// that nothing stops meanwhile. Gives the credentials that no longer count at all.
    /// </summary>
    public IceCredentials? Restart(IceCredentials local, string remoteUfrag, string remotePassword)
    {
        var dropped = _previous?.Local;
        (_previous, _current) = (_current, new(local, remoteUfrag, remotePassword));
        return dropped;
    }

    /// <summary>
    /// Judges one Binding request and writes the response to it. <paramref name="generation"/> is what the request is
    /// of; <paramref name="retired"/> are credentials that it put out of use, for the owner to forget.
    /// </summary>
    public IceVerdict Handle(
        in StunMessage request, in TransportAddress from, Span<byte> response, out int length,
        out IceGeneration generation, out IceCredentials? retired)
    {
        length = 0;
        retired = null;
        generation = _current;
        if (!generation.Matches(request.Username))
        {
            if (_previous is null || !_previous.Matches(request.Username))
                return IceVerdict.Ignored;
            generation = _previous;
        }

        var credentials = generation.Local;

        // Nobody who does not know the password gets an answer: it would tell strangers which fragments exist.
        if (!request.FingerprintFits || !StunIntegrity.Fits(request, credentials.PasswordBytes))
            return IceVerdict.Ignored;

        if (request.UnknownRequired != 0)
        {
            length = WriteUnknown(request, response, credentials);
            return IceVerdict.Refused;
        }

        // A lite agent is always the controlled one (RFC 8445 6.1.1, 7.3.1.1).
        if (request.IsControlled)
        {
            length = WriteError(487, "Role Conflict"u8, request, response, credentials);
            return IceVerdict.Refused;
        }

        if (request.Priority is null)
        {
            length = WriteError(400, "Bad Request"u8, request, response, credentials);
            return IceVerdict.Refused;
        }

        length = WriteSuccess(request, from, response, credentials);
        if (_previous is not null && generation == _current)
            (retired, _previous) = (_previous.Local, null);
        return request.UseCandidate ? IceVerdict.Nominated : IceVerdict.Valid;
    }

    static int WriteSuccess(
        in StunMessage request, in TransportAddress from, Span<byte> response, IceCredentials credentials)
    {
        var writer = new StunWriter(response, StunMessageType.BindingSuccess, request.TransactionId);
        writer.AddXorMappedAddress(from);
        return Finish(ref writer, credentials);
    }

    static int WriteError(
        int code, ReadOnlySpan<byte> reason, in StunMessage request, Span<byte> response, IceCredentials credentials)
    {
        var writer = new StunWriter(response, StunMessageType.BindingError, request.TransactionId);
        writer.AddError(code, reason);
        return Finish(ref writer, credentials);
    }

    static int WriteUnknown(in StunMessage request, Span<byte> response, IceCredentials credentials)
    {
        var writer = new StunWriter(response, StunMessageType.BindingError, request.TransactionId);
        writer.AddError(420, "Unknown Attribute"u8);
        writer.Add(StunAttribute.UnknownAttributes, [(byte)(request.UnknownRequired >> 8), (byte)request.UnknownRequired]);
        return Finish(ref writer, credentials);
    }

    static int Finish(ref StunWriter writer, IceCredentials credentials)
    {
        writer.AddIntegrity(credentials.PasswordBytes);
        writer.AddFingerprint();
        return writer.Length;
    }
}

namespace LiveFace.Access;

internal enum GrantEnd
{
    Expired,
    Revoked,

    /// <summary>Nobody knows whether it was taken back: the database is away.</summary>
    Unknown,
}

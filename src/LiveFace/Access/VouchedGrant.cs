using System.Text.Json;
using LiveFace.Http;

namespace LiveFace.Access;

/// <summary>
/// What a caller may do, as another node of the cluster found. A key or link goes by its id and is looked up here, so that taking it back
/// here ends what it opened here; its secret stays where it was shown.
/// </summary>
internal sealed record VouchedGrant(string? Credential, string Name, string Owner, string Scopes, DateTimeOffset? Expires)
{
    public const string Header = "LiveFace-Grant";

    public static string Write(Grant grant) => JsonSerializer.Serialize(
        new VouchedGrant(grant.Credential, grant.Name, grant.Owner, Scope.Write([.. grant.Scopes]), grant.Expires), ApiJson.Options);

    public static VouchedGrant? Read(string? header)
    {
        try
        {
            return string.IsNullOrEmpty(header) ? null : JsonSerializer.Deserialize<VouchedGrant>(header, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The grant of a caller that no stored key stands for.</summary>
    public Grant ToGrant() => new(Name, Scope.Read(Scopes), Expires) { Owner = Owner };
}

namespace LiveFace.Vision.Models;

/// <summary>
/// Licences of a model, as SPDX names where there is one. The weights' licence counts for its use;
/// <paramref name="Note"/> says what a user has to know before turning the model on.
/// </summary>
public sealed record ModelLicence(string Package, string Weights, LicenceKind Kind, string Note);

/// <summary>What a licence asks of those who run the model.</summary>
public enum LicenceKind
{
    /// <summary>Free for every use with the notice kept (MIT, Apache and the like).</summary>
    Permissive,

    /// <summary>Asks for the source of what is built with it (GPL, AGPL).</summary>
    Copyleft,

    /// <summary>Not for commercial use.</summary>
    NonCommercial,
}

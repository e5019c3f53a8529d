using System.Globalization;
using System.Security.Cryptography;
using LiveFace.Storage;
using LiveFace.Storage.Encryption;
using LiveFace.Vision.Identity;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.People.State;

/// <summary>
/// Encrypts what is kept of somebody, bound to all else that is: put under another id, given more time or another room, it no
/// longer opens.
/// </summary>
internal sealed class PersonSeal(IOptions<PeopleOptions> options, IOptions<StorageOptions> storage)
{
    private readonly FileSeal? _seal = (options.Value.EncryptionKey ?? storage.Value.EncryptionKey) is { } key ? FileSeal.TryRead(key) : null;

    /// <summary>Whether there is a key to encrypt with.</summary>
    public bool HasKey => _seal is not null;

    /// <summary>A row of somebody.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public StoredPerson Close(PersonRecord person, FaceTemplate template)
    {
        if (_seal is null)
            throw new InvalidOperationException("There is no key to encrypt with.");
        var bare = template.ToBytes();
        try
        {
            return new StoredPerson(person.Id, person.Created, person.Expires, person.Rooms.Text, person.Pictures, _seal.Seal(NameOf(person), bare));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bare);
        }
    }

    /// <summary>What a row holds; null where it is damaged, or the key is another or none.</summary>
    public FaceTemplate? TryOpen(PersonRecord person, StoredPerson row)
    {
        if (_seal is null)
            return null;
        try
        {
            var bare = _seal.Open(NameOf(person), row.Template);
            try
            {
                return FaceTemplate.TryRead(bare);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bare);
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string NameOf(PersonRecord person) => string.Create(
        CultureInfo.InvariantCulture, $"person/{person.Id}/{person.Rooms.Text}/{person.Created.ToUnixTimeMilliseconds()}/{person.Expires.ToUnixTimeMilliseconds()}");
}

namespace LiveFace.Tests.Shared;

/// <summary>Servers whose database goes away.</summary>
public abstract class LostDatabaseTestBase : IDisposable
{
    private protected readonly string _root = Directory.CreateTempSubdirectory("liveface-shared-").FullName;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }
}

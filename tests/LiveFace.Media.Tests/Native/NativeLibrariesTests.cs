using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Tests.Native;

public partial class NativeLibrariesTests
{
    [Fact]
    public void A_missing_library_is_an_error_that_names_the_package()
    {
        NativeLibraries.Declare(typeof(NativeLibrariesTests).Assembly,
            new NativeLibraryName("no-such-library", "libnosuch1", "libnosuch.so.1", "libnosuch.so.2"));

        var error = Should.Throw<DllNotFoundException>(() => Missing());

        error.Message.ShouldContain("apt-get install libnosuch1");
        error.Message.ShouldContain("libnosuch.so.2");
    }

    [Fact]
    public void A_library_is_found_under_its_second_name()
    {
        NativeLibraries.Declare(typeof(NativeLibrariesTests).Assembly,
            new NativeLibraryName("c-library", "libc6", "libc.so.99", "libc.so.6"));

        Absolute(-5).ShouldBe(5);
    }

    [LibraryImport("no-such-library", EntryPoint = "missing")]
    private static partial void Missing();

    [LibraryImport("c-library", EntryPoint = "abs")]
    private static partial int Absolute(int value);
}
